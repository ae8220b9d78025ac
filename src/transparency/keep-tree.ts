import { setTimeout as wait } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { takeOrders } from '../background/orders.ts';
import { type EventLogLocation, openEventLogReader } from '../event-log/open.ts';
import { followLog } from './follow.ts';
import { NOTE_SIGNATURE, parseVerifierKey } from './note.ts';
import { openTreeForWriting } from './tree-file.ts';
import type { TreeStreams } from './tree-streams.ts';

/** What the thread is to do: keep the tree of one log. */
export interface TreeTask {
  readonly directory: string;
  readonly log: EventLogLocation;
  readonly streams: TreeStreams;
  /** The key under which the log signs, as it is told to others. */
  readonly verifierKey: string;
}

/** What the thread tells: that the tree has gone on or something was found, or why it cannot go on now. */
export type TreeReport =
  | { readonly kind: 'progress'; readonly caughtUp: boolean }
  | { readonly kind: 'failure'; readonly message: string };

const RETRY_MS = 1_000;

/** Runs until it is told to stop; what fails is tried again. */
export const run = async (
  { directory, log: location, streams, verifierKey }: TreeTask,
  port: MessagePort,
): Promise<void> => {
  const { signal, pace } = takeOrders(port);
  const report = (message: TreeReport): void => port.postMessage(message);
  const tree = openTreeForWriting(directory);
  const following = {
    tree,
    streams,
    key: parseVerifierKey(verifierKey, NOTE_SIGNATURE),
    now: () => new Date(),
    signal,
    pace,
    onProgress: (caughtUp: boolean) => report({ kind: 'progress', caughtUp }),
    onFault: (error: unknown) => {
      report({ kind: 'failure', message: `the log cannot be held against its tree: ${(error as Error).message}` });
    },
  };
  while (!signal.aborted) {
    try {
      const log = await openEventLogReader(location);
      await followLog({ log, ...following }).finally(() => log.close());
    } catch (error) {
      if (signal.aborted) break;
      report({ kind: 'failure', message: (error as Error).message });
      await wait(RETRY_MS, undefined, { signal }).catch(() => {});
    }
  }
  tree.close();
  port.close();
};
