import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CONTINUED, maySeePerson } from '../../../../domain/case/access.ts';
import { CASE_STATUSES, caseDocument } from '../../../../domain/case/document.ts';
import type { RecordedCaseEvent } from '../../../../domain/case/history.ts';
import { caseStreams } from '../../../../domain/case/kind.ts';
import { nextSteps } from '../../../../domain/case/next.ts';
import { personOf } from '../../../../domain/case/person-of.ts';
import { CASEWORKERS, SEEING_RECORDS } from '../../../../domain/kernel/access.ts';
import type { CaseRow } from '../../../../projections/cases/case-row.ts';
import type { CaseFilter, CaseQueries } from '../../../../projections/cases/query.ts';
import type { HistoryQueries } from '../../../../projections/history/query.ts';
import { isNow } from '../../../../projections/times.ts';
import type { ReadEvent, Reader } from '../../../application/reader.ts';
import { isNotModified } from '../../../http/entity-tag.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { sendJson } from '../../../http/prepared.ts';
import { Problem } from '../../../http/problem.ts';
import { noQuerySchema } from '../../../http/query.ts';
import { beginningOfDay, endOfDay, timesOf } from '../../../http/times.ts';
import { refuseToShow, willShow } from '../../../plugins/access-recording.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { kindsToList } from '../listed-kinds.ts';
import { nextStepsDocument, nextStepsSchema } from '../next-steps.ts';
import { recordThen } from '../record-then.ts';
import { recordedEvent } from '../recorded-event.ts';
import { findCase } from './find.ts';
import { withoutHiddenLinks } from './hidden-links.ts';
import {
  caseEventsCursor,
  caseEventsQuerySchema,
  caseEventsSchema,
  caseListCursor,
  caseListQuerySchema,
  caseListSchema,
  caseQuerySchema,
  caseSearchBodySchema,
  caseSearchCursor,
  caseSearchSchema,
  caseWithPersonSchema,
} from './query-schemas.ts';
import { caseJson, linksOf } from './representation.ts';
import { caseParamsSchema } from './schemas.ts';
import { shownCase } from './shown.ts';
import { caseEventsTag, caseTag } from './tag.ts';

export interface CaseQueryDependencies {
  readonly cases: CaseQueries;
  readonly history: HistoryQueries;
  readonly reader: Reader;
}

const { category: CASE } = caseStreams;

