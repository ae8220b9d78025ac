import { setTimeout as wait } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { emptyReadModel, isBuilt, openForProjection, type ReadModelDatabase } from '../../projections/database.ts';
import { damageOfView, isDamage } from '../../projections/file-damage.ts';
import { type ProjectedReadModel, READ_MODELS } from '../../projections/read-models.ts';
import { type Progress, ProjectionHalted, readCheckpoint, runProjection } from '../../projections/runner.ts';
import { takeOrders } from '../background/orders.ts';
import type { Pace } from '../background/pace.ts';
import { type EventLogLocation, openEventLogReader } from '../event-log/open.ts';
import { readKeyEncryptionKeys } from '../sealing/key-encryption-key.ts';
import { openKeyRing } from '../sealing/key-ring.ts';
import { isOfLog, rememberLog } from './of-log.ts';
import { projectionSources, sourceEventsOf, sourceFor } from './source.ts';

/** What a thread is to do: build one read model from one log. */
export interface ProjectionTask {
  readonly readModel: string;
  readonly directory: string;
  readonly log: EventLogLocation;
  readonly keyEncryptionKeyFile: string;
}

/** What a thread tells: how far it is, that a key has no more to be held, or why it cannot go on; and whether the read model was built and can be asked. */
export type ProjectionReport =
  | ({ readonly kind: 'progress'; readonly built: boolean } & Progress)
  /** Whoever holds the key forgets it. */
  | { readonly kind: 'key-replaced'; readonly keyId: string }
  | {
      readonly kind: 'failure';
      /** Undefined where the file cannot be opened: what it was it may still be. */
      readonly built: boolean | undefined;
      readonly message: string;
      /** Position of an event that cannot be applied; it is not tried again. Absent where another try follows. */
      readonly haltedAt?: string;
    };

/** A case's key is asked for when it is opened, and seldom after. */
const KEYS_AT_HAND = 1_000;

const RETRY_MS = 1_000;

/** Follows the log from the last checkpoint on; an empty read model is built first. */
const follow = async (
  { log: location, keyEncryptionKeyFile }: ProjectionTask,
  readModel: ProjectedReadModel,
  database: ReadModelDatabase,
  {
    signal,
    pace,
    onProgress,
    onKeyReplaced,
  }: {
    signal: AbortSignal;
    pace: Pace;
    onProgress: (progress: Progress) => void;
    onKeyReplaced: (keyId: string) => void;
  },
): Promise<void> => {
  const log = await openEventLogReader(location);
  try {
    const keys = openKeyRing(log, readKeyEncryptionKeys(keyEncryptionKeyFile), KEYS_AT_HAND);
    if (!(await isOfLog(log, readCheckpoint(database)))) emptyReadModel(database);
    await rememberLog(log, database);
    const sources = projectionSources(log, keys);
    const source = sourceFor(readModel, keys, onKeyReplaced);
    const subscribe = (after: string | undefined) => sourceEventsOf(log, source, after, signal, pace);
    await runProjection({ readModel, database, sources, subscribe, onProgress });
  } finally {
    await log.close();
  }
};

/** Runs until it is told to stop. What fails is tried again from the last checkpoint, except an event that cannot be applied. */
export const run = async (task: ProjectionTask, port: MessagePort): Promise<void> => {
  const { signal, pace } = takeOrders(port);
  const report = (message: ProjectionReport): void => port.postMessage(message);
  const readModel = READ_MODELS.find(({ name }) => name === task.readModel);
  if (readModel === undefined) throw new Error(`there is no read model ${task.readModel}`);
  // Kept open from one try to the next: what is being built is lost with its connection.
  let database: ReadModelDatabase | undefined;
  const built = (): boolean | undefined => database && isBuilt(database);
  while (!signal.aborted) {
    try {
      database ??= openForProjection(task.directory, readModel);
      const onProgress = (progress: Progress) => report({ kind: 'progress', built: built() === true, ...progress });
      const onKeyReplaced = (keyId: string) => report({ kind: 'key-replaced', keyId });
      await follow(task, readModel, database, { signal, pace, onProgress, onKeyReplaced });
    } catch (error) {
      if (signal.aborted) break;
      const message = isDamage(error) ? damageOfView(error) : (error as Error).message;
      if (error instanceof ProjectionHalted) {
        report({ kind: 'failure', built: built(), message, haltedAt: error.position });
        break;
      }
      const couldBeAsked = built();
      report({ kind: 'failure', built: couldBeAsked, message });
      if (couldBeAsked === true) {
        // The next try opens the file anew: it may be another one by then, or one that may be written again.
        database?.close();
        database = undefined;
      }
      await wait(RETRY_MS, undefined, { signal }).catch(() => {});
    }
  }
  database?.close();
  port.close();
};
