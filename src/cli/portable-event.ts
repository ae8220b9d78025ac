import { z } from 'zod';
import type { RecordedCaseEvent } from '../../domain/case/history.ts';
import { sentData } from '../../domain/case/output.ts';
import { officeSchema, sideSchema } from '../../domain/kernel/sides.ts';
import { statedBySchema } from '../../domain/kernel/stated-by.ts';
import { instantSchema, occurredAtSchema } from '../../domain/kernel/time.ts';

const fields = z.record(z.string(), z.unknown());

/** One line of an export, and of an import: an event of a case with all that is known of it, the person included. */
export const portableEventSchema = z.strictObject({
  caseId: z.uuid(),
  eventId: z.uuid(),
  type: z.string(),
  occurredAt: occurredAtSchema,
  statedBy: statedBySchema.partial({ document: true }).optional(),
  recordedAt: instantSchema,
  recordedBy: z.strictObject({ subject: z.string(), office: officeSchema, side: sideSchema, role: z.string() }),
  /** Of the event that opens the case: what it is about, with its person. */
  case: fields.optional(),
  data: fields,
});

export type PortableEvent = z.infer<typeof portableEventSchema>;

/** An unsealed event as a line of an export. */
export const portableEvent = (caseId: string, event: RecordedCaseEvent): PortableEvent => {
  const { particulars, data } = sentData(event);
  return {
    caseId,
    eventId: event.id,
    type: event.type,
    occurredAt: event.occurredAt,
    ...(event.statedBy && { statedBy: event.statedBy }),
    recordedAt: event.recordedAt,
    recordedBy: event.recordedBy,
    ...(particulars && { case: particulars }),
    data,
  };
};
