import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { AccessRecord } from '../../../../domain/access/record.ts';
import type { Language } from '../../../../domain/reference/entry.ts';
import type { AccessQueries } from '../../../../projections/access/query.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { beginningOfDay, endOfDay } from '../../../http/query.ts';
import { labelsIn } from '../labels.ts';
import { accessCursor, accessQuerySchema, accessRecordsSchema } from './schemas.ts';

export interface AccessQueryDependencies {
  readonly reads: AccessQueries;
}

/** Who has read what is a person's, for auditors. */
export const accessQueryRoutes: FastifyPluginAsyncZod<AccessQueryDependencies> = async (app, { reads }) => {
  app.route({
    method: 'GET',
    url: '/access-records',
    config: { roles: ['auditor'], headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'listAccessRecords',
      summary: "Who has read what of a person's data, or was refused it, the latest first",
      description:
        'What is read now is here within seconds. Of a case, also the minutes that show its person, and exports of everything.',
      tags: ['Access'],
      querystring: accessQuerySchema,
      response: { 200: accessRecordsSchema },
    },
    handler: async (request, reply) => {
      const { case: caseId, record = caseId, from, to, zone, limit, cursor, ...filter } = request.query;
      const page = reads.list(
        {
          ...filter,
          record,
          from: from && beginningOfDay(from, zone).toISOString(),
          to: to && endOfDay(to, zone).toISOString(),
        },
        { after: cursor, limit },
      );
      if (page.next !== undefined) accessCursor.linkToNext(request, reply, page.next);
      const language = answerLanguage(request, reply);
      return { records: page.items.map((item) => shownRecord(item.record, language)) } as never;
    },
  });
};

const shownRecord = (record: AccessRecord, language: Language | undefined): object => ({
  ...record,
  records: record.records.map((each) => ({
    ...each,
    labels: labelsIn(language, { category: ['record-kinds', each.category] }),
  })),
  labels: labelsIn(language, {
    part: ['access-parts', record.part],
    outcome: ['access-outcomes', record.outcome],
    purpose: ['access-purposes', record.purpose],
    role: ['roles', record.by.role],
  }),
});
