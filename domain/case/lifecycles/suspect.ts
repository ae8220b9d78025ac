import { removalFromCustody } from './removal.ts';
import { type CaseLifecycle, row } from './vocabulary.ts';

/** Found or arrested by the delivering side without an earlier warrant; the other side asks for them. */
export const suspect: CaseLifecycle = {
  name: 'suspect',
  initial: 'not-opened',
  deliveringParty: 'requested',
  rows: [
    row('captured', ['not-opened'], 'captured', 'delivering'),
    ...removalFromCustody({ searched: [], endings: ['request-withdrawn'] }),
    row(
      'request-withdrawn',
      [
        'captured',
        'identity-verified',
        'transfer-approved',
        'transferred',
        'postponed',
        'not-collected',
        'handover-refused',
      ],
      'request-withdrawn',
      'requesting',
    ),
    row('released', ['request-withdrawn'], 'released', 'delivering'),
  ],
};
