import { LEDGER_ITSELF } from './access.ts';
import type { EffectiveEvent } from './record.ts';
import type { Refusal } from './refusal.ts';

/** The guard of events that nobody says, since they are worked out: they are recorded by the ledger itself. */
export const byTheLedger = ({ event: { recordedBy } }: { readonly event: EffectiveEvent }): Refusal | undefined =>
  recordedBy?.role === LEDGER_ITSELF
    ? undefined
    : { code: 'wrong-side', message: 'is recorded by the ledger itself, when what it tells is done' };
