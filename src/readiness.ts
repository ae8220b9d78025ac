import { withDeadline } from './deadline.ts';
import type { EventLogReader } from './event-log/port.ts';
import type { ReadModelStatus } from './projecting/projector.ts';

/** Shorter than what usual probes wait for their answer. */
const LOG_ANSWERS_WITHIN_MS = 2_000;

/** Why the service cannot do its work now; empty where it can. */
export const reasonsNotReady = async (
  log: Pick<EventLogReader, 'head'>,
  statuses: readonly ReadModelStatus[],
): Promise<readonly string[]> => [...statuses.flatMap(ofView), ...(await ofLog(log))];

const ofView = ({ name, built, caughtUp, failure }: ReadModelStatus): readonly string[] => {
  if (failure !== undefined) return [`view ${name}: ${failure}`];
  if (caughtUp) return [];
  return [`view ${name} ${built ? 'is behind the log' : 'is still being built'}`];
};

const ofLog = (log: Pick<EventLogReader, 'head'>): Promise<readonly string[]> => {
  const tooLate = (): Error => new Error(`no answer within ${LOG_ANSWERS_WITHIN_MS / 1000} s`);
  return withDeadline(LOG_ANSWERS_WITHIN_MS, log.head(), tooLate).then(
    () => [],
    (error: Error) => [`event log: ${error.message}`],
  );
};
