import { removalFromCustody } from './removal.ts';
import { type CaseLifecycle, row } from './vocabulary.ts';

/** Found or arrested by the delivering side without an earlier warrant; the other side asks for them. */
export const suspect: CaseLifecycle = {
  name: 'suspect',
  initial: 'not-opened',
  deliveringParty: 'requested',
  rows: [
    row('captured', ['not-opened'], 'captured', 'delivering'),
    ...removalFromCustody({ searched: [], atLarge: ['released'], withdrawal: 'request-withdrawn', endings: [] }),
  ],
};
