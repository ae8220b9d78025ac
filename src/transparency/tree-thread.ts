import { constants, setPriority } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type EventLogLocation, openEventLogReader } from '../event-log/open.ts';
import type { EventLogReader, LoggedEvent } from '../event-log/port.ts';
import { Pace } from '../projecting/pace.ts';
import { createGrowth } from './grow.ts';
import { NOTE_SIGNATURE, parseVerifierKey } from './note.ts';
import { learnRemoved } from './removed.ts';
import { examineSinceCheckpoint, scrubUntil } from './scrub.ts';
import { openTreeForWriting, type WritableTree } from './tree-file.ts';
import type { TreeStreams } from './tree-streams.ts';

/** What the thread is to do: keep the tree of one log. */
export interface TreeTask {
  readonly directory: string;
  readonly log: EventLogLocation;
  readonly streams: TreeStreams;
  /** The key under which the log signs, as it is told to others. */
  readonly verifierKey: string;
}

/** What the thread is told: that somebody waits for what was just appended, or that it is to end. */
export type TreeOrder = 'hurry' | 'stop';

/** What the thread tells: that the tree has gone on or something was found, or why it cannot go on now. */
export type TreeReport =
  | { readonly kind: 'progress'; readonly caughtUp: boolean }
  | { readonly kind: 'failure'; readonly message: string };

const RETRY_MS = 1_000;

const now = (): Date => new Date();

const follow = async (
  { log: location, streams, verifierKey }: TreeTask,
  tree: WritableTree,
  { signal, pace, report }: { signal: AbortSignal; pace: Pace; report: (message: TreeReport) => void },
): Promise<void> => {
  const log = await openEventLogReader(location);
  let caughtUp = false;
  const tell = (): void => report({ kind: 'progress', caughtUp });
  const onFault = (error: unknown): void => {
    report({ kind: 'failure', message: `the log cannot be held against its tree: ${(error as Error).message}` });
  };
  const scrub = { log, tree, streams, now, onFindings: tell, onFault };
  let scrubbing: Promise<void> | undefined;
  const ending = new AbortController();
  const stopped = AbortSignal.any([signal, ending.signal]);
  try {
    if (streams.removals !== undefined) await learnRemoved(log, tree, streams.removals);
    await examineSinceCheckpoint(scrub);
    await examineEnd(log, tree, streams);
    const growth = createGrowth(tree, streams, parseVerifierKey(verifierKey, NOTE_SIGNATURE), now);
    const { position } = growth.progress();
    tell();
    for await (const message of log.subscribe({ ...(position !== '' && { after: position }), signal: stopped })) {
      const deliveredAt = performance.now();
      if (message.kind === 'caught-up') {
        caughtUp = true;
        scrubbing ??= scrubUntil(stopped, scrub);
      } else if (message.kind === 'scanned') growth.add([], message.position);
      else {
        growth.add(message.events, (message.events.at(-1) as LoggedEvent).position);
        if (caughtUp) await pace.rest(deliveredAt);
      }
      if (caughtUp) tell();
    }
  } finally {
    ending.abort();
    await scrubbing;
    await log.close();
  }
};

/** Whether the log still has what it had: the end of a log that was cut off is written anew without anybody seeing it. */
const examineEnd = async (log: EventLogReader, tree: WritableTree, streams: TreeStreams): Promise<void> => {
  const { position, checkpoints } = tree.progress();
  const [last] = await log.readStream(streams.checkpoints, { direction: 'backwards', limit: 1 });
  const revision = last?.revision ?? -1;
  if (revision >= checkpoints) return;
  const message = `the log was cut off: its checkpoints end with revision ${revision}, and revision ${checkpoints} was there (up to position ${position})`;
  tree.writeFinding({ foundAt: now().toISOString(), kind: 'checkpoint', leaf: null, message });
};

/** Runs until it is told to stop; what fails is tried again. */
const runUntilStopped = async (task: TreeTask, port: NonNullable<typeof parentPort>): Promise<void> => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pace = new Pace();
  port.on('message', (order: TreeOrder) => {
    if (order === 'stop') stopping.abort();
    pace.hurry();
  });
  const report = (message: TreeReport): void => port.postMessage(message);
  const tree = openTreeForWriting(task.directory);
  while (!signal.aborted) {
    try {
      await follow(task, tree, { signal, pace, report });
    } catch (error) {
      if (signal.aborted) break;
      report({ kind: 'failure', message: (error as Error).message });
      await wait(RETRY_MS, undefined, { signal }).catch(() => {});
    }
  }
  tree.close();
  port.close();
};

// Commands come first. On Linux a priority is that of the calling thread; elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

if (parentPort !== null) await runUntilStopped(workerData as TreeTask, parentPort);
