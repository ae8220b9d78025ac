import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { caseStreams } from '../../../../domain/case/kind.ts';
import { eventsOf } from '../../../../domain/code-lists.ts';
import { statusOf } from '../../../../domain/deadlines/deadline.ts';
import { deadlinesOfCase } from '../../../../domain/deadlines/of-case.ts';
import { SEEING_RECORDS } from '../../../../domain/kernel/access.ts';
import type { RegisterKind } from '../../../../domain/kernel/register.ts';
import type { Side } from '../../../../domain/kernel/sides.ts';
import { dayOf } from '../../../../domain/kernel/time.ts';
import { DEADLINE_RULES, type DeadlineRule } from '../../../../domain/reference/deadline-rules.ts';
import type { Language } from '../../../../domain/reference/entry.ts';
import { SIDES } from '../../../../domain/reference/sides.ts';
import { kindOfCategory } from '../../../../domain/stream-kinds.ts';
import type { CaseQueries } from '../../../../projections/cases/query.ts';
import type { DeadlineQueries, DeadlineRow } from '../../../../projections/deadlines/query.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { noQuerySchema } from '../../../http/query.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { findCase } from '../cases/find.ts';
import { caseParamsSchema } from '../cases/schemas.ts';
import { labelsIn } from '../labels.ts';
import { pathOf } from '../registers/representation.ts';
import { caseDeadlinesSchema, deadlineListQuerySchema, deadlineListSchema, deadlinesCursor } from './schemas.ts';

export interface DeadlineQueryDependencies {
  readonly cases: CaseQueries;
  readonly deadlines: DeadlineQueries;
  /** By which it is told what is overdue: the views know no time. */
  readonly clock: () => Date;
}

/** By when something has to be done: of all records that the viewer sees, and of one case. */
export const deadlineQueryRoutes: FastifyPluginAsyncZod<DeadlineQueryDependencies> = async (
  app,
  { cases, deadlines, clock },
) => {
  app.route({
    method: 'GET',
    url: '/deadlines',
    config: { roles: SEEING_RECORDS, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'listDeadlines',
      summary:
        'Deadlines that are not met yet, of the records that your office sees, what is due first at the beginning',
      description: 'Those of which the number of days is not known are shown with their case only.',
      tags: ['Deadlines'],
      querystring: deadlineListQuerySchema,
      response: { 200: deadlineListSchema },
    },
    handler: async (request, reply) => {
      const { limit, cursor, ...filter } = request.query;
      const now = clock().toISOString();
      const page = deadlines.list(accountOf(request).recorder, filter, { now, after: cursor, limit });
      if (page.next !== undefined) deadlinesCursor.linkToNext(request, reply, page.next);
      const language = answerLanguage(request, reply);
      return { now, deadlines: page.items.map((row) => listed(row, now, language)) };
    },
  });

  app.route({
    method: 'GET',
    url: '/cases/:caseId/deadlines',
    config: { roles: SEEING_RECORDS, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'listCaseDeadlines',
      summary: 'The deadlines of a case, with those that were met or went by',
      tags: ['Cases', 'Deadlines'],
      params: caseParamsSchema,
      querystring: noQuerySchema,
      response: { 200: caseDeadlinesSchema },
    },
    handler: async (request, reply) => {
      const { caseId } = request.params;
      findCase(cases, request, caseId);
      const now = clock().toISOString();
      const language = answerLanguage(request, reply);
      const found = deadlinesOfCase(cases.state(caseId).state).map((deadline) => {
        const status = statusOf(deadline, now);
        return {
          status,
          due: deadline.due ?? null,
          ...termOf(deadline.rule, deadline.side),
          started: deadline.started,
          startedBy: deadline.startedBy,
          extendedFrom: deadline.extendedFrom,
          earliest: deadline.isEarliest,
          end: deadline.end,
          labels: labelsIn(language, {
            status: ['deadline-statuses', status],
            rule: ['deadline-rules', deadline.rule.code],
            end: [eventsOf(caseStreams.category), deadline.end?.type],
          }),
        };
      });
      return { now, deadlines: found };
    },
  });
};

const RULES = new Map<string, DeadlineRule>(DEADLINE_RULES.map((rule) => [rule.code, rule]));

const termOf = ({ code, source, verified }: DeadlineRule, side: Side) => {
  const { timeZone, utcOffset } = SIDES.find((each) => each.code === side) as (typeof SIDES)[number];
  return { rule: { code, source, verified }, zone: timeZone, utcOffset };
};

const listed = (
  { due, recordId, rule, kind, side, started, startedBy, isEarliest, extendedFrom }: DeadlineRow,
  now: string,
  language: Language | undefined,
): z.input<typeof deadlineListSchema>['deadlines'][number] => ({
  record: { kind, id: recordId },
  due,
  overdue: dayOf(now, side) > due,
  ...termOf(RULES.get(rule) as DeadlineRule, side),
  started,
  startedBy: startedBy ?? undefined,
  extendedFrom: extendedFrom ?? undefined,
  earliest: isEarliest === 1,
  labels: labelsIn(language, { record: ['record-kinds', kind], rule: ['deadline-rules', rule] }),
  links: { record: pathOfRecord(kind, recordId) },
});

const pathOfRecord = (category: string, id: string): string =>
  category === caseStreams.category ? `/v1/cases/${id}` : pathOf(kindOfCategory(category) as RegisterKind, id);
