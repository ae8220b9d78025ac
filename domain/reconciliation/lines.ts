import { z } from 'zod';
import { oneOf } from '../kernel/codes.ts';
import { handoverDateSchema } from '../kernel/handover-date.ts';
import { roughDateSchema } from '../kernel/period.ts';
import { type Direction, directionSchema } from '../kernel/sides.ts';
import { lineSchema } from '../kernel/text.ts';
import type { OccurredAt } from '../kernel/time.ts';
import type { Person } from '../person/person.ts';
import { CASE_KINDS, type CaseKind } from '../reference/case-kinds.ts';
import { passCodeSchema } from '../reference/codes.ts';

export const kindSchema = oneOf(CASE_KINDS);

const MOST_NAMES = 10;

/** It stands in the open, so it must not be a name. */
export const minutesNumberSchema = lineSchema(60).regex(/\p{N}/u, {
  error: 'expected the number of the minutes, with a digit in it',
});

/** What of a line of the other side's list may stand in the open. */
export const openLine = {
  number: minutesNumberSchema.optional().describe('Of the minutes, as their book has it'),
  date: handoverDateSchema.describe('The date of the handover in their book'),
  pass: passCodeSchema.optional(),
  direction: directionSchema.optional().describe('Left out where the reconciliation is of one direction'),
  kind: kindSchema.optional().describe('Left out where the reconciliation is of one kind'),
};

/** What identifies the person of a line: it is sealed with the key of the reconciliation. */
export const personOfLine = {
  names: z
    .array(lineSchema(200))
    .min(1)
    .max(MOST_NAMES)
    .optional()
    .describe('The names of the person, each as their book writes it, in whichever script'),
  birthDate: roughDateSchema.optional(),
  document: lineSchema(60).optional().describe('The number of a document of the person'),
  caseNumber: lineSchema(80).optional().describe('The number of the case on either side'),
};

export const openLineSchema = z.strictObject(openLine);

/** A line as it comes in. */
export const listLineSchema = z.strictObject({ ...openLine, ...personOfLine });
export type ListLine = z.infer<typeof listLineSchema>;

/** The fields of a line, which are the columns of a list. */
export const LIST_COLUMNS = Object.keys(listLineSchema.shape) as readonly (keyof ListLine)[];

export type PersonOfLine = Pick<ListLine, keyof typeof personOfLine>;

/** A line of their list, with the place by which it is named: lines are numbered from 1 in the order in which they came. */
export interface TheirLine extends Omit<ListLine, 'direction' | 'kind'> {
  readonly line: number;
  readonly direction: Direction;
  readonly kind: CaseKind;
}

/** A handover of this ledger's own book. */
export interface OwnHandover {
  /** The event that handed the person over, and its case. */
  readonly event: string;
  readonly case: string;
  readonly date: string;
  /** When it happened, as far as that is known: it can tell the days of the two sides' clocks. */
  readonly occurredAt?: OccurredAt | undefined;
  readonly pass?: z.infer<typeof passCodeSchema> | undefined;
  readonly direction: Direction;
  readonly kind: CaseKind;
  /** Under which either side keeps the minutes. */
  readonly numbers: readonly string[];
  /** Left out where it is not known, or not to be known. */
  readonly person?: Pick<Person, 'names' | 'birthDate' | 'documents'> | undefined;
  readonly caseNumbers: readonly string[];
}
