import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { HANDOVER_FIELDS } from '../../../../domain/case/events.ts';
import { AGREEMENTS } from '../../../../domain/case/handover-lines.ts';
import { handovers as minutesKind } from '../../../../domain/handover/kind.ts';
import { SEEING_RECORDS } from '../../../../domain/kernel/access.ts';
import { oneOf } from '../../../../domain/kernel/codes.ts';
import { directionSchema } from '../../../../domain/kernel/sides.ts';
import { plainDateSchema } from '../../../../domain/kernel/time.ts';
import type { Language } from '../../../../domain/reference/entry.ts';
import type { HandoverQueries, HandoverRow } from '../../../../projections/handovers/query.ts';
import { createCursor } from '../../../http/cursor.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { limitSchema, oneOrMore } from '../../../http/query.ts';
import { happenedSchema, timesOf, timesQuery } from '../../../http/times.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { labelsIn, labelsSchema } from '../labels.ts';
import { kindsToList, listedKindsSchema } from '../listed-kinds.ts';
import { pathOf } from '../registers/representation.ts';
import { counted, datedLine } from './schemas.ts';

const worklistCursor = createCursor('handovers', z.strictObject({ day: plainDateSchema, number: z.int() }));

const agreementSchema = oneOf(AGREEMENTS);

const worklistQuerySchema = z
  .strictObject({
    agreement: oneOrMore(agreementSchema)
      .optional()
      .describe("How the two sides' words go together: `one-sided` and `conflicting` are what is to be worked off"),
    direction: oneOrMore(directionSchema).optional(),
    kind: listedKindsSchema,
    pass: counted.pass,
    from: plainDateSchema.optional().describe('First day of the date in the minutes'),
    to: plainDateSchema.optional().describe('Last day, included'),
    ...timesQuery,
    which: happenedSchema,
    limit: limitSchema,
    cursor: worklistCursor.schema.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    error: 'expected a date that is not before `from`',
  });

const worklistSchema = z.strictObject({
  handovers: z.array(
    z.strictObject({
      ...datedLine.shape,
      caseId: z.uuid(),
      minutes: z.uuid().optional().describe('The minutes for many persons in which it stands'),
      delivered: z.boolean().describe('The delivering side says so'),
      received: z.boolean().describe('The receiving side says so'),
      agreement: agreementSchema,
      differsIn: z.array(z.enum(HANDOVER_FIELDS)),
      openWords: z
        .literal(true)
        .optional()
        .describe('With `at`: a next word is dated so that it is open whether it had been said by then'),
      labels: labelsSchema,
      links: z.strictObject({ case: z.string(), events: z.string(), minutes: z.string().optional() }),
    }),
  ),
  undecided: z
    .int()
    .optional()
    .describe(
      'With `at`: how many have a date that leaves open whether they had happened by then; `which=undecided` lists them',
    ),
});

/** Handovers of persons, each with the words of the two sides: the worklist of what they do not agree on yet. */
export const worklistRoutes: FastifyPluginAsyncZod<{ readonly handovers: HandoverQueries }> = async (
  app,
  { handovers },
) => {
  app.route({
    method: 'GET',
    url: '/handovers',
    config: { roles: SEEING_RECORDS, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'listHandovers',
      summary: "Handovers of persons that your office sees, the latest first, with the two sides' words",
      description:
        "One line for each person's handover, in minutes for many persons or by itself. Minutes that an office has to acknowledge are there for it " +
        'also where it does not see the cases: `/v1/handovers/minutes?status=signed&counterpart=` with its id.',
      tags: ['Handovers'],
      querystring: worklistQuerySchema,
      response: { 200: worklistSchema },
    },
    handler: async (request, reply) => {
      const { which, limit, cursor, asOf, at, zone, ...filter } = request.query;
      const viewer = accountOf(request).recorder;
      const listed = { ...filter, ...timesOf({ asOf, at, zone }), kind: kindsToList(viewer, filter.kind) };
      const rows = handovers.list(viewer, listed, { which, before: cursor, limit: limit + 1 });
      const page = worklistCursor.page(request, reply, {
        rows,
        limit,
        placeOf: ({ lastDay: day, number }) => ({ day, number }),
      });
      const language = answerLanguage(request, reply);
      return {
        handovers: page.map((row) => worklistLine(row, language)),
        ...(at !== undefined && { undecided: handovers.countUndecided(viewer, listed) }),
      } as never;
    },
  });
};

const worklistLine = (row: HandoverRow, language: Language | undefined) => {
  const { eventId, handoverDate, direction, kind, pass, caseId, minutes, agreement } = row;
  const differsIn = JSON.parse(row.differsIn) as readonly string[];
  return {
    eventId,
    handoverDate,
    direction,
    kind,
    pass,
    caseId,
    ...(minutes !== null && { minutes }),
    delivered: row.delivered === 1,
    received: row.received === 1,
    agreement,
    differsIn,
    ...(row.openWords === 1 && { openWords: true }),
    labels: labelsIn(language, {
      direction: ['directions', direction],
      kind: ['case-kinds', kind],
      pass: ['border-passes', pass ?? undefined],
      agreement: ['agreements', agreement],
      differsIn: ['handover-fields', differsIn],
    }),
    links: {
      case: `/v1/cases/${caseId}`,
      events: `/v1/cases/${caseId}/events`,
      ...(minutes !== null && { minutes: pathOf(minutesKind, minutes) }),
    },
  };
};
