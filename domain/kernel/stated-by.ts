import { z } from 'zod';
import type { Recorder, StatedBy } from './event.ts';
import { officeSchema, officeSide, type Side } from './sides.ts';
import { lineSchema } from './text.ts';

export const statedBySchema = z.strictObject({
  office: officeSchema,
  document: lineSchema(200).describe('The reference of the document that the statement stands in'),
});

/** Whose word an event is: the office that states it, else the one that records it. */
export const statingOffice = (event: {
  readonly statedBy?: StatedBy | undefined;
  readonly recordedBy: Pick<Recorder, 'office'>;
}): string => event.statedBy?.office ?? event.recordedBy.office;

/** Whose word an event is: the side of the office that states it, else of the office that records it. */
export const statingSide = (event: {
  readonly statedBy?: StatedBy | undefined;
  readonly recordedBy: Pick<Recorder, 'side'>;
}): Side =>
  event.statedBy === undefined ? event.recordedBy.side : (officeSide(event.statedBy.office) ?? event.recordedBy.side);
