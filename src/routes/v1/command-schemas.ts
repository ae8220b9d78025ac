import { z } from 'zod';
import { statedBySchema } from '../../../domain/kernel/stated-by.ts';
import { occurredAtSchema } from '../../../domain/kernel/time.ts';

/** What every event says of itself, apart from its data. */
const aboutEvent = {
  occurredAt: occurredAtSchema,
  statedBy: statedBySchema
    .optional()
    .describe('The office whose word it is, where it is not the recording office, with its document'),
};

const dataSchema = z.record(z.string(), z.unknown(), { error: 'expected an object with the data of the event' });

/**
 * The shape of a command. What is in `data`, and what a record is opened with, is for the domain to check: it knows the event types and
 * refuses unknown fields. The components of the OpenAPI document tell the whole.
 */
export const openBodySchema = z.looseObject({
  type: z.string().optional().describe('Left out: the first of the events that can open it'),
  ...aboutEvent,
  data: dataSchema.optional().describe('Further data of the opening event'),
});

export const recordEventBodySchema = z.strictObject({ type: z.string(), ...aboutEvent, data: dataSchema.optional() });

/** What every answer to a command tells in its headers. */
export const COMMAND_ANSWER_HEADERS = {
  ETag: {
    type: 'string',
    description: 'The revision of the record and the shape in which it is shown, for `If-Match`',
  },
  'Event-Position': { type: 'string', description: 'The place of the event in the log, for `Min-Event-Position`' },
} as const;
