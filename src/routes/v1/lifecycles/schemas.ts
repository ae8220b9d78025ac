import { z } from 'zod';
import { CASE_STATUSES } from '../../../../domain/case/document.ts';
import { guards } from '../../../../domain/case/guards.ts';
import { CASE_KINDS } from '../../../../domain/reference/case-kinds.ts';

export const lifecycleParamsSchema = z.object({
  kind: z.enum(CASE_KINDS, { error: `expected a kind of case: ${CASE_KINDS.join(', ')}` }),
});

export const lifecycleQuerySchema = z.strictObject({
  format: z
    .enum(['json', 'mermaid'], { error: 'expected json or mermaid' })
    .optional()
    .describe('`mermaid`: the diagram alone, as with `Accept: text/plain`'),
});

const stateSchema = z.enum(['not-opened', ...CASE_STATUSES]);

const rowSchema = z.strictObject({
  event: z.string(),
  from: z.array(stateSchema),
  to: z.enum(['unchanged', 'where-it-stood', ...CASE_STATUSES]),
  by: z.enum(['requesting', 'delivering', 'receiving', 'either']).describe('Whose word the event is'),
  guards: z.array(z.enum(Object.keys(guards))).describe('What must be on record, or be given with the event'),
  setsAside: z.boolean().describe('Whether `where-it-stood` leads back to the state before'),
});

export const lifecycleSchema = z.strictObject({
  kind: z.enum(CASE_KINDS),
  deliveringParty: z.enum(['requesting', 'requested', 'sentencing']).describe('Which side hands the person over'),
  initial: stateSchema,
  states: z.array(z.strictObject({ state: stateSchema, final: z.boolean() })),
  rows: z.array(rowSchema),
  diagram: z.string().describe('The table drawn, as a Mermaid state diagram'),
});

export const lifecycleIndexSchema = z.strictObject({
  lifecycles: z.array(z.strictObject({ kind: z.enum(CASE_KINDS), opensWith: z.array(z.string()), href: z.string() })),
});
