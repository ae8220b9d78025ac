import { builtReadModelExists, openSnapshot, type ReadModel } from '../../projections/database.ts';
import { readCheckpoint } from '../../projections/runner.ts';
import type { EventLogReader } from '../event-log/port.ts';
import { isOfLog } from './of-log.ts';

/** A view that an earlier process has built from the log, and how far it had come. */
export interface FoundView {
  readonly position: string;
  /** Nothing was recorded since. */
  readonly caughtUp: boolean;
}

/**
 * What there is of a view before its thread has begun; undefined where it cannot be asked as it is, or that cannot be told: its thread will say why.
 */
export const findView = async (
  directory: string,
  model: ReadModel,
  log: Pick<EventLogReader, 'head' | 'readStream'>,
): Promise<FoundView | undefined> => {
  try {
    if (!builtReadModelExists(directory, model)) return undefined;
    const database = openSnapshot(directory, model);
    try {
      if (!(await isOfLog(log, database))) return undefined;
      const { position } = readCheckpoint(database);
      return { position, caughtUp: position >= ((await log.head()) ?? '') };
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
};
