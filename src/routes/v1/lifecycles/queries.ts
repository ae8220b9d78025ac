import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { caseLifecycles } from '../../../../domain/case/lifecycles/index.ts';
import { openingTypes } from '../../../../domain/case/next.ts';
import { drawLifecycle } from '../../../../domain/kernel/diagram.ts';
import { rowsFrom, statesOf } from '../../../../domain/kernel/lifecycle.ts';
import { CASE_KINDS, type CaseKind } from '../../../../domain/reference/case-kinds.ts';
import { acceptedType } from '../../../http/media-type.ts';
import { prepare, prepareJson, sendPrepared } from '../../../http/prepared.ts';
import { noQuerySchema } from '../../../http/query.ts';
import { lifecycleIndexSchema, lifecycleParamsSchema, lifecycleQuerySchema, lifecycleSchema } from './schemas.ts';

const TEXT_MEDIA_TYPE = 'text/plain; charset=utf-8';

const lifecycleDocument = (kind: CaseKind): unknown => {
  const lifecycle = caseLifecycles[kind];
  return {
    kind,
    deliveringParty: lifecycle.deliveringParty,
    initial: lifecycle.initial,
    states: statesOf(lifecycle).map((state) => ({ state, final: rowsFrom(lifecycle, state).length === 0 })),
    rows: lifecycle.rows.map(({ setsAside = false, ...row }) => ({ ...row, setsAside })),
    diagram: drawLifecycle(lifecycle),
  };
};

/** The tables that cases follow: what the service itself decides by. */
export const lifecycleRoutes: FastifyPluginAsyncZod = async (app) => {
  const index = prepareJson({
    lifecycles: CASE_KINDS.map((kind) => ({
      kind,
      opensWith: openingTypes(kind),
      href: `/v1/lifecycles/${kind}`,
    })),
  });
  const tables = new Map(CASE_KINDS.map((kind) => [kind, prepareJson(lifecycleDocument(kind))]));
  const diagrams = new Map(
    CASE_KINDS.map((kind) => [kind, prepare(drawLifecycle(caseLifecycles[kind]), TEXT_MEDIA_TYPE)]),
  );

  app.route({
    method: 'GET',
    url: '/lifecycles',
    config: { public: true },
    schema: {
      operationId: 'listLifecycles',
      summary: 'The kinds of cases',
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
    config: { public: true },
    schema: {
      operationId: 'getLifecycle',
      summary: 'The table that a kind of case follows, and its diagram',
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
      const prepared = (format === 'json' ? tables : diagrams).get(params.kind);
      if (prepared === undefined) throw new Error(`there is no table of ${params.kind}`);
      sendPrepared(request, reply, prepared, 'accept');
    },
  });
};

const FORMATS = { 'application/json': 'json', 'text/plain': 'mermaid' } as const;
const TYPES = Object.keys(FORMATS) as (keyof typeof FORMATS)[];
