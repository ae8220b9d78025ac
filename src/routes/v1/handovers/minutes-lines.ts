import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { LINE_TASKS, settledSchema } from '../../../../domain/handover/events.ts';
import { handovers } from '../../../../domain/handover/kind.ts';
import { LINE_OUTCOMES, lineSchema } from '../../../../domain/handover/lines.ts';
import { linesOf, openLines } from '../../../../domain/handover/work.ts';
import { SEEING_RECORDS } from '../../../../domain/kernel/access.ts';
import { oneOf } from '../../../../domain/kernel/codes.ts';
import type { RegisterState } from '../../../../domain/kernel/register.ts';
import type { RegisterQueries } from '../../../../projections/registers/query.ts';
import { createCursor } from '../../../http/cursor.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { Problem } from '../../../http/problem.ts';
import { limitSchema, oneOrMore } from '../../../http/query.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { labelsIn, labelsSchema } from '../labels.ts';
import { idParamsSchema } from '../registers/schemas.ts';

const RESULTS = ['open', 'recorded', 'could-not-be'] as const;

const linesCursor = createCursor('lines of minutes', z.int().min(0));

const linesQuerySchema = z.strictObject({
  outcome: oneOrMore(oneOf(LINE_OUTCOMES)).optional(),
  result: oneOrMore(oneOf(RESULTS))
    .optional()
    .describe('Of the handover, or of its acknowledgement where that comes next or could not be recorded'),
  limit: limitSchema,
  cursor: linesCursor.schema.optional(),
});

const whatCameOfIt = settledSchema.omit({ line: true });
const { case: caseId, outcome, cause } = lineSchema.shape;

const linesSchema = z.strictObject({
  lines: z.array(
    z.strictObject({
      line: z.int().describe('Place in the list, from 0'),
      case: caseId,
      outcome,
      cause,
      result: z.enum(RESULTS),
      ...Object.fromEntries(LINE_TASKS.map((task) => [task, whatCameOfIt.optional()])),
      labels: labelsSchema,
      links: z.strictObject({ case: z.string(), next: z.string().describe('What the case needs') }),
    }),
  ),
});

/** The lines of minutes, each with what came of it in its case; without what is a person's. */
export const minutesLinesRoutes: FastifyPluginAsyncZod<{ readonly registers: RegisterQueries }> = async (
  app,
  { registers },
) => {
  app.route({
    method: 'GET',
    url: '/handovers/:id/lines',
    config: { roles: SEEING_RECORDS, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'listMinutesLines',
      summary: 'The persons of minutes, each with what came of it in their case',
      tags: ['Handovers'],
      params: idParamsSchema('minutes'),
      querystring: linesQuerySchema,
      response: { 200: linesSchema },
    },
    handler: async (request, reply) => {
      const { outcome: outcomes, result: results, limit, cursor = -1 } = request.query;
      const row = registers.find(accountOf(request).recorder, handovers.category, request.params.id);
      if (row === undefined) {
        throw new Problem('not-found', 'there are no such minutes, or they were not shared with your office');
      }
      const found = linesOfState(JSON.parse(row.state) as RegisterState).filter(
        (line) =>
          line.line > cursor &&
          (outcomes === undefined || outcomes.includes(line.outcome)) &&
          (results === undefined || results.includes(line.result)),
      );
      const page = linesCursor.page(request, reply, { rows: found, limit, placeOf: ({ line }) => line });
      const language = answerLanguage(request, reply);
      const lines = page.map((line) => ({
        ...line,
        labels: labelsIn(language, {
          outcome: ['line-outcomes', line.outcome],
          cause: ['handover-refusals', line.cause],
          result: ['line-results', line.result],
          faults: ['refusals', LINE_TASKS.flatMap((task) => line[task]?.faults?.map(({ code }) => code) ?? [])],
        }),
      }));
      return { lines } as never;
    },
  });
};

const linesOfState = (state: RegisterState) => {
  const open = new Set(openLines(state).map(({ line }) => line));
  return linesOf(state.entries).map((line, index) => {
    const failed = LINE_TASKS.some((task) => line[task]?.result === 'could-not-be');
    const result: (typeof RESULTS)[number] = open.has(index) ? 'open' : failed ? 'could-not-be' : 'recorded';
    return {
      line: index,
      ...line,
      result,
      links: { case: `/v1/cases/${line.case}`, next: `/v1/cases/${line.case}/next` },
    };
  });
};
