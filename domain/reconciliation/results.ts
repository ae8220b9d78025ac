import { z } from 'zod';
import { idOf, oneOf } from '../kernel/codes.ts';
import { handoverDateSchema } from '../kernel/handover-date.ts';
import { directionSchema } from '../kernel/sides.ts';
import { passCodeSchema } from '../reference/codes.ts';
import { kindSchema } from './lines.ts';

/** What comes of a line when two books are held against each other. */
export const RESULTS = [
  /** In both books, and in both the same. */
  'matched',
  /** In both books, and in named fields otherwise. */
  'conflicting',
  'theirs-only',
  'ours-only',
  /** In both books, but there are several that it can be. */
  'ambiguous',
] as const;
export type ComparisonResult = (typeof RESULTS)[number];

/** In what the two books can differ about one handover. */
export const COMPARED_FIELDS = [
  'minutes',
  'date',
  'pass',
  'direction',
  'kind',
  'name',
  'birth-date',
  /** The same minutes have another person. */
  'person',
] as const;
export type ComparedField = (typeof COMPARED_FIELDS)[number];

/** What explains a result. */
export const EXPLANATIONS = [
  /** The hour in which it is New Year in China and still New Year's Eve in Viet Nam: each book has its own year. */
  'new-year',
  /** The same hour of any other night: each book has its own day. */
  'midnight',
  /** One of the two dates, or the only one, is not of the period. */
  'outside-period',
  /** A date that is known only roughly leaves open whether it is of the period. */
  'date-open',
  /** Their list has the same person at the same handover once more. */
  'listed-twice',
] as const;
export type Explanation = (typeof EXPLANATIONS)[number];

/** As many are shown of those that a line can be. */
export const MOST_CANDIDATES = 20;

export const lineNumberSchema = z.int().min(1).describe('Number of a line of their list, from 1');
export const handoverEventSchema = idOf('the event of a handover').describe('The event that handed the person over');

/** A handover of this ledger's book as it stood then, without the person. */
export const ownHandoverSchema = z.strictObject({
  event: handoverEventSchema,
  case: z.uuid(),
  date: handoverDateSchema,
  pass: passCodeSchema.optional(),
  direction: directionSchema,
  kind: kindSchema,
});

/** What came of a line of their list, of a handover of ours, or of the two together. */
export const comparedSchema = z.strictObject({
  result: oneOf(RESULTS),
  theirs: lineNumberSchema.optional(),
  ours: ownHandoverSchema.optional(),
  differsIn: z.array(oneOf(COMPARED_FIELDS)).optional(),
  explainedBy: z.array(oneOf(EXPLANATIONS)).optional(),
  sameAs: lineNumberSchema.optional().describe('The line of their list that has the same'),
  candidates: z
    .strictObject({
      theirs: z.array(lineNumberSchema).max(MOST_CANDIDATES).optional(),
      ours: z.array(z.uuid()).max(MOST_CANDIDATES).optional(),
    })
    .optional()
    .describe('Those that an ambiguous one can be, as far as they are shown'),
  together: z
    .strictObject({
      first: lineNumberSchema.describe('The first of these lines of theirs, by which they are named'),
      theirs: z.int().min(1),
      ours: z.int().min(1),
    })
    .optional()
    .describe('How many lines of theirs and handovers of ours are alike, so that nothing tells which is which'),
});

export type Compared = z.infer<typeof comparedSchema>;
