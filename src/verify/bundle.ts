import { createReadStream, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { YearlyRow } from '../../projections/handovers/query.ts';
import type { EventLogReader } from '../event-log/port.ts';
import { parseStoredEvent, type StoredEvent, storedEventLine } from '../event-log/stored-event.ts';
import { parseCheckpoint } from '../transparency/checkpoint.ts';
import { entryOf } from '../transparency/leaf.ts';
import { HASH_BYTES, hashLeaf } from '../transparency/merkle.ts';
import { decodeEntries, encodeEntries, TILE_WIDTH, tilePath } from '../transparency/tile.ts';
import { growTree, type Tile, type TreeEdge } from '../transparency/tree.ts';
import { isRecordLeaf } from '../transparency/tree-streams.ts';

/**
 * What an auditor takes along: a folder with the checkpoint, tiles and entries as c2sp.org/tlog-tiles serves them, the events themselves
 * as they are stored, and the yearly figures that the service gives. What is sealed stays sealed.
 */
const FILES = { checkpoint: 'checkpoint', key: 'key', events: 'events.ndjson', yearly: 'yearly.json' } as const;

/** As far as a figure is named by it: whatever else a row has is held against what is counted. */
const claimedSchema = z.object({
  rows: z.array(z.looseObject({ year: z.int(), direction: z.string(), kind: z.string(), persons: z.int() })),
});

/** The figures that go with the events of a bundle. */
export interface ClaimedFigures {
  readonly rows: readonly YearlyRow[];
}

export interface BundleContent {
  /** The signed checkpoint, with cosignatures. */
  readonly checkpoint: string;
  /** The public key of the log; whoever verifies has it from elsewhere. */
  readonly key: string;
  readonly yearly: ClaimedFigures;
}

/** A bundle would not be what was signed: the log is not the one of the checkpoint. */
export class LogIsAnother extends Error {
  override readonly name = 'LogIsAnother';
}

/**
 * Writes the events of a log up to its checkpoint to a folder that is empty or not there. Throws LogIsAnother, and what the log throws.
 */
export const writeBundle = async (
  folder: string,
  log: EventLogReader,
  { checkpoint, key, yearly }: BundleContent,
  onProgress: (events: number) => void,
): Promise<void> => {
  const { size } = parseCheckpoint(checkpoint);
  mkdirSync(folder, { recursive: true });
  const write = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const tiles = tileWriter(write);
  const events = await open(join(folder, FILES.events), 'wx');
  try {
    let done = 0;
    for await (const leaves of leavesOf(log, size)) {
      await events.writeFile(leaves.map(storedEventLine).join(''));
      const entries = leaves.map(entryOf);
      const [index, width] = [Math.floor(done / TILE_WIDTH), entries.length];
      write(tilePath({ level: 'entries', index, width }), encodeEntries(entries));
      tiles.add(entries.map(hashLeaf));
      done += leaves.length;
      onProgress(done);
    }
    if (done !== size) throw new LogIsAnother(`the log has ${done} of the ${size} events of its checkpoint`);
  } finally {
    await events.close();
  }
  tiles.end();
  write(FILES.checkpoint, checkpoint);
  write(FILES.key, `${key}\n`);
  write(FILES.yearly, `${JSON.stringify(yearly, null, 2)}\n`);
};

/** The first so many events of records, as many at a time as a bundle of entries has. */
async function* leavesOf(log: EventLogReader, count: number): AsyncGenerator<readonly StoredEvent[]> {
  let waiting: StoredEvent[] = [];
  let left = count;
  for await (const chunk of log.readAll()) {
    for (const event of chunk) {
      if (left === 0) break;
      if (!isRecordLeaf(event.stream)) continue;
      waiting.push(event);
      left -= 1;
      if (waiting.length === TILE_WIDTH) {
        yield waiting;
        waiting = [];
      }
    }
    if (left === 0) break;
  }
  if (waiting.length > 0) yield waiting;
}

/** Writes each tile once: those at the right edge when it is over. */
const tileWriter = (write: (path: string, content: Buffer) => void) => {
  const partial = new Map<number, Tile>();
  const writeTile = ({ level, index, hashes }: Tile): void =>
    write(tilePath({ level, index, width: hashes.length / HASH_BYTES }), hashes);
  let edge: TreeEdge = { size: 0, tiles: [] };
  return {
    add: (leafHashes: readonly Buffer[]): void => {
      edge = growTree(edge, leafHashes, (tile) => {
        if (tile.hashes.length === TILE_WIDTH * HASH_BYTES) {
          writeTile(tile);
          partial.delete(tile.level);
        } else partial.set(tile.level, tile);
      });
    },
    end: (): void => {
      for (const tile of partial.values()) writeTile(tile);
    },
  };
};

/** A bundle as it is read, file by file. What is not there, or not as it should be, throws with its name. */
export const openBundle = (folder: string) => {
  const read = (path: string): Buffer => {
    if (!existsSync(join(folder, path))) throw new Error(`${path} is not there`);
    return readFileSync(join(folder, path));
  };
  let held: { readonly index: number; readonly entries: readonly Buffer[] } | undefined;
  return {
    checkpoint: (): string => read(FILES.checkpoint).toString('utf8'),
    yearly: (): ClaimedFigures => {
      try {
        const claimed = claimedSchema.safeParse(JSON.parse(read(FILES.yearly).toString('utf8')));
        if (claimed.success) return claimed.data as unknown as ClaimedFigures;
        const [issue] = claimed.error.issues;
        throw new Error(`at /${issue?.path.join('/')}: ${issue?.message}`);
      } catch (cause) {
        throw new Error(`${FILES.yearly} cannot be read: ${(cause as Error).message}`, { cause });
      }
    },
    file: read,
    /** An entry of the tree of so many leaves; undefined after its end. Entries are read one bundle at a time. */
    entry: (leaf: number, size: number): Buffer | undefined => {
      if (leaf >= size) return undefined;
      const index = Math.floor(leaf / TILE_WIDTH);
      if (held?.index !== index) {
        const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
        held = { index, entries: decodeEntries(read(tilePath({ level: 'entries', index, width }))) };
      }
      return held.entries[leaf % TILE_WIDTH];
    },
    /** The events, line by line; `onFault` is told of lines that hold none. */
    events: async function* (onFault: (fault: string) => void): AsyncGenerator<StoredEvent> {
      if (!statSync(join(folder, FILES.events), { throwIfNoEntry: false })?.isFile()) {
        throw new Error(`${FILES.events} is not there, or is no file`);
      }
      const input = createReadStream(join(folder, FILES.events));
      let number = 0;
      for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
        number += 1;
        let event: StoredEvent;
        try {
          event = parseStoredEvent(line);
        } catch (error) {
          onFault(`line ${number} of ${FILES.events} ${(error as Error).message}`);
          continue;
        }
        yield event;
      }
    },
  };
};

export type Bundle = ReturnType<typeof openBundle>;
