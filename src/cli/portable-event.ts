import { z } from 'zod';
import { oneOf } from '../../domain/kernel/codes.ts';
import type { RecordedEvent } from '../../domain/kernel/fold.ts';
import { officeSchema, sideSchema } from '../../domain/kernel/sides.ts';
import { statedBySchema } from '../../domain/kernel/stated-by.ts';
import type { AnyStreamKind } from '../../domain/kernel/stream-kind.ts';
import { instantSchema, occurredAtSchema } from '../../domain/kernel/time.ts';
import { STREAM_KINDS } from '../../domain/stream-kinds.ts';

const fields = z.record(z.string(), z.unknown());

const categories = STREAM_KINDS.map(({ category }) => category) as [string, ...string[]];

/** One line of an export, and of an import: an event of a record with all that is known of it, what is sealed included. */
export const portableEventSchema = z.strictObject({
  category: oneOf(categories),
  recordId: z.uuid(),
  eventId: z.uuid(),
  type: z.string(),
  occurredAt: occurredAtSchema,
  statedBy: statedBySchema.partial({ document: true }).optional(),
  recordedAt: instantSchema,
  recordedBy: z.strictObject({ subject: z.string(), office: officeSchema, side: sideSchema, role: z.string() }),
  /** Of the event that opens the record: what it is about; of a case, with its person. */
  particulars: fields.optional(),
  data: fields,
});

export type PortableEvent = z.infer<typeof portableEventSchema>;

/** An unsealed event as a line of an export. */
export const portableEvent = (
  { category, sentData }: AnyStreamKind,
  recordId: string,
  event: RecordedEvent,
): PortableEvent => {
  const { particulars, data } = sentData(event);
  return {
    category,
    recordId,
    eventId: event.id,
    type: event.type,
    occurredAt: event.occurredAt,
    ...(event.statedBy && { statedBy: event.statedBy }),
    recordedAt: event.recordedAt,
    recordedBy: event.recordedBy,
    ...(particulars && { particulars }),
    data,
  };
};
