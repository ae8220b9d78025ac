import { z } from 'zod';
import { oneOf } from '../../../../domain/kernel/codes.ts';
import { handoverDateSchema } from '../../../../domain/kernel/handover-date.ts';
import { directionSchema } from '../../../../domain/kernel/sides.ts';
import { CASE_KINDS, type CaseKind } from '../../../../domain/reference/case-kinds.ts';
import { passCodeSchema } from '../../../../domain/reference/codes.ts';
import { NO_PASS, YEARLY_GROUPS } from '../../../../projections/handovers/yearly-filter.ts';
import { createCursor } from '../../../http/cursor.ts';
import { limitSchema, oneOrMore, positionSchema, wholeNumber } from '../../../http/query.ts';
import { asOfSchema, happenedSchema, timesQuery, timesSchema } from '../../../http/times.ts';
import { labelsSchema } from '../labels.ts';

const kindSchema = oneOf(CASE_KINDS);
const groupSchema = z.enum(YEARLY_GROUPS, { error: `expected one or several of: ${YEARLY_GROUPS.join(', ')}` });

const passOrNoneSchema = z.union([z.literal(NO_PASS), passCodeSchema], {
  error: `expected the code of a border pass, or ${NO_PASS} for handovers at no pass; /v1/reference/border-passes has the codes`,
});
const yearSchema = wholeNumber(1949, 9999, 'expected a year from 1949, such as 2017');

/** Kinds that may be added up. Returns of victims and others are never mixed with fugitives and suspects, nor with each other. */
const ADDED_UP: readonly CaseKind[] = ['fugitive', 'suspect'];

export const counted = {
  kind: oneOrMore(kindSchema).optional(),
  pass: oneOrMore(passOrNoneSchema).optional(),
};

/** Which figures are asked for. */
const figures = {
  from: yearSchema.optional().describe('First year'),
  to: yearSchema.optional().describe('Last year, included'),
  direction: oneOrMore(directionSchema).optional(),
  ...counted,
  groupBy: oneOrMore(groupSchema).default(['year', 'direction', 'kind']),
};

const formatSchema = z.enum(['json', 'csv'], { error: 'expected json or csv' }).optional();

/** Figures under what is to be said of them besides: their groups and filters must go together. */
const figuresWith = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ ...figures, ...shape }).superRefine((query, context) => {
    const { from, to, direction, kind, groupBy } = query as z.infer<z.ZodObject<typeof figures>>;
    const fault = (name: keyof typeof figures, message: string): void =>
      context.addIssue({ code: 'custom', path: [name], message });
    if (from !== undefined && to !== undefined && to < from) fault('to', 'expected a year that is not before `from`');
    if (!groupBy.includes('direction') && new Set(direction).size !== 1) {
      fault(
        'groupBy',
        'expected direction among the groups, or one `direction` to be asked for: the two are never added up',
      );
    }
    if (!groupBy.includes('kind') && !mayBeAddedUp(kind)) {
      fault(
        'groupBy',
        `expected kind among the groups, or one \`kind\` to be asked for: only ${ADDED_UP.join(' and ')} are added up`,
      );
    }
  });

export const yearlyQuerySchema = figuresWith({ ...timesQuery, format: formatSchema });

export type YearlyQuery = z.infer<typeof yearlyQuerySchema>;

const mayBeAddedUp = (kinds: readonly CaseKind[] = CASE_KINDS): boolean =>
  new Set(kinds).size === 1 || kinds.every((kind) => ADDED_UP.includes(kind));

/** A line of a figure, without its case: for counts that every role reads. */
export const datedLine = z.strictObject({
  eventId: z.uuid(),
  handoverDate: handoverDateSchema,
  direction: directionSchema,
  kind: kindSchema,
  pass: passCodeSchema.nullable(),
});

/** What a figure is grouped by. */
const figureKey = {
  year: z.int().optional(),
  direction: directionSchema.optional(),
  kind: kindSchema.optional(),
  pass: passCodeSchema.nullable().optional(),
};

/** What a figure comes to. */
const counts = {
  persons: z.int().describe("Persons' lines in handovers: handed over again after an escape counts again"),
  incidents: z.int(),
  delivered: z.int().describe('Persons of whom the delivering side says so'),
  received: z.int().describe('Persons of whom the receiving side says so'),
  matched: z.int().describe('Persons of whom the two say the same'),
};

