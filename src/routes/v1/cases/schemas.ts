import { z } from 'zod';
import { statedBySchema } from '../../../../domain/kernel/stated-by.ts';
import { occurredAtSchema } from '../../../../domain/kernel/time.ts';

/** The id of a case; ids are written in lower case. */
export const caseParamsSchema = z.object({
  caseId: z.uuid({ error: 'expected the id of a case: a UUID' }).toLowerCase(),
});

/** What every event says of itself, apart from its data. */
const aboutEvent = {
  occurredAt: occurredAtSchema,
  statedBy: statedBySchema
    .optional()
    .describe('The office whose word it is, where it is not the recording office, with its document'),
};

const dataSchema = z.record(z.string(), z.unknown(), { error: 'expected an object with the data of the event' });

/**
 * The shape of a command. What is in `data`, and what a case is opened with, is for the domain to check: it knows the event types and
 * refuses unknown fields. `OpenCase` and `RecordEvent` of `event-schemas.ts` document the whole.
 */
export const openCaseBodySchema = z.looseObject({
  type: z.string().optional().describe('Left out: the first of the events that can open this kind of case'),
  ...aboutEvent,
  data: dataSchema.optional().describe('Further data of the opening event'),
});

export const recordEventBodySchema = z.strictObject({ type: z.string(), ...aboutEvent, data: dataSchema.optional() });

/** What every answer to a command tells in its headers. */
export const COMMAND_ANSWER_HEADERS = {
  ETag: { type: 'string', description: 'The revision of the case and the shape in which it is shown, for `If-Match`' },
  'Event-Position': { type: 'string', description: 'The place of the event in the log, for `Min-Event-Position`' },
} as const;
