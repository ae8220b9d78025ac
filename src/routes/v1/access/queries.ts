import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { AccessRecord } from '../../../../domain/access/record.ts';
import type { Language } from '../../../../domain/reference/entry.ts';
import type { AccessQueries } from '../../../../projections/access/query.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { Problem, retryLater } from '../../../http/problem.ts';
import { noQuerySchema } from '../../../http/query.ts';
import { beginningOfDay, endOfDay } from '../../../http/times.ts';
import { proveEvent } from '../../../transparency/proof-documents.ts';
import type { Transparency } from '../../../transparency/transparency.ts';
import { labelsIn } from '../labels.ts';
import { idParamsSchema } from '../registers/schemas.ts';
import { accessCursor, accessProofSchema, accessQuerySchema, accessRecordsSchema } from './schemas.ts';

export interface AccessQueryDependencies {
  readonly reads: AccessQueries;
  readonly accessTransparency: Transparency;
}

/** Who has read what is a person's, for auditors. */
export const accessQueryRoutes: FastifyPluginAsyncZod<AccessQueryDependencies> = async (
  app,
  { reads, accessTransparency: { tree } },
) => {
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

  app.route({
    method: 'GET',
    url: '/access-records/:id/proof',
    config: { roles: ['auditor'] },
    schema: {
      operationId: 'proveAccessRecord',
      summary: 'Proof that an access record is in the signed log of access records',
      description: 'With the event that it was recorded with among others, of which the leaf has the hashes.',
      tags: ['Access', 'Transparency'],
      params: idParamsSchema('access record'),
      querystring: noQuerySchema,
      response: { 200: accessProofSchema },
    },
    handler: async (request) => {
      const event = reads.eventOf(request.params.id);
      if (event === undefined) throw new Problem('not-found', 'there is no such access record, or none any more');
      const proof = proveEvent(tree, event);
      if (proof === undefined) {
        throw new Problem('not-yet-scanned', 'no checkpoint that is signed has this record yet', retryLater);
      }
      const { data, metadata } = event;
      return { event: { data, metadata }, ...proof };
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
