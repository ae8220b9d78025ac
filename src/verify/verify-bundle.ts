import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { YearlyRow } from '../../projections/handovers/query.ts';
import { openEventLogReader } from '../event-log/open.ts';
import { loadEvents } from '../event-log/sqlite/load.ts';
import { parseCheckpoint, type SignedCheckpoint } from '../transparency/checkpoint.ts';
import { HASH_BYTES, hashLeaf } from '../transparency/merkle.ts';
import { TILE_WIDTH, tilePath, tilesOf } from '../transparency/tile.ts';
import { growTree, type TreeEdge } from '../transparency/tree.ts';
import { type Bundle, openBundle } from './bundle.ts';
import { compareWithEntries } from './compare-entries.ts';
import { faultsOfSignatures, readSeen, type Trusted } from './signatures.ts';
import { describe, type ExpectedHead, type Verified, verifyLog } from './verify-log.ts';

export interface VerifiedBundle extends Omit<Verified, 'head'> {
  /** Undefined where there is none that can be read. */
  readonly checkpoint: SignedCheckpoint | undefined;
  /** When each witness had cosigned it. */
  readonly cosigned: readonly { readonly name: string; readonly at: Date }[];
}

/** Holds a bundle against what is known of its log from elsewhere, and against itself. `scratch` is an empty folder. */
export const verifyBundle = async (
  folder: string,
  trusted: Trusted,
  scratch: string,
  onProgress: (events: number) => void,
): Promise<VerifiedBundle> => {
  const bundle = openBundle(folder);
  const signed = readCheckpoint(bundle, trusted);
  const faults = [...signed.faults];
  const heads: ExpectedHead[] = signed.checkpoint ? [{ what: 'the checkpoint', ...signed.checkpoint }] : [];
  const size = signed.checkpoint?.size ?? 0;
  for (const kept of trusted.seen) {
    const seen = readSeen(kept, trusted.key);
    if (typeof seen === 'string') faults.push(seen);
    else heads.push({ ...seen, what: kept.what });
  }

  const file = join(scratch, 'events.sqlite');
  const note = (fault: string): void => {
    faults.push(fault);
  };
  await loadEvents(file, bundle.events(note), (event) => note(`${describe(event)} is there twice`));
  const log = await openEventLogReader({ kind: 'sqlite', file });
  try {
    const unread = unreadEntries(bundle, size);
    // Without its entries each event would be told as one that was put in.
    const entries =
      unread.length === 0 && size > 0 ? compareWithEntries((leaf) => bundle.entry(leaf, size)) : undefined;
    const verified = await verifyLog({
      log,
      scratch,
      heads,
      onProgress,
      onLeaf: (event, _leaf, entry) => entries?.add(event, entry),
    });
    const ofTiles = unread.length === 0 ? faultsOfTiles(bundle, size) : [];
    faults.push(...unread, ...(entries?.faults(size) ?? []), ...ofTiles, ...verified.faults);
    if (verified.yearly !== undefined) faults.push(...faultsOfFigures(bundle, verified.yearly));
    return { ...verified, checkpoint: signed.checkpoint, cosigned: signed.cosigned, faults };
  } finally {
    await log.close();
  }
};

const readCheckpoint = (
  bundle: Bundle,
  trusted: Trusted,
): Pick<VerifiedBundle, 'checkpoint' | 'cosigned' | 'faults'> => {
  let checkpoint: SignedCheckpoint;
  try {
    checkpoint = parseCheckpoint(bundle.checkpoint());
  } catch (error) {
    return {
      checkpoint: undefined,
      cosigned: [],
      faults: [`the checkpoint cannot be read: ${(error as Error).message}`],
    };
  }
  return { checkpoint, ...faultsOfSignatures(checkpoint, trusted) };
};

/** The files of entries that cannot be read. */
const unreadEntries = (bundle: Bundle, size: number): readonly string[] =>
  [...tilesOf(size)].flatMap((address) => {
    if (address.level !== 'entries') return [];
    try {
      bundle.entry(address.index * TILE_WIDTH, size);
      return [];
    } catch (error) {
      return [unreadFault(tilePath(address), error)];
    }
  });

const unreadFault = (path: string, error: unknown): string => `${path} cannot be used: ${(error as Error).message}`;

/** Holds the tiles against the entries that they are made of. */
const faultsOfTiles = (bundle: Bundle, size: number): readonly string[] => {
  const faults: string[] = [];
  const made = new Map<string, Buffer>();
  let edge: TreeEdge = { size: 0, tiles: [] };
  for (let leaf = 0; leaf < size; leaf += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, size - leaf);
    try {
      const hashes = Array.from({ length: width }, (_, at) => hashLeaf(bundle.entry(leaf + at, size) as Buffer));
      edge = growTree(edge, hashes, ({ level, index, hashes: tile }) => made.set(`${level} ${index}`, tile));
    } catch (error) {
      return [unreadFault(tilePath({ level: 'entries', index: leaf / TILE_WIDTH, width }), error)];
    }
  }
  for (const address of tilesOf(size)) {
    if (address.level === 'entries') continue;
    const path = tilePath(address);
    try {
      const expected = made.get(`${address.level} ${address.index}`)?.subarray(0, address.width * HASH_BYTES);
      if (!bundle.file(path).equals(expected as Buffer)) faults.push(`${path} is not what its entries give`);
    } catch (error) {
      faults.push(unreadFault(path, error));
    }
  }
  return faults;
};

/** Holds the figures that the service gave against those that follow from the events. */
const faultsOfFigures = (bundle: Bundle, yearly: readonly YearlyRow[]): readonly string[] => {
  let claimed: readonly YearlyRow[];
  try {
    claimed = bundle.yearly().rows;
  } catch (error) {
    return [(error as Error).message];
  }
  const nameOf = ({ year, direction, kind }: YearlyRow): string => `${year} ${direction} ${kind}`;
  const counted = new Map(yearly.map((row) => [nameOf(row), row]));
  const given = new Map(claimed.map((row) => [nameOf(row), row]));
  return [...new Set([...counted.keys(), ...given.keys()])].flatMap((name) => {
    const [mine, theirs] = [counted.get(name), given.get(name)];
    if (isDeepStrictEqual({ ...mine }, { ...theirs })) return [];
    const figure = (row: YearlyRow | undefined): string => (row === undefined ? 'none' : `${row.persons} persons`);
    return [
      `the figure of ${name} is given as ${figure(theirs)}, and the events give ${figure(mine)}: ${JSON.stringify({ given: theirs, counted: mine })}`,
    ];
  });
};
