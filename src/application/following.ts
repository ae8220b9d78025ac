import { LEDGER_ITSELF } from '../../domain/kernel/access.ts';
import type { Recorder } from '../../domain/kernel/event.ts';
import type { EffectiveEvent } from '../../domain/kernel/record.ts';

/** What follows from an event is recorded by the ledger, for the office that recorded the event; `process` is what of the ledger does it. */
export const following = ({ recordedBy }: EffectiveEvent, process: string): Recorder => ({
  ...recordedBy,
  subject: process,
  role: LEDGER_ITSELF,
});
