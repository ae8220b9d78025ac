import { isRevising } from '../kernel/history.ts';
import type { CaseEvent } from './events.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The data of an unsealed event as they were sent in: what an opening event says of the case apart, and corrections and late
 * events as they were written before they were split into what is open and what is sealed.
 */
export const sentData = (event: CaseEvent): { readonly particulars?: Fields; readonly data: Fields } => {
  if (isRevising(event)) return { data: sentRevision(event) };
  if (!('case' in event.data) || event.data.case === undefined) return { data: event.data };
  const { case: open, person, caseNumbers, warrantNumber, ...data } = event.data;
  return { particulars: withoutUndefined({ ...open, person, caseNumbers, warrantNumber }), data };
};

const sentRevision = (event: Extract<CaseEvent, { type: 'corrected' | 'annulled' | 'recorded-late' }>): Fields => {
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

const withoutUndefined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
