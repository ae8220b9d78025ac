import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { caseStreams } from '../../../../domain/case/kind.ts';
import { caseLifecycles } from '../../../../domain/case/lifecycles/index.ts';
import type { CaseLifecycle } from '../../../../domain/case/lifecycles/vocabulary.ts';
import { eventsOf, statusesOf } from '../../../../domain/code-lists.ts';
import { drawLifecycle } from '../../../../domain/kernel/diagram.ts';
import { openingsOf, rowsFrom, statesOf } from '../../../../domain/kernel/lifecycle.ts';
import type { AnyLifecycle } from '../../../../domain/kernel/record.ts';
import { CASE_KINDS } from '../../../../domain/reference/case-kinds.ts';
import type { Language } from '../../../../domain/reference/entry.ts';
import { REGISTERS } from '../../../../domain/stream-kinds.ts';
import { ACCEPT_LANGUAGE, acceptedLanguage } from '../../../http/language.ts';
import { acceptedType } from '../../../http/media-type.ts';
import { prepare, preparedWhenAsked, prepareJson, sendPrepared } from '../../../http/prepared.ts';
import { noQuerySchema } from '../../../http/query.ts';
import { labelsIn } from '../labels.ts';
import { lifecycleIndexSchema, lifecycleParamsSchema, lifecycleQuerySchema, lifecycleSchema } from './schemas.ts';

const TEXT_MEDIA_TYPE = 'text/plain; charset=utf-8';

/** The table of each kind of case, and of each register. */
const LIFECYCLES: ReadonlyMap<string, AnyLifecycle & Partial<Pick<CaseLifecycle, 'deliveringParty'>>> = new Map([
  ...CASE_KINDS.map((kind) => [kind, caseLifecycles[kind]] as const),
  ...REGISTERS.map(({ category, register }) => [category, register.lifecycle] as const),
]);

type Table = AnyLifecycle & { readonly deliveringParty?: string };

/** The schema of the route lets no other kind through. */
const tableOf = (kind: string): Table => {
  const table = LIFECYCLES.get(kind);
  if (table === undefined) throw new Error(`there is no table of ${kind}`);
  return table;
};

const lifecycleDocument = (kind: string, lifecycle: Table, language: Language | undefined): unknown => {
  const isCase = CASE_KINDS.some((each) => each === kind);
  const category = isCase ? caseStreams.category : kind;
  const [states, events] = [statusesOf(category), eventsOf(category)];
  const { deliveringParty, initial } = lifecycle;
  const targetList = (to: string): string => (to === 'unchanged' || to === 'where-it-stood' ? 'targets' : states);
  return {
    kind,
    deliveringParty,
    initial,
    labels: labelsIn(language, {
      kind: [isCase ? 'case-kinds' : 'record-kinds', kind],
      deliveringParty: ['roles-in-tables', deliveringParty],
      initial: [states, initial],
    }),
    states: statesOf(lifecycle).map((state) => ({
      state,
      final: rowsFrom(lifecycle, state).length === 0,
      labels: labelsIn(language, { state: [states, state] }),
    })),
    rows: lifecycle.rows.map(({ setsAside = false, ...row }) => ({
      ...row,
      setsAside,
      labels: labelsIn(language, {
        event: [events, row.event],
        from: [states, row.from],
        to: [targetList(row.to), row.to],
        by: ['roles-in-tables', row.by],
        guards: ['guards', row.guards],
      }),
    })),
    diagram: drawLifecycle(lifecycle),
  };
};

/** The tables that records follow: what the service itself decides by. */
export const lifecycleRoutes: FastifyPluginAsyncZod = async (app) => {
  const index = prepareJson({
    lifecycles: [...LIFECYCLES].map(([kind, lifecycle]) => ({
      kind,
      opensWith: openingsOf(lifecycle),
      href: `/v1/lifecycles/${kind}`,
    })),
  });
  const tableIn = preparedWhenAsked((kind: string, language: Language | undefined) =>
    prepareJson(lifecycleDocument(kind, tableOf(kind), language), language),
  );
  const diagramOf = preparedWhenAsked((kind: string) => prepare(drawLifecycle(tableOf(kind)), TEXT_MEDIA_TYPE));

  app.route({
    method: 'GET',
    url: '/lifecycles',
    config: { public: true, tagged: true },
    schema: {
      operationId: 'listLifecycles',
      summary: 'The kinds of cases and of other records',
      tags: ['Lifecycles'],
      querystring: noQuerySchema,
      response: { 200: lifecycleIndexSchema },
    },
    handler: (request, reply) => {
      sendPrepared(request, reply, index);
    },
  });

  app.route({
    method: 'GET',
    url: '/lifecycles/:kind',
    config: { public: true, tagged: true, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'getLifecycle',
      summary: 'The table that a kind of case or of another record follows, and its diagram',
      tags: ['Lifecycles'],
      params: lifecycleParamsSchema,
      querystring: lifecycleQuerySchema,
      response: {
        200: {
          description: 'The table, or the diagram alone',
          content: {
            'application/json': { schema: lifecycleSchema },
            'text/plain': { schema: lifecycleSchema.shape.diagram },
          },
        },
      },
    },
    handler: (request, reply) => {
      const { params, query } = request;
      const format = query.format ?? FORMATS[acceptedType(request, 'the table with its diagram', TYPES)];
      const prepared = format === 'json' ? tableIn(params.kind, acceptedLanguage(request)) : diagramOf(params.kind);
      sendPrepared(request, reply, prepared, 'accept, accept-language');
    },
  });
};

const FORMATS = { 'application/json': 'json', 'text/plain': 'mermaid' } as const;
const TYPES = Object.keys(FORMATS) as (keyof typeof FORMATS)[];
