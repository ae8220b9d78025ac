import { setTimeout as wait } from 'node:timers/promises';
import type { EventLogReader } from '../event-log/port.ts';
import { examine, type LeafRange } from './examine.ts';
import { holdCheckpoint } from './hold-checkpoint.ts';
import type { VerifierKey } from './note.ts';
import { holdRemoval, learnRemoved } from './removed.ts';
import type { WritableTree } from './tree-file.ts';
import type { TreeStreams } from './tree-streams.ts';

/** So many leaves are held against the log in one go. */
const SLICE = 4_096;

/** Within this time every leaf is held against the log once. */
const ROUND_MS = 24 * 3_600_000;

/** Rest between two slices at most; a small tree is gone through more often than it need be. */
const LONGEST_REST_MS = 15_000;

/** What is needed to hold a log against its tree. */
export interface Scrub {
  readonly log: Pick<EventLogReader, 'readAll' | 'readStream'>;
  readonly tree: WritableTree;
  readonly streams: TreeStreams;
  /** Under which the log signs. */
  readonly key: VerifierKey;
  readonly now: () => Date;
  readonly onFindings: () => void;
  /** Told of what is tried again. */
  readonly onFault: (error: unknown) => void;
  /** Ends what is under way between two slices. */
  readonly signal: AbortSignal;
}

/** Holds leaves against the log, and keeps what it finds; what agrees again is found no more. */
const examineAndKeep = async (
  { log, tree, streams, now, onFindings, signal }: Scrub,
  { from, to }: LeafRange,
): Promise<void> => {
  const examined = { tree, streams, learnRemoved: () => learnRemoved(log, tree, streams, now) };
  for (let at = from; at < to; at += SLICE) {
    signal.throwIfAborted();
    const end = Math.min(at + SLICE, to);
    const findings = await examine(log, examined, { from: at, to: end }, now());
    const known = tree.findings().filter(({ leaf }) => leaf !== null && leaf >= at && leaf < end);
    if (findings.length === 0 && known.length === 0) continue;
    tree.transaction(() => {
      tree.forgetFindings(at, end);
      for (const finding of findings) tree.writeFinding(finding);
    });
    onFindings();
  }
};

/** Holds checkpoints and removals about which something was found against the tree again. One that is gone stays found. */
const examineEventsAgain = async ({ log, tree, streams, key, now, onFindings }: Scrub): Promise<void> => {
  for (const { kind, revision } of tree.eventsWithFindings()) {
    const stream = kind === 'removed' ? streams.removals : streams.checkpoints;
    const [event] = stream === undefined ? [] : await log.readStream(stream, { from: revision - 1, limit: 1 });
    if (event === undefined) continue;
    tree.transaction(() => {
      if (kind === 'removed') holdRemoval(tree, event, now());
      else holdCheckpoint(tree, key, event, now());
    });
    onFindings();
  }
};

/** What came after the last checkpoint nobody has signed for yet: it is looked at before anything else; and what was found before. */
export const examineSinceCheckpoint = async (scrub: Scrub): Promise<void> => {
  const { tree } = scrub;
  const { size } = tree.progress();
  await examineAndKeep(scrub, { from: tree.latestCheckpoint()?.size ?? 0, to: size });
  for (const { leaf } of tree.findings()) {
    if (leaf !== null) await examineAndKeep(scrub, { from: leaf, to: leaf + 1 });
  }
  await examineEventsAgain(scrub);
};

/** Holds the whole tree against the log, again and again, each round within a day, until it is told to stop. */
export const scrubUntilStopped = async (scrub: Scrub): Promise<void> => {
  const { tree, onFault, signal } = scrub;
  while (!signal.aborted) {
    await examineNext(scrub).catch((error: unknown) => signal.aborted || onFault(error));
    const slices = Math.ceil(tree.progress().size / SLICE);
    await wait(Math.min(LONGEST_REST_MS, ROUND_MS / Math.max(slices, 1)), undefined, { signal }).catch(() => {});
  }
};

const examineNext = async (scrub: Scrub): Promise<void> => {
  const { tree, now } = scrub;
  await examineEventsAgain(scrub);
  const { size, scrubbed } = tree.progress();
  const to = Math.min(scrubbed + SLICE, size);
  await examineAndKeep(scrub, { from: scrubbed, to });
  if (to < size) tree.writeScrubbed(to);
  else tree.writeScrubbed(0, now().toISOString());
};
