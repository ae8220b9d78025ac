import { isDeepStrictEqual } from 'node:util';
import type { LoggedEvent } from '../event-log/port.ts';
import type { Leaf } from '../transparency/leaf.ts';
import { describe } from './verify-log.ts';

/** An event may be missing before the next that is known again; so many are looked past. */
const LOOKED_AHEAD = 64;

const leafOfEntry = (entry: Buffer | undefined): Partial<Leaf> => {
  try {
    return JSON.parse((entry ?? Buffer.alloc(0)).toString('utf8')) as Partial<Leaf>;
  } catch {
    return {};
  }
};

const PARTS: Readonly<Record<string, string>> = { dataHash: 'data', metadataHash: 'metadata' };

/** What of an event is not as its entry says. */
const differsIn = (entry: Buffer, expected: Buffer): string => {
  const [held, signed] = [leafOfEntry(entry), leafOfEntry(expected)] as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  const names = Object.keys(signed).filter((name) => !isDeepStrictEqual(held[name], signed[name]));
  return names.map((name) => `its ${PARTS[name] ?? name}`).join(' and ') || 'how it is written';
};

/**
 * Goes through events beside the entries of the tree, and names each that was changed, moved, put in or left out. `entryAt` gives nothing after
 * the last entry.
 */
export const compareWithEntries = (entryAt: (leaf: number) => Buffer | undefined) => {
  const faults: string[] = [];
  /** Entries without an event so far, by the id of theirs. */
  const missing = new Map<string, { readonly leaf: number; readonly entry: Partial<Leaf> }>();
  let next = 0;

  const passOver = (to: number): void => {
    for (; next < to; next += 1) {
      const entry = leafOfEntry(entryAt(next));
      missing.set(entry.id ?? `leaf ${next}`, { leaf: next, entry });
    }
  };

  const placeOf = (id: string): number | undefined => {
    for (let leaf = next; leaf < next + LOOKED_AHEAD; leaf += 1) {
      const entry = entryAt(leaf);
      if (entry === undefined) return undefined;
      if (leafOfEntry(entry).id === id) return leaf;
    }
    return undefined;
  };

  return {
    add: (event: LoggedEvent, entry: Buffer): void => {
      const signed = entryAt(next);
      if (signed?.equals(entry)) {
        next += 1;
        return;
      }
      const place = placeOf(event.id);
      if (place !== undefined) {
        passOver(place);
        const expected = entryAt(place) as Buffer;
        if (!expected.equals(entry)) {
          faults.push(`${describe(event)}, leaf ${place}: ${differsIn(entry, expected)} was changed`);
        }
        next = place + 1;
        return;
      }
      const moved = missing.get(event.id);
      missing.delete(event.id);
      faults.push(
        moved === undefined
          ? `${describe(event)} is no leaf: it was put in before leaf ${next}`
          : `${describe(event)}, leaf ${moved.leaf}, was moved: it stands before leaf ${next}`,
      );
    },
    /** To be asked when all events have come; `size`: how many entries there are. */
    faults: (size: number): readonly string[] => {
      passOver(size);
      const left = [...missing.values()].map(
        ({ leaf, entry: { id, type, stream, revision } }) =>
          `leaf ${leaf} has no event: event ${id} (${type}), revision ${revision} of ${stream}, was left out`,
      );
      return [...faults, ...left];
    },
  };
};
