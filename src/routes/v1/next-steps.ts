import { z } from 'zod';
import { eventsOf, statusesOf } from '../../../domain/code-lists.ts';
import type { NextStep } from '../../../domain/kernel/next.ts';
import { sideSchema } from '../../../domain/kernel/sides.ts';
import type { Language } from '../../../domain/reference/entry.ts';
import { labelsIn, labelsSchema } from './labels.ts';

/** What may be recorded next of a kind of record, as it is answered. */
export const nextStepsSchema = (category: string, statuses: readonly string[]) =>
  z.strictObject({
    status: z.enum(statuses as [string, ...string[]]),
    labels: labelsSchema,
    revision: z.int(),
    next: z.array(
      z.strictObject({
        type: z.string(),
        by: z.string().describe('Whose word it is'),
        sides: z.array(sideSchema),
        status: z.string().describe('Where it leads'),
        needs: z.array(z.string()).describe('What is to be put on record before, or given with it'),
        data: z.looseObject({}).describe('JSON Schema of its data'),
        labels: labelsSchema,
      }),
    ),
    links: z.strictObject({
      [category]: z.string(),
      record: z.string().describe('Where a step is recorded: `POST`, with its `type`, `occurredAt` and `data`'),
    }),
  });

/** `self` is the path of the record. */
export const nextStepsDocument = (
  category: string,
  self: string,
  {
    status,
    revision,
    next,
  }: { readonly status: string; readonly revision: number; readonly next: readonly NextStep[] },
  language: Language | undefined,
): object => ({
  status,
  labels: labelsIn(language, { status: [statusesOf(category), status] }),
  revision,
  next: next.map(({ unmet, ...step }) => ({
    ...step,
    labels: labelsIn(language, {
      type: [eventsOf(category), step.type],
      by: ['roles-in-tables', step.by],
      sides: ['sides', step.sides],
      status: [statusesOf(category), step.status],
      needs: ['guards', unmet],
    }),
  })),
  links: { [category]: self, record: `${self}/events` },
});
