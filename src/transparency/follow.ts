import type { Pace } from '../background/pace.ts';
import type { EventLogReader, LoggedEvent } from '../event-log/port.ts';
import { createGrowth } from './grow.ts';
import type { VerifierKey } from './note.ts';
import { learnRemoved } from './removed.ts';
import { examineSinceCheckpoint, type Scrub, scrubUntilStopped } from './scrub.ts';
import type { WritableTree } from './tree-file.ts';
import { beginningsOf, type TreeStreams } from './tree-streams.ts';

interface Following {
  readonly log: EventLogReader;
  readonly tree: WritableTree;
  readonly streams: TreeStreams;
  /** Under which the log signs. */
  readonly key: VerifierKey;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly pace: Pace;
  /** Told when the tree has gone on, or something was found. */
  readonly onProgress: (caughtUp: boolean) => void;
  /** Told of what is tried again. */
  readonly onFault: (error: unknown) => void;
}

/** Keeps the tree of a log, and holds the log against it, until it is told to stop. Throws what the log throws. */
export const followLog = async ({
  log,
  tree,
  streams,
  key,
  now,
  signal,
  pace,
  onProgress,
  onFault,
}: Following): Promise<void> => {
  let caughtUp = false;
  const tell = (): void => onProgress(caughtUp);
  const ending = new AbortController();
  const stopped = AbortSignal.any([signal, ending.signal]);
  const scrub: Scrub = { log, tree, streams, key, now, onFindings: tell, onFault, signal: stopped };
  let scrubbing: Promise<void> | undefined;
  try {
    await examineSinceCheckpoint(scrub);
    await examineEnd(scrub);
    const growth = createGrowth(tree, streams, key, now);
    const { position } = growth.progress();
    tell();
    const after = position === '' ? undefined : position;
    for await (const message of log.subscribe({ after, streams: beginningsOf(streams), signal: stopped })) {
      const deliveredAt = performance.now();
      if (message.kind === 'caught-up') {
        caughtUp = true;
        scrubbing ??= scrubUntilStopped(scrub);
      } else {
        // Only now: what is not among these events since it was removed, was removed before they were read.
        await learnRemoved(log, tree, streams, now);
        if (message.kind === 'scanned') growth.add([], message.position);
        else {
          growth.add(message.events, (message.events.at(-1) as LoggedEvent).position);
        }
        if (caughtUp) await pace.rest(deliveredAt);
      }
      if (caughtUp) tell();
    }
  } finally {
    ending.abort();
    await scrubbing;
  }
};

/** Whether the log still has what it had: the end of a log that was cut off is written anew without anybody seeing it. */
const examineEnd = async ({ log, tree, streams, now }: Scrub): Promise<void> => {
  const { position, checkpoints } = tree.progress();
  const [last] = await log.readStream(streams.checkpoints, { direction: 'backwards', limit: 1 });
  const revision = last?.revision ?? -1;
  if (revision >= checkpoints) return;
  const message = `the log was cut off: its checkpoints end with revision ${revision}, and revision ${checkpoints} was there (up to position ${position})`;
  tree.writeFinding({ foundAt: now().toISOString(), kind: 'checkpoint', leaf: null, message }, checkpoints);
};
