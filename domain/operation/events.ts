import { z } from 'zod';
import { boundSchema } from '../kernel/bound.ts';
import { idOf, oneOf } from '../kernel/codes.ts';
import { decimalSchema } from '../kernel/decimal.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { periodSchema, roughDateSchema } from '../kernel/period.ts';
import type { RegisterEvent } from '../kernel/register.ts';
import { officeSchema, officeSide } from '../kernel/sides.ts';
import { lineSchema, textSchema } from '../kernel/text.ts';
import { substanceSchema, unitSchema } from '../reference/codes.ts';

/** A joint patrol is an operation too: it has its offices, period and results, and what comes of it is as confidential. */
export const OPERATION_KINDS = ['operation', 'campaign', 'annual-crackdown', 'joint-patrol'] as const;

/** What operations are directed against. */
export const SUBJECTS = [
  'drugs',
  'trafficking',
  'fugitives',
  'fraud',
  'illegal-entry',
  'gambling',
  'smuggling',
  'weapons',
  'border-security',
  'other',
] as const;

/** What is counted of an operation's results; seizures are measured. */
export const COUNTED_MEASURES = ['incidents-cracked', 'arrests', 'persons-rescued', 'hubs-dismantled'] as const;
export const MEASURES = [...COUNTED_MEASURES, 'seizure'] as const;

export const kindSchema = oneOf(OPERATION_KINDS);
export const subjectSchema = oneOf(SUBJECTS);
export const measureSchema = oneOf(MEASURES);
export const caseId = idOf('a case');

const phaseSchema = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'expected the code of a phase, such as phase-1' });

export const resultCodeSchema = z
  .string()
  .max(60)
  .regex(/^[A-Za-z0-9]+([./-][A-Za-z0-9]+)*$/, {
    error: 'expected the code or number of a result, such as 2023-17: letters, digits and - . / between them',
  })
  .describe('Names the result: whoever reports it again, in another phase or by the other side, gives the same');

const officesSchema = z
  .array(officeSchema)
  .max(60)
  .refine((offices) => (['CN', 'VN'] as const).every((side) => offices.some((office) => officeSide(office) === side)), {
    error: 'expected offices of both sides',
  })
  .refine((offices) => new Set(offices).size === offices.length, { error: 'expected each office once' });

/** What an operation is called is public; its plan is not. */
export const opening = {
  type: 'planned',
  open: {
    name: lineSchema(200),
    kind: kindSchema,
    subjects: z.array(subjectSchema).min(1).max(SUBJECTS.length),
    offices: officesSchema.describe('The offices that take part, of both sides'),
    plannedPeriod: periodSchema.optional(),
    agreement: idOf('an agreement').optional().describe('The agreement under which it is held'),
  },
  sealed: { plan: textSchema(8000).optional() },
};

const reported = {
  result: resultCodeSchema,
  measure: measureSchema,
  bound: boundSchema,
  count: z.int().min(0).max(1_000_000_000).optional().describe('Of what is counted'),
  substance: substanceSchema.optional().describe('Of a seizure'),
  quantity: decimalSchema.optional().describe('Of a seizure, as it was reported: decimal text such as "1.4"'),
  unit: unitSchema.optional().describe('Of the quantity, as it was reported'),
  period: periodSchema.optional(),
  phase: phaseSchema.optional(),
};

export const reportShape = z.strictObject(reported);

export const events: Readonly<Record<string, RegisterEvent>> = {
  replanned: { shape: eventShape({ plannedPeriod: periodSchema }, {}), effect: 'sets' },
  begun: { shape: eventShape({ begunOn: roughDateSchema.optional() }, {}), effect: 'sets' },
  suspended: { shape: eventShape({}, { suspensionReason: textSchema(1000).optional() }), effect: 'sets' },
  resumed: { shape: eventShape({}, {}), effect: 'none' },
  'phase-begun': { shape: eventShape({ phase: phaseSchema }, {}), effect: { addsTo: 'phasesBegun' } },
  'phase-ended': { shape: eventShape({ phase: phaseSchema }, {}), effect: { addsTo: 'phasesEnded' } },
  'case-linked': { shape: eventShape({ case: caseId }, {}), effect: { addsTo: 'casesLinked' } },
  'case-unlinked': {
    shape: eventShape({ case: caseId }, { unlinkReason: textSchema(1000).optional() }),
    effect: { addsTo: 'casesUnlinked' },
  },
  'result-reported': {
    shape: eventShape(reported, { details: textSchema(4000).optional() }),
    effect: { addsTo: 'resultReports' },
  },
  concluded: { shape: eventShape({ concludedOn: roughDateSchema.optional() }, {}), effect: 'sets' },
  cancelled: { shape: eventShape({}, { cancellationReason: textSchema(1000).optional() }), effect: 'sets' },
};
