import { removalFromCustody } from './removal.ts';
import { type CaseLifecycle, type CaseStatus, row } from './vocabulary.ts';

const searched: CaseStatus[] = ['reported', 'located'];

/** Wanted before the arrest; the side that wants the person requests, the side where they are found delivers. */
export const fugitive: CaseLifecycle = {
  name: 'fugitive',
  initial: 'not-opened',
  deliveringParty: 'requested',
  rows: [
    row('reported', ['not-opened'], 'reported', 'requesting', 'warrant'),
    row('located', [...searched, 'escaped'], 'located', 'either'),
    row('captured', searched, 'captured', 'delivering'),
    row('surrendered-voluntarily', searched, 'captured', 'delivering'),
    row('returned-voluntarily', [...searched, 'escaped'], 'returned-voluntarily', 'requesting'),
    ...removalFromCustody({ searched, endings: ['returned-voluntarily', 'warrant-withdrawn'] }),
    row('released', ['warrant-withdrawn'], 'released', 'delivering'),
    row(
      'warrant-withdrawn',
      [
        ...searched,
        'captured',
        'identity-verified',
        'transfer-approved',
        'transferred',
        'postponed',
        'escaped',
        'not-collected',
        'handover-refused',
      ],
      'warrant-withdrawn',
      'requesting',
    ),
  ],
};
