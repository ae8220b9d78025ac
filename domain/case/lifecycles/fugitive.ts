import { removalFromCustody } from './removal.ts';
import { type CaseLifecycle, type CaseStatus, row } from './vocabulary.ts';

const searched: CaseStatus[] = ['reported', 'located'];
/** When the one arrested was not the one, the one who is wanted is still at large. */
const atLarge: CaseStatus[] = [...searched, 'released', 'mistaken-identity'];

/** Wanted before the arrest; the side that wants the person requests, the side where they are found delivers. */
export const fugitive: CaseLifecycle = {
  name: 'fugitive',
  initial: 'not-opened',
  deliveringParty: 'requested',
  rows: [
    row('reported', ['not-opened'], 'reported', 'requesting', 'warrant'),
    row('located', [...atLarge, 'escaped'], 'located', 'either'),
    ...removalFromCustody({ searched, atLarge, withdrawal: 'warrant-withdrawn', endings: ['returned-voluntarily'] }),
    row('returned-voluntarily', [...atLarge, 'escaped'], 'returned-voluntarily', 'requesting'),
  ],
};
