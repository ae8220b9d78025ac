import { z } from 'zod';
import type { NextStep } from '../../../domain/kernel/next.ts';
import { sideSchema } from '../../../domain/kernel/sides.ts';

/** What may be recorded next of a kind of record, as it is answered. */
export const nextStepsSchema = (category: string, statuses: readonly string[]) =>
  z.strictObject({
    status: z.enum(statuses as [string, ...string[]]),
    revision: z.int(),
    next: z.array(
      z.strictObject({
        type: z.string(),
        by: z.string().describe('Whose word it is'),
        sides: z.array(sideSchema),
        status: z.string().describe('Where it leads'),
        needs: z.array(z.string()).describe('What is to be put on record before, or given with it'),
        data: z.looseObject({}).describe('JSON Schema of its data'),
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
): object => ({ status, revision, next, links: { [category]: self, record: `${self}/events` } });
