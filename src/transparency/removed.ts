import { FEWEST_DAYS_KEPT, firstKeptDay } from '../../domain/access/retention.ts';
import { dayOfAccessStream, LEAVES_KEPT, READS_REMOVED } from '../../domain/access/streams.ts';
import type { EventLogReader, LoggedEvent, Position } from '../event-log/port.ts';
import { encodeLeaf, type Leaf, leafOf } from './leaf.ts';
import { hashLeaf } from './merkle.ts';
import type { WritableTree } from './tree-file.ts';
import type { TreeStreams } from './tree-streams.ts';

/** What the log keeps of a stream that is removed: the place of each event, and its leaf. */
export interface LeavesKept {
  readonly stream: string;
  /** The stream goes into the hash of each, so that no event is passed off as one of another day. */
  readonly leaves: readonly (readonly [position: Position, leaf: Omit<Leaf, 'stream'>])[];
}

export const leavesOf = (stream: string, events: readonly LoggedEvent[]): LeavesKept => ({
  stream,
  leaves: events.map((event) => {
    const { id, revision, type, recordedAt, dataHash, metadataHash } = leafOf(event);
    return [event.position, { id, revision, type, recordedAt, dataHash, metadataHash }];
  }),
});

/** What an event of the stream of removals says. */
interface Removal {
  readonly stream: string;
  readonly recordedAt: Date;
  readonly leaves: readonly (readonly [position: Position, hash: Buffer])[];
}

/** Throws where it cannot be read. */
const removalOf = ({ data, metadata }: LoggedEvent): Removal => {
  const { stream, leaves = [] } = JSON.parse(data) as Pick<LeavesKept, 'stream'> & Partial<LeavesKept>;
  const recordedAt = new Date((JSON.parse(metadata) as { readonly recordedAt: string }).recordedAt);
  if (Number.isNaN(recordedAt.getTime())) throw new TypeError('its metadata have no time');
  return {
    stream,
    recordedAt,
    leaves: leaves.map(([position, leaf]) => [String(position), hashLeaf(encodeLeaf({ ...leaf, stream }))]),
  };
};

const DAY_MS = 24 * 3_600_000;

/** Why a stream was not to be removed; undefined where it was. That old days may be forgotten is no leave to hide yesterday. */
const faultOf = ({ stream, recordedAt }: Removal, now: Date): string | undefined => {
  const day = dayOfAccessStream(stream);
  if (day === undefined) return `${stream} was removed: only a day's records of reading may be`;
  // Clocks differ by less than a day; a time that is further ahead is not believed.
  const at = new Date(Math.min(recordedAt.getTime(), now.getTime() + DAY_MS));
  const firstKept = firstKeptDay(at, FEWEST_DAYS_KEPT);
  if (day < firstKept) return undefined;
  const on = at.toISOString().slice(0, 'YYYY-MM-DD'.length);
  return `${stream} was removed too early: records of reading are kept for at least ${FEWEST_DAYS_KEPT} days, so that on ${on} only days before ${firstKept} might be removed`;
};

/**
 * Takes note of what an event of the stream of removals says. That it was not to be removed is found, and found no more where it was. To be
 * called within a transaction.
 */
export const holdRemoval = (tree: WritableTree, event: LoggedEvent, now: Date): void => {
  if (event.type !== LEAVES_KEPT && event.type !== READS_REMOVED) return;
  const find = (message: string): void => {
    tree.writeFinding({ foundAt: now.toISOString(), kind: 'removed', leaf: null, message }, event.revision);
  };
  let removal: Removal;
  try {
    removal = removalOf(event);
  } catch (error) {
    find(`revision ${event.revision} of ${event.stream} cannot be read: ${(error as Error).message}`);
    return;
  }
  for (const [position, hash] of removal.leaves) tree.writeRemoved(position, hash);
  const fault = faultOf(removal, now);
  if (fault === undefined) tree.forgetFindingsOfEvent('removed', event.revision);
  else find(fault);
};

const EVENTS_AT_ONCE = 20;

/**
 * Takes note of what was removed of the streams of a tree since this was last done. The leaves of a stream are kept before it is taken away:
 * whoever reads the log, and calls this thereafter, knows of each event that was removed before he came by its place. Called before the
 * reading it would miss what is removed meanwhile. Throws what the log throws.
 */
export const learnRemoved = async (
  log: Pick<EventLogReader, 'readStream'>,
  tree: WritableTree,
  { removals }: Pick<TreeStreams, 'removals'>,
  now: () => Date,
): Promise<void> => {
  if (removals === undefined) return;
  for (;;) {
    const events = await log.readStream(removals, { from: tree.progress().removals, limit: EVENTS_AT_ONCE });
    const last = events.at(-1);
    if (last === undefined) return;
    tree.transaction(() => {
      for (const event of events) holdRemoval(tree, event, now());
      tree.writeRemovals(last.revision);
    });
  }
};
