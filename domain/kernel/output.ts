import type { Fields } from './event.ts';
import { isRevising, type Revising } from './history.ts';

/** The content of an unsealed event as it was sent in: what an opening event says of its record apart from its data. */
export interface Sent {
  readonly particulars?: Fields;
  readonly data: Fields;
}

/** `ofOrdinary` tells it of an event that puts nothing right. */
export const sentData = <E extends { readonly type: string; readonly data: object }>(
  event: E,
  ofOrdinary: (event: E) => Sent,
): Sent => (isRevising(event as never) ? { data: sentRevision(event as never) } : ofOrdinary(event));

/** Corrections and late events as they were written before they were split into what is open and what is sealed. */
const sentRevision = (event: Revising): Fields => {
  switch (event.type) {
    case 'corrected': {
      const { eventType: _, sealedChanges, changes, ...data } = event.data;
      return { ...data, changes: { ...changes, ...sealedChanges } };
    }
    case 'annulled':
      return event.data;
    case 'recorded-late': {
      const { sealedData, event: late, ...data } = event.data;
      return { ...data, event: { ...late, data: { ...late.data, ...sealedData } } };
    }
  }
};
