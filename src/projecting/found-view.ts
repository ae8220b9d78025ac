import { builtReadModelExists, openSnapshot, type ReadModel } from '../../projections/database.ts';
import { type Checkpoint, readCheckpoint } from '../../projections/runner.ts';
import type { EventLogReader } from '../event-log/port.ts';
import { isOfLog } from './of-log.ts';

/** A view that an earlier process has built from the log, and how far it had come. */
export interface FoundView {
  readonly position: string;
  /** Nothing was recorded since. */
  readonly caughtUp: boolean;
}

/** What there is of a view before its thread has begun; undefined where it cannot be asked as it is. Throws what the file and the log throw. */
export const findView = async (
  directory: string,
  model: ReadModel,
  log: Pick<EventLogReader, 'head' | 'readStream'>,
): Promise<FoundView | undefined> => {
  const checkpoint = checkpointOf(directory, model);
  if (checkpoint === undefined || !(await isOfLog(log, checkpoint))) return undefined;
  const { position } = checkpoint;
  return { position, caughtUp: position >= ((await log.head()) ?? '') };
};

const checkpointOf = (directory: string, model: ReadModel): Checkpoint | undefined => {
  if (!builtReadModelExists(directory, model)) return undefined;
  const database = openSnapshot(directory, model);
  try {
    return readCheckpoint(database);
  } finally {
    database.close();
  }
};