export const yearlySchema = z.strictObject({
  ...timesSchema,
  rows: z.array(
    z.strictObject({
      ...figureKey,
      ...counts,
      openWords: z
        .int()
        .optional()
        .describe(
          'With `at`: persons of whom a next word is dated so that it is open whether it had been said by then',
        ),
      links: z
        .strictObject({ events: z.string().describe('What makes the figure') })
        .optional()
        .describe('Of figures of one year and direction'),
    }),
  ),
  openYear: z.array(datedLine).describe('Handovers whose date leaves the year open: in no row'),
  undecided: z
    .array(datedLine)
    .describe('With `at`: handovers whose date leaves open whether they had happened by then: in no row'),
  newYearCases: z
    .array(
      z.strictObject({
        ...datedLine.shape,
        year: z.int().describe('The year of the minutes, in which it counts'),
        otherYear: z.int().describe('The year in which the book of one side can have it'),
      }),
    )
    .describe("Handovers that the two sides' books can put into different years; listed for either year"),
  notes: z.array(z.string()),
});

export const behindParamsSchema = z.object({ year: yearSchema, direction: directionSchema });

export const behindCursor = createCursor('events behind a figure', z.int());

/** Of one figure: kinds that are never added up are no figure. */
const isOneFigure = ({ kind }: { readonly kind?: readonly CaseKind[] | undefined }): boolean => mayBeAddedUp(kind);
const NOT_ONE_FIGURE = {
  path: ['kind'],
  error: `expected the kind of the figure: only ${ADDED_UP.join(' and ')} are added up`,
};

export const behindQuerySchema = z
  .strictObject({
    ...counted,
    ...timesQuery,
    which: happenedSchema,
    limit: limitSchema,
    cursor: behindCursor.schema.optional(),
  })
  .refine(isOneFigure, NOT_ONE_FIGURE);

/** The figure that is to be proved. */
export const provenanceQuerySchema = z.strictObject({ ...counted, ...timesQuery }).refine(isOneFigure, NOT_ONE_FIGURE);

export const behindSchema = z.strictObject({
  persons: z.int().describe('The figure; with `which=undecided` how many are left open beside it'),
  withheld: z.int().describe('How many of its lines are of cases that your office does not see'),
  lines: z.array(
    z.strictObject({
      ...datedLine.shape,
      caseId: z.uuid(),
      incident: z.string(),
      countedFrom: z
        .strictObject({ eventId: z.uuid(), position: z.string() })
        .describe('The event from which on the line counts: the handover, or what put it right'),
      links: z.strictObject({ case: z.string(), events: z.string() }),
    }),
  ),
});

/** What was known at two times. */
const knownBetween = {
  'from-asOf': asOfSchema.optional().describe('What was known then; left out: before anything was'),
  'to-asOf': asOfSchema.optional().describe('What was known then; left out: what is known now'),
  at: timesQuery.at,
  zone: timesQuery.zone,
};

export const diffQuerySchema = figuresWith({ ...knownBetween, format: formatSchema });

export type DiffQuery = z.infer<typeof diffQuerySchema>;

export const diffEventsCursor = createCursor('events that changed figures', positionSchema);

export const diffEventsQuerySchema = figuresWith({
  ...knownBetween,
  limit: limitSchema,
  cursor: diffEventsCursor.schema.optional(),
});

/** By how much an event changed a figure; incidents do not add up. */
const change = z.strictObject({
  persons: z.int(),
  delivered: z.int(),
  received: z.int(),
  matched: z.int(),
});

const changingEvent = {
  eventId: z.uuid(),
  type: z.string(),
  labels: labelsSchema,
  caseId: z.uuid().describe('The case in which it was recorded'),
  position: z.string(),
  recordedAt: z.string(),
  knownAt: z
    .string()
    .describe('From when on the ledger knew it: what was brought in later is known later than it was recorded'),
  links: z.strictObject({ case: z.string(), events: z.string() }),
};

const known = {
  fromAsOf: z.string().nullable().describe('As it was asked for; null: before anything was known'),
  toAsOf: z.string().nullable().describe('As it was asked for; null: as known now'),
  at: timesSchema.at,
  positions: z
    .strictObject({ from: z.string(), to: z.string() })
    .describe('The places in the log that the two times are; empty: before its first event'),
};

export const diffSchema = z.strictObject({
  ...known,
  rows: z.array(
    z.strictObject({
      ...figureKey,
      before: z.strictObject(counts),
      after: z.strictObject(counts),
      difference: z.strictObject(counts),
      changedBy: z.int().describe('How many events changed the figure'),
      withheld: z.int().describe('How many of them are of cases that your office does not see'),
      events: z
        .array(z.strictObject({ ...changingEvent, change }))
        .describe(
          'The first of those that you see, in log order; what they change comes to the difference, with those withheld',
        ),
      links: z.strictObject({ events: z.string().describe('All of those that you see, page after page') }),
    }),
  ),
  notes: z.array(z.string()),
});

export const diffEventsSchema = z.strictObject({
  ...known,
  events: z.array(
    z.strictObject({
      ...changingEvent,
      figures: z
        .array(z.strictObject({ ...figureKey, change }))
        .describe('Each figure that it changed, and by how much'),
    }),
  ),
});
