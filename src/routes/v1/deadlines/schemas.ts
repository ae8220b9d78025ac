import { z } from 'zod';
import { KINDS_WITH_DEADLINES } from '../../../../domain/deadlines/index.ts';
import { oneOf } from '../../../../domain/kernel/codes.ts';
import { officeSchema } from '../../../../domain/kernel/sides.ts';
import { occurredAtSchema, plainDateSchema } from '../../../../domain/kernel/time.ts';
import { DEADLINE_RULES } from '../../../../domain/reference/deadline-rules.ts';
import { SIDES } from '../../../../domain/reference/sides.ts';
import { createCursor } from '../../../http/cursor.ts';
import { limitSchema, oneOrMore } from '../../../http/query.ts';
import { labelsSchema } from '../labels.ts';

const RULE_CODES = DEADLINE_RULES.map(({ code }) => code);

export const deadlinesCursor = createCursor(
  'deadlines',
  z.strictObject({ due: plainDateSchema, recordId: z.string().max(60), rule: z.string().max(60) }),
);

export const deadlineListQuerySchema = z
  .strictObject({
    dueBefore: plainDateSchema.optional().describe('Due on an earlier day than this'),
    dueAfter: plainDateSchema.optional().describe('Due on a later day than this'),
    overdue: oneOf(['true', 'false'])
      .transform((text) => text === 'true')
      .optional()
      .describe('Whether the last day has gone by, by the clock of the side that counts it'),
    office: officeSchema.optional().describe('An office that sees the record'),
    kind: oneOrMore(oneOf(KINDS_WITH_DEADLINES)).optional().describe('Kinds of records'),
    rule: oneOrMore(oneOf(RULE_CODES)).optional().describe('Codes of `/v1/reference/deadline-rules`'),
    limit: limitSchema,
    cursor: deadlinesCursor.schema.optional(),
  })
  .refine(({ dueBefore, dueAfter }) => dueBefore === undefined || dueAfter === undefined || dueAfter < dueBefore, {
    path: ['dueBefore'],
    error: 'expected a date after `dueAfter`',
  });

const ruleSchema = z.strictObject({
  code: oneOf(RULE_CODES),
  source: z.string().describe('The law and its article, or what else sets the term'),
  verified: z.boolean().describe('False where nobody has checked the rule against its source yet'),
});

const dueSchema = {
  rule: ruleSchema,
  zone: oneOf(SIDES.map(({ timeZone }) => timeZone)).describe('By whose clock the last day ends'),
  utcOffset: oneOf(SIDES.map(({ utcOffset }) => utcOffset)),
  started: occurredAtSchema.describe('What the days are counted from; the day after it is the first'),
  startedBy: z.uuid().optional().describe('The event that started it; left out where the record began with it'),
  extendedFrom: plainDateSchema.optional().describe('The last day before it was extended'),
  earliest: z.boolean().describe('The start is known as a month only: the due date is the earliest that it can be'),
  labels: labelsSchema,
};

export const deadlineListSchema = z.strictObject({
  now: z.iso.datetime().describe('When the question was answered: what is overdue depends on it'),
  deadlines: z.array(
    z.strictObject({
      record: z.strictObject({ kind: oneOf(KINDS_WITH_DEADLINES), id: z.uuid() }),
      due: plainDateSchema.describe('The last day'),
      overdue: z.boolean(),
      ...dueSchema,
      links: z.strictObject({ record: z.string() }),
    }),
  ),
});

export const caseDeadlinesSchema = z.strictObject({
  now: z.iso.datetime(),
  deadlines: z.array(
    z.strictObject({
      status: oneOf(['running', 'met', 'expired', 'ended']).describe(
        'met: what was due was done in time; ended: nothing is due any more; expired: the last day went by before',
      ),
      due: plainDateSchema.nullable().describe('The last day; null where no source at hand gives the number of days'),
      ...dueSchema,
      end: z
        .strictObject({
          type: z.string().describe('The event, or what the case became'),
          eventId: z.uuid().optional(),
          occurredAt: occurredAtSchema,
        })
        .optional(),
    }),
  ),
});
