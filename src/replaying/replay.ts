import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadModel } from '../../projections/database.ts';
import type { AsOf } from '../../projections/times.ts';
import { startInBackground } from '../background/start.ts';
import type { EventLogLocation } from '../event-log/open.ts';
import { holdLock, LockHeld } from '../process-lock.ts';
import type { ReplayedView, ReplayProgress } from './outcome.ts';
import type { ReplayReport, ReplayTask } from './replay-view.ts';

/** What views are replayed from, and held against. */
export interface ReplaySources {
  /** Of the live read models. */
  readonly directory: string;
  readonly log: EventLogLocation;
  readonly keyEncryptionKeyFile: string;
}

export interface Replaying {
  readonly readModels: readonly ReadModel[];
  /** Left out: up to where each live view stands. */
  readonly to?: AsOf | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReplayProgress) => void;
}

const lockFile = (directory: string): string => join(directory, 'replaying.lock');

const scratchOf = (directory: string): string => join(directory, 'replaying');

const holdAlone = (directory: string): { close(): void } => {
  try {
    return holdLock(lockFile(directory));
  } catch (error) {
    throw error instanceof LockHeld ? new Error(`${error.holder} replays these views already`) : error;
  }
};

/** Deletes what a replay that was killed has left, which holds names; nothing while one is under way. */
export const sweepReplays = (directory: string): void => {
  if (!existsSync(scratchOf(directory))) return;
  try {
    const lock = holdLock(lockFile(directory));
    rmSync(scratchOf(directory), { recursive: true, force: true });
    lock.close();
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
  }
};

/**
 * Builds views anew from the log in a scratch directory, each in a thread of its own, and compares them with the live ones, row by row, each
 * as it stands at one place; a service may go on writing them. Throws where another process, or this one, replays these views already,
 * where a view cannot be replayed, and the reason of `signal` where that ends it. Nothing of the scratch directory is left.
 */
export const replay = async (
  { directory, log, keyEncryptionKeyFile }: ReplaySources,
  { readModels, to, signal, onProgress }: Replaying,
): Promise<readonly ReplayedView[]> => {
  const lock = holdAlone(directory);
  const scratch = scratchOf(directory);
  try {
    rmSync(scratch, { recursive: true, force: true });
    // Views hold names in the clear.
    mkdirSync(scratch, { recursive: true, mode: 0o700 });
    const stopping = new AbortController();
    const threads = readModels.map(({ name }) =>
      replayInThread(
        { readModel: name, directory, scratch, log, keyEncryptionKeyFile, to },
        AbortSignal.any([signal, stopping.signal]),
        onProgress,
      ),
    );
    // What one view cannot give, nobody waits for of the others; all threads end before their files go.
    let cause: unknown;
    for (const thread of threads) {
      thread.catch((error: unknown) => {
        cause ??= error;
        stopping.abort();
      });
    }
    await Promise.allSettled(threads);
    signal.throwIfAborted();
    if (cause !== undefined) throw cause;
    return await Promise.all(threads);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    lock.close();
  }
};

const replayInThread = async (
  task: ReplayTask,
  signal: AbortSignal,
  onProgress: (progress: ReplayProgress) => void,
): Promise<ReplayedView> => {
  const worker = startInBackground(new URL('./replay-view.ts', import.meta.url), task, `replay-${task.readModel}`);
  const stop = (): void => worker.postMessage('stop');
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  let outcome: ReplayedView | Error = new Error(`the thread that replays ${task.readModel} has ended`);
  worker.on('message', (report: ReplayReport) => {
    if (report.kind === 'progress') onProgress(report);
    else outcome = report.kind === 'done' ? report.replayed : new Error(report.message);
  });
  worker.on('error', (error) => {
    outcome = error;
  });
  await once(worker, 'exit').catch(() => {});
  signal.removeEventListener('abort', stop);
  if (outcome instanceof Error) throw outcome;
  return outcome;
};