/** Routes that read cases, from the views alone. */
export const caseQueryRoutes: FastifyPluginAsyncZod<CaseQueryDependencies> = async (
  app,
  { cases, history, reader },
) => {
  app.route({
    method: 'GET',
    url: '/cases/:caseId',
    config: { roles: SEEING_RECORDS, tagged: true, headers: ACCEPT_LANGUAGE, shows: 'person' },
    schema: {
      operationId: 'getCase',
      summary: 'Where a case stands, or stood',
      tags: ['Cases'],
      params: caseParamsSchema,
      querystring: caseQuerySchema,
      response: { 200: caseWithPersonSchema },
    },
    handler: async (request, reply) => {
      const { caseId } = request.params;
      const { include, revision, ...given } = request.query;
      const times = timesOf(given);
      const language = answerLanguage(request, reply);
      const row = findCase(cases, request, caseId);
      if (include === 'person') admitToPerson(request, reply, row, revision);
      if (revision === undefined && isNow(times)) {
        if (include === undefined) {
          return isCurrent(request, reply, row.revision, include)
            ? reply
            : sendJson(reply, caseJson(caseId, row.document, language));
        }
        const { revision: current, document, person } = cases.withPerson(caseId);
        return isCurrent(request, reply, current, include)
          ? reply
          : sendJson(reply, caseJson(caseId, document, language, person ?? 'null'));
      }
      const asked = { ...times, revision, unsealed: include === 'person' };
      const then = await recordThen({ history, reader }, caseStreams, caseId, asked);
      if (times.at === undefined && isCurrent(request, reply, then.revision, include)) return reply;
      const document = JSON.stringify(caseDocument(caseId, then.revision, then.state));
      return sendJson(
        reply,
        caseJson(
          caseId,
          document,
          language,
          include === undefined ? undefined : JSON.stringify(personOf(then.effective) ?? null),
        ),
      );
    },
  });

  app.route({
    method: 'GET',
    url: '/cases',
    config: { roles: SEEING_RECORDS, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'listCases',
      summary: 'Cases that your office sees',
      tags: ['Cases'],
      querystring: caseListQuerySchema,
      response: { 200: caseListSchema },
    },
    handler: async (request, reply) => {
      const { sort: asked, limit, cursor, ...given } = request.query;
      const byHandover = given.handedOverFrom !== undefined || given.handedOverTo !== undefined;
      const sort = asked ?? (byHandover ? '-handedOver' : '-since');
      const viewer = accountOf(request).recorder;
      const filter = { ...filterOf(given), kind: kindsToList(viewer, given.kind) };
      const page = cases.list(viewer, filter, { sort, after: cursor, limit });
      if (page.next !== undefined) caseListCursor.linkToNext(request, reply, page.next);
      const language = answerLanguage(request, reply);
      const items = page.items.map((item) => caseJson(item.caseId, item.document, language));
      return sendJson(reply, `{"cases":[${items.join(',')}]}`);
    },
  });

  app.route({
    method: 'POST',
    url: '/cases/search',
    config: { roles: CASEWORKERS, writes: false, headers: ACCEPT_LANGUAGE, shows: 'search' },
    schema: {
      operationId: 'searchCases',
      summary: 'Cases by the names, documents and numbers of their persons',
      description: 'A body, so that no name stands in an address or a log. All that is given must be found.',
      tags: ['Cases'],
      body: caseSearchBodySchema,
      response: { 200: caseSearchSchema },
    },
    handler: async (request, reply) => {
      const { limit, cursor, ...search } = request.body;
      const page = cases.search(accountOf(request).recorder, search, { after: cursor, limit });
      willShow(request, page.items.map(shownCase), Object.keys(search));
      const language = answerLanguage(request, reply);
      const found = page.items.map((item) =>
        caseJson(item.caseId, item.document, language, JSON.stringify(item.person)),
      );
      reply.header('cache-control', NEVER_STORED);
      return sendJson(
        reply,
        `{"cases":[${found.join(',')}]${page.next === undefined ? '' : `,"next":"${caseSearchCursor.encode(page.next)}"`}}`,
      );
    },
  });

  app.route({
    method: 'GET',
    url: '/cases/:caseId/events',
    config: { roles: SEEING_RECORDS, tagged: true, headers: ACCEPT_LANGUAGE, shows: 'person' },
    schema: {
      operationId: 'listCaseEvents',
      summary: 'What was recorded of a case, in the order in which it was recorded',
      tags: ['Cases'],
      params: caseParamsSchema,
      querystring: caseEventsQuerySchema,
      response: { 200: caseEventsSchema },
    },
    handler: async (request, reply) => {
      const { caseId } = request.params;
      const { include, limit, cursor, ...given } = request.query;
      const row = findCase(cases, request, caseId);
      if (include === 'person') admitToPerson(request, reply, row);
      const language = answerLanguage(request, reply);
      const times = timesOf(given);
      const then = isNow(times)
        ? undefined
        : await recordThen({ history, reader }, caseStreams, caseId, { ...times, unsealed: false });
      const latest = then?.revision ?? history.latestRevision(CASE, caseId);
      // The tag is of what this view shows: that of the cases may be ahead of it.
      if (cursor === undefined && latest !== undefined && times.at === undefined) {
        if (isNotModified(request, reply, caseEventsTag(request, latest, include))) return reply;
      }
      const events = await reader.events<RecordedCaseEvent>(CASE, caseId, {
        ...(cursor !== undefined && { after: cursor }),
        among: then?.revisions,
        limit: limit + 1,
        unsealed: include === 'person',
      });
      const placeOf = ({ event }: (typeof events)[number]) => event.revision;
      const page = caseEventsCursor.page(request, reply, { rows: events, limit, placeOf });
      const { recorder } = accountOf(request);
      const asSeen = withoutHiddenLinks(cases, recorder, row);
      const shown = page.map((each) => recordedEvent(recorder, caseStreams, asSeen(each as ReadEvent), language));
      return { events: shown } as never;
    },
  });

  app.route({
    method: 'GET',
    url: '/cases/:caseId/next',
    config: { roles: SEEING_RECORDS, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'listNextSteps',
      summary: 'What may be recorded of a case next, by whom, and what each step still needs',
      tags: ['Cases'],
      params: caseParamsSchema,
      querystring: noQuerySchema,
      response: { 200: nextStepsSchema(CASE, CASE_STATUSES) },
    },
    handler: async (request, reply) => {
      const { caseId } = request.params;
      findCase(cases, request, caseId);
      const { revision, state } = cases.state(caseId);
      const { self } = linksOf(caseId);
      const next = { status: state.standing.state, revision, next: nextSteps(state) };
      return nextStepsDocument(CASE, self, next, answerLanguage(request, reply)) as never;
    },
  });
};

/** Who a person is stays with the one who asked: no cache on the way keeps it, not even the sender's own. */
const NEVER_STORED = 'no-store';

/** Lets in whoever may see the person of a case, at a revision or as it stands; either is put on record. Throws Problem. */
export const admitToPerson = (
  request: FastifyRequest,
  reply: FastifyReply,
  row: CaseRow,
  revision = row.revision,
): void => {
  if (!maySeePerson(accountOf(request).recorder, row)) {
    const which = row.status === CONTINUED ? 'case that goes on as another one' : `${row.kind} case`;
    const detail = `who the person of a ${which} is, is not for the role ${accountOf(request).role}`;
    throw refuseToShow(request, { category: CASE, id: row.caseId }, new Problem('forbidden', detail));
  }
  willShow(request, [{ ...shownCase(row), revision }]);
  reply.header('cache-control', NEVER_STORED);
};

/** True where the sender has this representation already; nothing is rendered then. */
const isCurrent = (
  request: FastifyRequest,
  reply: FastifyReply,
  revision: number,
  include: 'person' | undefined,
): boolean => isNotModified(request, reply, caseTag(request, revision, include));

const filterOf = (
  given: Omit<ReturnType<typeof caseListQuerySchema.parse>, 'sort' | 'limit' | 'cursor'>,
): CaseFilter => {
  const { openedFrom, openedTo, sinceFrom, sinceTo, ...filter } = given;
  return {
    ...filter,
    openedFrom: openedFrom && beginningOfDay(openedFrom).getTime(),
    openedTo: openedTo && endOfDay(openedTo).getTime(),
    sinceFrom: sinceFrom && beginningOfDay(sinceFrom).getTime(),
    sinceTo: sinceTo && endOfDay(sinceTo).getTime(),
  } as CaseFilter;
};
