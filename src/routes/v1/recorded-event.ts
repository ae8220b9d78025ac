import { z } from 'zod';
import { eventsOf } from '../../../domain/code-lists.ts';
import type { Recorder } from '../../../domain/kernel/event.ts';
import { officeSchema, sideSchema } from '../../../domain/kernel/sides.ts';
import { statedBySchema } from '../../../domain/kernel/stated-by.ts';
import type { AnyStreamKind } from '../../../domain/kernel/stream-kind.ts';
import { instantSchema, occurredAtSchema } from '../../../domain/kernel/time.ts';
import type { Language } from '../../../domain/reference/entry.ts';
import type { ReadEvent } from '../../application/reader.ts';
import { labelsIn, labelsSchema } from './labels.ts';

/** A recorded event of a kind of record as it is answered. */
export const recordedEventSchema = (category: string) =>
  z.strictObject({
    id: z.uuid(),
    revision: z.int().min(0),
    position: z.string().describe('The place in the log'),
    type: z.string(),
    labels: labelsSchema,
    occurredAt: occurredAtSchema,
    statedBy: statedBySchema.partial({ document: true }).optional(),
    recordedAt: instantSchema,
    recordedBy: z.strictObject({
      subject: z.string().optional().describe('The account, for its own side and for auditors'),
      office: officeSchema,
      side: sideSchema,
      role: z.string(),
    }),
    [category]: z
      .record(z.string(), z.unknown())
      .optional()
      .describe(`Of the event that opens a ${category}: what it is about, as it was sent`),
    data: z
      .record(z.string(), z.unknown())
      .describe('As it was sent, without what is sealed, unless that was asked for'),
    sealed: z.boolean().describe('Whether there is more to it than is shown'),
  });

/** In the words of the one who sent it, as an export gives it too. */
export const recordedEvent = (
  viewer: Recorder,
  { category, sentData }: AnyStreamKind,
  { position, event, sealed }: ReadEvent,
  language: Language | undefined,
): object => {
  const { particulars, data } = sentData(event);
  const { subject, ...recordedBy } = event.recordedBy;
  // Which of its officers recorded something is a side's own affair.
  const known = viewer.role === 'auditor' || viewer.side === recordedBy.side;
  return {
    position,
    ...event,
    labels: labelsIn(language, { type: [eventsOf(category), event.type] }),
    recordedBy: known ? event.recordedBy : recordedBy,
    ...(particulars && { [category]: particulars }),
    data,
    sealed,
  };
};
