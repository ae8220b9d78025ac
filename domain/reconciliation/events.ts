import { z } from 'zod';
import { idOf, oneOf } from '../kernel/codes.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { EXPUNGED, expungedOf } from '../kernel/expunged.ts';
import type { RegisterEvent } from '../kernel/register.ts';
import { directionSchema, sideSchema } from '../kernel/sides.ts';
import { lineSchema, textSchema } from '../kernel/text.ts';
import { plainDateSchema } from '../kernel/time.ts';
import { kindSchema, minutesNumberSchema, openLineSchema, personOfLine } from './lines.ts';
import { comparedSchema, handoverEventSchema, lineNumberSchema } from './results.ts';
import { addLines, addResults, compareAnew, finishComparison, settleLines, signOff, takeUpAgain } from './work.ts';

/** Of one list; what is longer is reconciled by shorter periods. */
export const MOST_LINES = 5_000;

/** Of one event: an event has an end. */
export const MOST_LINES_AT_ONCE = 1_000;
export const MOST_RESULTS_AT_ONCE = 500;
const MOST_SETTLED_AT_ONCE = 500;

const eachOnce = <Item>(list: z.ZodArray<z.ZodType<Item>>) =>
  list.refine((items) => new Set(items).size === items.length, { error: 'expected each once' });

const periodSchema = z
  .strictObject({ from: plainDateSchema, to: plainDateSchema })
  .refine(({ from, to }) => from <= to, { error: 'expected a date that is not before `from`', path: ['to'] })
  .describe('First and last day of the handovers, both included, by the date in the minutes');

/** The other side's list is its word: the office whose book it is, and the document it came in, are those of `statedBy`. */
export const opening = {
  type: 'list-received',
  open: {
    number: minutesNumberSchema.describe('Under which both sides cite the reconciliation'),
    period: periodSchema,
    directions: eachOnce(z.array(directionSchema).min(1)).describe('Of which handovers the list is'),
    kinds: eachOnce(z.array(kindSchema).min(1)).describe(
      'Of which kinds of cases; victims and detained persons apart from all others',
    ),
    listed: z
      .int()
      .min(1)
      .max(MOST_LINES)
      .describe('How many lines their list has: it is compared when so many are here'),
  },
  sealed: {},
};

/** How a line is settled that is not in both books the same. */
export const DECISIONS = [
  'ours-stands',
  /** What ours has otherwise is corrected in its case, what it has not is recorded. */
  'theirs-stands',
  /** What differs is explained, and does not change the figure: each book stays as it is. */
  'explained',
  /** A line of theirs is a handover of ours. */
  'matched-with',
  /** As many lines of theirs as handovers of ours are the same, whichever is which. */
  'matched-together',
  /** A line of theirs and a handover of ours that were brought together are two. */
  'not-the-same',
  'not-counted',
] as const;
export type Decision = (typeof DECISIONS)[number];

export const BOOKS = ['theirs', 'ours'] as const;

export const settlementSchema = z.strictObject({
  theirs: lineNumberSchema.optional(),
  ours: handoverEventSchema.optional(),
  together: lineNumberSchema
    .optional()
    .describe('All that are ambiguous together, named by the first line: for `matched-together`'),
  decision: oneOf(DECISIONS),
  with: handoverEventSchema.optional().describe('Of `matched-with`: the handover of ours that the line is'),
  counts: eachOnce(z.array(oneOf(BOOKS)))
    .optional()
    .describe('Of `not-the-same`: which of the two counts'),
  case: idOf('a case').optional().describe('The case in which it is, or will be, put right'),
});

export type Settlement = z.infer<typeof settlementSchema>;

export const figureSchema = z.strictObject({
  direction: directionSchema,
  kind: kindSchema,
  persons: z.int().min(0),
});

export type AgreedFigure = z.infer<typeof figureSchema>;

const official = z.strictObject({ side: sideSchema, name: lineSchema(200), office: lineSchema(200).optional() });

const results = {
  asOf: z.string().max(100).describe('The position in the log up to which this ledger’s book was read'),
  part: z.int().min(1).describe('Which part of the results, from 1'),
  results: z.array(comparedSchema).max(MOST_RESULTS_AT_ONCE),
};

const reason = { reason: textSchema(1000) };

export const events: Readonly<Record<string, RegisterEvent>> = {
  'lines-listed': {
    shape: eventShape(
      {
        lines: z.array(openLineSchema).min(1).max(MOST_LINES_AT_ONCE),
        toCome: z
          .int()
          .min(0)
          .max(MOST_LINES)
          .optional()
          .describe('How many lines of the same sending come after these'),
      },
      {
        persons: z
          .array(
            z.strictObject({
              line: z
                .int()
                .min(0)
                .max(MOST_LINES_AT_ONCE - 1)
                .describe('Place of the line among these, from 0'),
              ...personOfLine,
            }),
          )
          .max(MOST_LINES_AT_ONCE)
          .refine((persons) => new Set(persons.map(({ line }) => line)).size === persons.length, {
            error: 'expected each line once',
          })
          .optional(),
      },
    ),
    effect: { changes: addLines },
  },
  'compared-in-part': { shape: eventShape(results, {}), effect: { changes: addResults } },
  compared: { shape: eventShape(results, {}), effect: { changes: finishComparison } },
  'found-too-large': {
    shape: eventShape({ handovers: z.int().min(1).describe('How many handovers of ours there would be at least') }, {}),
    effect: 'none',
  },
  'lines-settled': {
    shape: eventShape({ settled: z.array(settlementSchema).min(1).max(MOST_SETTLED_AT_ONCE) }, reason),
    effect: { changes: settleLines },
  },
  'comparison-requested': { shape: eventShape({}, { ...reason }), effect: { changes: compareAnew } },
  'signed-off': {
    shape: eventShape(
      {
        figures: z
          .array(figureSchema)
          .min(1)
          .max(20)
          .describe('Persons by direction and kind, as the document shows them agreed: they must go with the lines'),
      },
      { signatories: z.array(official).max(10).optional() },
    ),
    effect: { changes: signOff },
  },
  acknowledged: {
    shape: eventShape({}, { theirNumber: lineSchema(80).optional().describe('Under which that side keeps it') }),
    effect: 'none',
  },
  declined: { shape: eventShape({}, reason), effect: { changes: takeUpAgain } },
  reopened: { shape: eventShape({}, reason), effect: { changes: takeUpAgain } },
  /** What was compared in part would not go with what is left. */
  [EXPUNGED]: expungedOf(['person', 'line'], { line: lineNumberSchema.optional() }, { changes: compareAnew }),
  withdrawn: { shape: eventShape({}, { withdrawalReason: textSchema(1000).optional() }), effect: 'none' },
};
