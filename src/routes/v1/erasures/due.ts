import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SEEING_RECORDS } from '../../../../domain/kernel/access.ts';
import { dayOf, plainDateSchema } from '../../../../domain/kernel/time.ts';
import { CASE_KINDS } from '../../../../domain/reference/case-kinds.ts';
import type { CaseQueries, DueRow } from '../../../../projections/cases/query.ts';
import { createCursor } from '../../../http/cursor.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { limitSchema } from '../../../http/query.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { labelsIn, labelsSchema } from '../labels.ts';
import { kindsToList, listedKindsSchema } from '../listed-kinds.ts';

const dueCursor = createCursor('persons due for erasure', z.strictObject({ due: plainDateSchema, number: z.int() }));

const dueQuerySchema = z.strictObject({
  by: plainDateSchema.optional().describe('Due on that day; left out: today'),
  kind: listedKindsSchema,
  limit: limitSchema,
  cursor: dueCursor.schema.optional(),
});

const dueSchema = z.strictObject({
  cases: z.array(
    z.strictObject({
      caseId: z.uuid(),
      kind: z.enum(CASE_KINDS),
      due: plainDateSchema.describe('From which day on, by the rule of `/v1/reference/retention-rules`'),
      labels: labelsSchema,
      links: z.strictObject({ case: z.string() }),
    }),
  ),
});

export interface DueDependencies {
  readonly cases: CaseQueries;
  readonly clock: () => Date;
}

/** Whose retention period is over: what is to be ordered next. Cases under a legal hold are not among them. */
export const dueForErasureRoutes: FastifyPluginAsyncZod<DueDependencies> = async (app, { cases, clock }) => {
  app.route({
    method: 'GET',
    url: '/erasures/due',
    config: { roles: SEEING_RECORDS, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'listPersonsDueForErasure',
      summary: 'Cases that your office sees whose persons are due for erasure, the longest due first',
      tags: ['Erasures'],
      querystring: dueQuerySchema,
      response: { 200: dueSchema },
    },
    handler: async (request, reply) => {
      const { recorder } = accountOf(request);
      const { kind, by = dayOf(clock().toISOString(), recorder.side), limit, cursor } = request.query;
      const rows = cases.dueForErasure(recorder, {
        by,
        kinds: kindsToList(recorder, kind),
        after: cursor,
        limit: limit + 1,
      });
      const placeOf = ({ due, number }: DueRow) => ({ due, number });
      const page = dueCursor.page(request, reply, { rows, limit, placeOf });
      const language = answerLanguage(request, reply);
      return {
        cases: page.map(({ number: _, ...row }) => ({
          ...row,
          labels: labelsIn(language, { kind: ['case-kinds', row.kind] }),
          links: { case: `/v1/cases/${row.caseId}` },
        })),
      } as never;
    },
  });
};
