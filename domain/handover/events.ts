import { z } from 'zod';
import { HANDOVER_FIELDS } from '../case/events.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { handoverDateSchema } from '../kernel/handover-date.ts';
import type { RegisterEvent } from '../kernel/register.ts';
import { officeSchema, sideSchema } from '../kernel/sides.ts';
import { lineSchema as oneLineSchema } from '../kernel/text.ts';
import { plainDateSchema } from '../kernel/time.ts';
import { legalBasisSchema, passCodeSchema } from '../reference/codes.ts';
import { FIELDS_OF_PERSON, lineSchema, totalsSchema } from './lines.ts';
import { acknowledge, changeLines, takeUpAgain } from './work.ts';

/** More than any day has returned; the minutes are one event, and an event has an end. */
const MOST_LINES = 1_000;

const official = z.strictObject({
  side: sideSchema,
  name: oneLineSchema(200),
  office: oneLineSchema(200).optional(),
});

/** It stands in the open, so it must not be a name. */
const numberSchema = oneLineSchema(60).regex(/\p{N}/u, {
  error: 'expected the number of the minutes, with a digit in it',
});

/** One signing at a border pass, for any number of persons. */
export const opening = {
  type: 'minutes-signed',
  open: {
    number: numberSchema.describe('Of the minutes, as written'),
    handoverDate: handoverDateSchema,
    pass: passCodeSchema.optional().describe('Left out where the place is no pass: give it in words, `data.place`'),
    deliveringParty: sideSchema,
    counterpart: officeSchema.optional().describe('The office of the other side that signed, which is let in'),
    legalBasis: legalBasisSchema.optional().describe('Of those whose case does not name one yet'),
    protected: z
      .boolean()
      .optional()
      .describe('The persons are victims or were detained: only the role `protection` reads what is sealed'),
    planned: z
      .strictObject({
        date: plainDateSchema,
        pass: passCodeSchema.optional(),
        persons: z.int().min(1).max(MOST_LINES).optional(),
      })
      .optional()
      .describe('What had been agreed'),
    copies: z.int().min(1).max(50).optional().describe('In how many copies the minutes were made out'),
    documentHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, { error: 'expected the SHA-256 of the document: 64 hexadecimal digits in lower case' })
      .optional(),
    lines: z.array(lineSchema).min(1).max(MOST_LINES).describe('One for each person who was to be handed over'),
  },
  sealed: {
    // Of few persons the totals are the persons.
    totals: totalsSchema,
    escortHeads: z.array(official).max(10).optional().describe('Who led the escorts'),
    signatories: z.array(official).max(10).optional(),
  },
  entries: { list: 'lines', category: 'case', id: 'case', sealed: FIELDS_OF_PERSON },
};

const eachOnce = <Item>(list: z.ZodArray<z.ZodType<Item>>) =>
  list.refine((items) => new Set(items).size === items.length, { error: 'expected each once' });

/** What is to be done with a line: hand the person over in their case, or put the other side's word there. */
export const LINE_TASKS = ['handover', 'acknowledgement'] as const;

const lineNumber = z
  .int()
  .min(0)
  .max(MOST_LINES - 1)
  .describe('Place in the list, from 0');

export const settledSchema = z.strictObject({
  line: lineNumber,
  result: z
    .enum(['recorded', 'taken-back', 'could-not-be'])
    .describe('`taken-back`: the word that was recorded was annulled in the case, as its acknowledgement was'),
  event: z
    .uuid()
    .optional()
    .describe('The event of the case; of a word that could not be taken back, the one that still stands there'),
  faults: z
    .array(z.strictObject({ code: z.string(), pointer: z.string().optional() }))
    .max(20)
    .optional()
    .describe('Why it could not be; what the case needs is told by its `next`, to those who see it'),
});

export type SettledLine = z.infer<typeof settledSchema>;

/** What the other side says of the minutes. */
export const acknowledgedShape = eventShape(
  {
    inOwnBook: z
      .strictObject({ handoverDate: handoverDateSchema.optional(), pass: passCodeSchema.optional() })
      .optional()
      .describe('Date and pass in the book of the side that acknowledges, where it gives them'),
    differing: z
      .array(
        z.strictObject({
          case: lineSchema.shape.case,
          differsIn: eachOnce(z.array(z.enum(HANDOVER_FIELDS)).min(1)),
        }),
      )
      .max(MOST_LINES)
      .refine((persons) => new Set(persons.map((person) => person.case)).size === persons.length, {
        error: 'expected each case once, with all that differs',
      })
      .optional()
      .describe('Persons of whom that side has something otherwise; all others are acknowledged'),
  },
  { theirNumber: numberSchema.optional().describe('The number of the minutes on that side') },
);

export const events: Readonly<Record<string, RegisterEvent>> = {
  'lines-settled': {
    shape: eventShape({ task: z.enum(LINE_TASKS), settled: z.array(settledSchema).min(1).max(MOST_LINES) }, {}),
    effect: { changes: changeLines },
  },
  'lines-taken-up-again': {
    shape: eventShape({ again: eachOnce(z.array(lineNumber).min(1).max(MOST_LINES)) }, {}),
    effect: { changes: takeUpAgain },
  },
  acknowledged: { shape: acknowledgedShape, effect: { changes: acknowledge } },
};
