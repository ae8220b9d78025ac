import type { EventLogReader, LoggedEvent, Position } from '../event-log/port.ts';
import type { Finding } from './finding.ts';
import { entryOf } from './leaf.ts';
import { HASH_BYTES, hashLeaf } from './merkle.ts';
import { TILE_WIDTH } from './tile.ts';
import type { TreeQueries } from './tree-file.ts';
import { isLeafStream, type TreeStreams } from './tree-streams.ts';

/** Leaves from one up to another, which is not among them. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

export interface Examined {
  readonly tree: Pick<TreeQueries, 'positions' | 'tile' | 'removedLeaf'>;
  readonly streams: Pick<TreeStreams, 'leaves'>;
  /** See `learnRemoved` of removed.ts; does nothing for a tree of whose streams none is removed. */
  readonly learnRemoved: () => Promise<void>;
}

/**
 * Holds some leaves of a tree against the events in the log from which they were made. Gives what does not agree, each with the event and
 * its place; throws what the log throws.
 */
export const examine = async (
  log: Pick<EventLogReader, 'readAll'>,
  { tree, streams, learnRemoved }: Examined,
  { from, to }: LeafRange,
  now: Date,
): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  const find = (kind: Finding['kind'], leaf: number, message: string): void => {
    findings.push({ foundAt: now.toISOString(), kind, leaf, message });
  };
  const positions = tree.positions(from, to - from);
  const positionOf = (leaf: number): Position | undefined => positions[leaf - from];
  const hashes = leafHashes(tree, { from, to });
  const end = from + positions.length;
  let next = from;
  /** Leaves whose events were not come by. */
  const gaps: LeafRange[] = [];
  const passUpTo = (position: Position | undefined): void => {
    const first = next;
    while (next < end && (position === undefined || (positionOf(next) as Position) < position)) next += 1;
    if (next > first) gaps.push({ from: first, to: next });
  };
  const hold = (event: LoggedEvent): void => {
    passUpTo(event.position);
    if (positionOf(next) !== event.position) {
      find('added', next, `${describe(event)} was not recorded there: it stands before leaf ${next}`);
      return;
    }
    if (!hashes(next).equals(hashOf(event))) {
      find('changed', next, `${describe(event)}, leaf ${next}, is not as it was recorded`);
    }
    next += 1;
  };
  /** What was removed as it is to be is not missing: its leaf is kept. */
  const wasRemoved = (leaf: number): boolean =>
    tree.removedLeaf(positionOf(leaf) as Position)?.equals(hashes(leaf)) === true;
  const findMissing = (gap: LeafRange): void => {
    let first = gap.from;
    for (let leaf = gap.from; leaf <= gap.to; leaf += 1) {
      if (leaf < gap.to && !wasRemoved(leaf)) continue;
      if (leaf > first) find('missing', first, missing(first, positions.slice(first - from, leaf - from)));
      first = leaf + 1;
    }
  };

  const last = positions.at(-1);
  if (last === undefined) return findings;
  const before = from === 0 ? undefined : tree.positions(from - 1, 1)[0];
  read: for await (const chunk of log.readAll(before)) {
    for (const event of chunk) {
      if (event.position > last) break read;
      if (isLeafStream(streams, event.stream)) hold(event);
    }
  }
  passUpTo(undefined);
  // Only now: what was removed while the log was read is known of as well.
  if (gaps.length > 0) await learnRemoved();
  for (const gap of gaps) findMissing(gap);
  return findings.sort((a, b) => Number(a.leaf) - Number(b.leaf));
};

const missing = (leaf: number, positions: readonly Position[]): string => {
  const [first, last] = [positions[0], positions.at(-1)];
  return first === last
    ? `the event of leaf ${leaf} is not at position ${first} any more`
    : `the events of leaves ${leaf} to ${leaf + positions.length - 1} are not at positions ${first} to ${last} any more`;
};

const describe = ({ id, type, stream, revision, position }: LoggedEvent): string =>
  `event ${id} (${type}), revision ${revision} of ${stream} at position ${position}`;

/** An event whose metadata cannot even be read is not as it was recorded. */
const hashOf = (event: LoggedEvent): Buffer => {
  try {
    return hashLeaf(entryOf(event));
  } catch {
    return Buffer.alloc(0);
  }
};

/** The hashes of the leaves of a range, each tile read once. */
const leafHashes = (tree: Pick<TreeQueries, 'tile'>, { from, to }: LeafRange): ((leaf: number) => Buffer) => {
  const firstTile = Math.floor(from / TILE_WIDTH);
  const tiles = Array.from({ length: Math.ceil(to / TILE_WIDTH) - firstTile }, (_, at) => tree.tile(0, firstTile + at));
  return (leaf) => {
    const at = (leaf % TILE_WIDTH) * HASH_BYTES;
    return (tiles[Math.floor(leaf / TILE_WIDTH) - firstTile] as Buffer).subarray(at, at + HASH_BYTES);
  };
};
