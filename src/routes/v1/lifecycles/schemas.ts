import { z } from 'zod';
import { CASE_KINDS } from '../../../../domain/reference/case-kinds.ts';
import { REGISTERS } from '../../../../domain/stream-kinds.ts';
import { labelsSchema } from '../labels.ts';

/** The kinds of cases, and the registers. */
const KINDS = [...CASE_KINDS, ...REGISTERS.map(({ category }) => category)] as [string, ...string[]];
const kindSchema = z.enum(KINDS, { error: `expected the kind of a case or of another record: ${KINDS.join(', ')}` });

export const lifecycleParamsSchema = z.object({
  kind: kindSchema,
});

export const lifecycleQuerySchema = z.strictObject({
  format: z
    .enum(['json', 'mermaid'], { error: 'expected json or mermaid' })
    .optional()
    .describe('`mermaid`: the diagram alone, as with `Accept: text/plain`'),
});

const rowSchema = z.strictObject({
  event: z.string(),
  from: z.array(z.string()),
  to: z.string().describe('A state; `unchanged`; or `where-it-stood` before it was set aside'),
  by: z.string().describe('Whose word the event is: a party by its role, or `either`'),
  guards: z.array(z.string()).describe('What must be on record, or be given with the event'),
  setsAside: z.boolean().describe('Whether `where-it-stood` leads back to the state before'),
  labels: labelsSchema,
});

export const lifecycleSchema = z.strictObject({
  kind: kindSchema,
  deliveringParty: z
    .enum(['requesting', 'requested', 'sentencing'])
    .optional()
    .describe('Of a kind of case: which side hands the person over'),
  initial: z.string(),
  labels: labelsSchema,
  states: z.array(z.strictObject({ state: z.string(), final: z.boolean(), labels: labelsSchema })),
  rows: z.array(rowSchema),
  diagram: z.string().describe('The table drawn, as a Mermaid state diagram'),
});

export const lifecycleIndexSchema = z.strictObject({
  lifecycles: z.array(z.strictObject({ kind: kindSchema, opensWith: z.array(z.string()), href: z.string() })),
});
