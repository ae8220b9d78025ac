import { withDeadline } from './deadline.ts';
import type { EventLog, Position } from './event-log/port.ts';
import type { Lag } from './projecting/lag.ts';
import type { ReadModelStatus } from './projecting/projector.ts';

/** Shorter than what usual probes wait for their answer. */
const LOG_ANSWERS_WITHIN_MS = 2_000;

/** What is so far behind shows what was, and not what is. */
const MAX_LAG_SECONDS = 10;

/** Why the service cannot do its work now; empty where it can. */
export const reasonsNotReady = async (
  log: Pick<EventLog, 'head' | 'failure'>,
  statuses: readonly ReadModelStatus[],
  lag: Lag,
): Promise<readonly string[]> => [...statuses.flatMap((status) => ofView(status, lag)), ...(await ofLog(log))];

const ofView = ({ name, built, caughtUp, failure, position }: ReadModelStatus, lag: Lag): readonly string[] => {
  if (failure !== undefined) return [`view ${name}: ${failure}`];
  if (!built) return [`view ${name} is still being built`];
  if (!caughtUp) return [`view ${name} is behind the log`];
  return reasonsOfLag(`view ${name}`, position, lag);
};

/** Says of what follows the log, and has come to a position, that it is behind by more than is usual under load. */
export const reasonsOfLag = (what: string, position: Position, lag: Lag): readonly string[] => {
  const seconds = lag.seconds(position);
  return seconds > MAX_LAG_SECONDS ? [`${what} is ${Math.round(seconds)} s behind the log`] : [];
};

const ofLog = (log: Pick<EventLog, 'head' | 'failure'>): Promise<readonly string[]> => {
  const tooLate = (): Error => new Error(`no answer within ${LOG_ANSWERS_WITHIN_MS / 1000} s`);
  return withDeadline(LOG_ANSWERS_WITHIN_MS, log.head(), tooLate).then(
    () => {
      const failure = log.failure();
      return failure === undefined ? [] : [`event log: ${failure}`];
    },
    (error: Error) => [`event log: ${error.message}`],
  );
};

/** What a query found of the files of the views, which their projections may not have come upon yet. */
export const reasonsOfDamage = (damage: string | undefined): readonly string[] =>
  damage === undefined ? [] : [`a view: ${damage}`];
