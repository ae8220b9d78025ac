import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SEEING_RECORDS } from '../../../../domain/kernel/access.ts';
import { nextSteps } from '../../../../domain/kernel/next.ts';
import type { RegisterKind, RegisterState } from '../../../../domain/kernel/register.ts';
import { ROLES } from '../../../../domain/kernel/roles.ts';
import type { CaseQueries } from '../../../../projections/cases/query.ts';
import type { HistoryQueries } from '../../../../projections/history/query.ts';
import type { RegisterFilter, RegisterQueries, RegisterRow } from '../../../../projections/registers/query.ts';
import { isNow } from '../../../../projections/times.ts';
import type { Reader } from '../../../application/reader.ts';
import { isNotModified } from '../../../http/entity-tag.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { sendJson } from '../../../http/prepared.ts';
import { Problem } from '../../../http/problem.ts';
import { noQuerySchema } from '../../../http/query.ts';
import { timesOf } from '../../../http/times.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { nextStepsDocument, nextStepsSchema } from '../next-steps.ts';
import { recordThen } from '../record-then.ts';
import { recordedEvent, recordedEventSchema } from '../recorded-event.ts';
import { namesOf, pathOf, registerJson, registerSchema, registerTag } from './representation.ts';
import {
  idParamsSchema,
  registerEventsCursor,
  registerEventsQuerySchema,
  registerListCursor,
  registerListQuerySchema,
  registerQuerySchema,
} from './schemas.ts';
import { admitToSealed, entriesFor } from './sealed.ts';

export interface RegisterQueryDependencies {
  readonly kind: RegisterKind;
  readonly cases: CaseQueries;
  readonly history: HistoryQueries;
  readonly registers: RegisterQueries;
  readonly reader: Reader;
}

/** Routes that read the records of one register, from the views alone. */
export const registerQueryRoutes: FastifyPluginAsyncZod<RegisterQueryDependencies> = async (
  app,
  { kind, cases, history, registers, reader },
) => {
  const { category } = kind;
  const { noun, plural } = kind.register;
  const { one, several, path, listPath } = namesOf(kind);
  const params = idParamsSchema(noun);
  const tags = [several];
  const roles = kind.register.forEverybody === true ? ROLES : SEEING_RECORDS;

  const find = (request: FastifyRequest, id: string): RegisterRow => {
    const row = registers.find(accountOf(request).recorder, category, id);
    if (row === undefined) {
      throw new Problem('not-found', `there is no such ${noun}, or it was not shared with your office`);
    }
    return row;
  };

  app.route({
    method: 'GET',
    url: listPath,
    config: { roles, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: `list${several}`,
      summary:
        kind.register.forEverybody === true
          ? `The ${plural}, the latest first`
          : `The ${plural} that your office sees, the latest first`,
      tags,
      querystring: registerListQuerySchema(kind),
      response: { 200: z.strictObject({ [plural]: z.array(registerSchema(kind)) }) },
    },
    handler: async (request, reply) => {
      const { limit, cursor, ...filter } = request.query as { limit: number; cursor?: number } & RegisterFilter;
      const page = registers.list(accountOf(request).recorder, kind, filter, { before: cursor, limit });
      if (page.next !== undefined) registerListCursor(kind).linkToNext(request, reply, page.next);
      const language = answerLanguage(request, reply);
      const items = page.items.map((item) => registerJson(kind, item.id, item.document, language));
      return sendJson(reply, `{"${plural}":[${items.join(',')}]}`);
    },
  });

  app.route({
    method: 'GET',
    url: `${path}/:id`,
    config: { roles, tagged: true, headers: ACCEPT_LANGUAGE, shows: 'sealed' },
    schema: {
      operationId: `get${one}`,
      summary: `Where one of the ${plural} stands, or stood`,
      tags,
      params,
      querystring: registerQuerySchema,
      response: { 200: registerSchema(kind) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { include, ...given } = request.query;
      const times = timesOf(given);
      const row = find(request, id);
      if (include === 'sealed') admitToSealed(kind, request, reply, row);
      const language = answerLanguage(request, reply);
      if (isNow(times)) {
        if (isNotModified(request, reply, registerTag(request, row.revision, include))) return reply;
        if (include === undefined) return sendJson(reply, registerJson(kind, id, row.document, language));
      }
      const asked = { ...times, unsealed: include === 'sealed' };
      const { revision, state } = await recordThen({ history, reader }, kind, id, asked);
      if (times.at === undefined && isNotModified(request, reply, registerTag(request, revision, include)))
        return reply;
      const document = JSON.stringify(kind.document(id, revision, state));
      return sendJson(reply, registerJson(kind, id, document, language));
    },
  });

  app.route({
    method: 'GET',
    url: `${path}/:id/events`,
    config: { roles, headers: ACCEPT_LANGUAGE, shows: 'sealed' },
    schema: {
      operationId: `list${one}Events`,
      summary: `What was recorded of one of the ${plural}, in the order in which it was recorded`,
      tags,
      params,
      querystring: registerEventsQuerySchema,
      response: { 200: z.strictObject({ events: z.array(recordedEventSchema(category)) }) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { include, limit, cursor, ...given } = request.query;
      const row = find(request, id);
      if (include === 'sealed') admitToSealed(kind, request, reply, row);
      const times = timesOf(given);
      const then = isNow(times)
        ? undefined
        : await recordThen({ history, reader }, kind, id, { ...times, unsealed: false });
      const { recorder } = accountOf(request);
      const events = await reader.events(category, id, {
        ...(cursor !== undefined && { after: cursor }),
        among: then?.revisions,
        limit: limit + 1,
        unsealed: include === 'sealed',
        mayOpen: entriesFor(cases, request),
      });
      const placeOf = ({ event }: (typeof events)[number]) => event.revision;
      const page = registerEventsCursor.page(request, reply, { rows: events, limit, placeOf });
      const language = answerLanguage(request, reply);
      return { events: page.map((each) => recordedEvent(recorder, kind, each, language)) } as never;
    },
  });

  app.route({
    method: 'GET',
    url: `${path}/:id/next`,
    config: { roles, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: `list${one}NextSteps`,
      summary: `What may be recorded next of one of the ${plural}, by whom, and what each step still needs`,
      tags,
      params,
      querystring: noQuerySchema,
      response: { 200: nextStepsSchema(category, kind.statuses) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { revision, state: json } = find(request, id);
      const state = JSON.parse(json) as RegisterState;
      const next = {
        status: state.standing.state,
        revision,
        next: nextSteps(kind.rules, kind.input, state),
      };
      return nextStepsDocument(category, pathOf(kind, id), next, answerLanguage(request, reply)) as never;
    },
  });
};
