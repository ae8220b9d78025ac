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

type Examined = Pick<TreeQueries, 'positions' | 'tile' | 'removedLeaf'>;

/**
 * Holds some leaves of a tree against the events in the log from which they were made. Gives what does not agree, each with the event and
 * its place; throws what the log throws.
 */
export const examine = async (
  log: Pick<EventLogReader, 'readAll'>,
  { tree, streams }: { readonly tree: Examined; readonly streams: Pick<TreeStreams, 'leaves'> },
  { from, to }: LeafRange,
  now: Date,
): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  const find = (kind: Finding['kind'], leaf: number, message: string): void => {
    findings.push({ foundAt: now.toISOString(), kind, leaf, message });
  };
  const positions = tree.positions(from, to - from);
  const hashes = leafHashes(tree, { from, to });
  let next = 0;
  const missUpTo = (position: Position | undefined): void => {
    let first = next;
    const tell = (): void => {
      if (next > first) find('missing', from + first, missing(from + first, positions.slice(first, next)));
    };
    for (; next < positions.length; next += 1) {
      const its = positions[next] as Position;
      if (position !== undefined && its >= position) break;
      if (!wasRemoved(its, from + next)) continue;
      tell();
      first = next + 1;
    }
    tell();
  };
  /** What was removed as it is to be is not missing: its leaf is kept. */
  const wasRemoved = (position: Position, leaf: number): boolean =>
    tree.removedLeaf(position)?.equals(hashes(leaf)) === true;
  const hold = (event: LoggedEvent): void => {
    missUpTo(event.position);
    const leaf = from + next;
    if (positions[next] !== event.position) {
      find('added', leaf, `${describe(event)} was not recorded there: it stands before leaf ${leaf}`);
      return;
    }
    if (!hashes(leaf).equals(hashOf(event))) {
      find('changed', leaf, `${describe(event)}, leaf ${leaf}, is not as it was recorded`);
    }
    next += 1;
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
  missUpTo(undefined);
  return findings;
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
