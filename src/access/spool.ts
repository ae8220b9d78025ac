import { randomUUID } from 'node:crypto';
import { constants, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AccessRecord } from '../../domain/access/record.ts';
import type { Instant, PlainDate } from '../../domain/kernel/time.ts';
import { readSegment, recordsIn, type Segment, segmentLine } from './segment.ts';

/** The record cannot be kept now, so that what it is about must not be shown. */
export class SpoolUnavailable extends Error {
  override readonly name = 'SpoolUnavailable';
}

/** More waits for the disk than it can take soon. */
export class SpoolOverloaded extends Error {
  override readonly name = 'SpoolOverloaded';
}

/** What may wait for the disk at once, and what may wait there for the log: some days' records of a busy node. */
const LIMITS = { waiting: 10_000, bytes: 2 ** 30 };

/** Records that are written at once: so many characters, and one record. */
const LONGEST_GROUP = 200_000;

/** A file that is done with, and its content. */
export interface ClosedSegment extends Segment {
  readonly name: SegmentName;
}

/** Made of when its first record was, a number and chance, in this order: `2026-11-27T063905123Z-000001-5f3a9c1e`. */
export type SegmentName = string;

/** How the spool stands. */
export interface SpoolStatus {
  /** Records that are durable here, and not yet in the log. */
  readonly records: number;
  /** Since when the oldest of them waits for the log. */
  readonly since: Instant | undefined;
  /** Why it could not be written the last time; undefined where it could. */
  readonly failure: string | undefined;
  /** Files in which lines were damaged. They are kept. */
  readonly damaged: readonly string[];
}

/** Where records are kept on the node until they are in the log: files in a directory, each synced before anybody is answered. */
export interface Spool {
  /** Gives back when the record is on disk. Rejects with SpoolUnavailable, SpoolOverloaded. */
  write(record: AccessRecord): Promise<void>;
  /** Files that wait for the log, the oldest first, with all that was written until now. */
  release(): Promise<readonly SegmentName[]>;
  /** A file that was released. */
  read(name: SegmentName): Promise<ClosedSegment>;
  /** Takes a file away whose records are in the log. */
  forget(segment: ClosedSegment): Promise<void>;
  status(): SpoolStatus;
  /** Lets what waits be written. */
  close(): Promise<void>;
}

interface Waiting {
  readonly at: Instant;
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface Current {
  readonly name: SegmentName;
  readonly file: FileHandle;
}

const SUFFIX = '.ndjson';
const DAMAGED = '.damaged';

const isSegment = (entry: string): boolean => entry.endsWith(SUFFIX);
const nameOf = (entry: string): SegmentName => entry.slice(0, -SUFFIX.length);

let begun = 0;
const nameFor = (at: Instant): SegmentName => {
  begun += 1;
  return `${at.replaceAll(/[:.]/g, '')}-${String(begun).padStart(6, '0')}-${randomUUID().slice(0, 8)}`;
};

const dayOf = (at: Instant): PlainDate => at.slice(0, 'YYYY-MM-DD'.length);

/** The day of a segment: all of its records are of that day, in UTC. */
export const dayOfSegment = (name: SegmentName): PlainDate => dayOf(name);

const timeOfSegment = (name: SegmentName): Instant =>
  name.replace(/^(\d{4}-\d\d-\d\dT\d\d)(\d\d)(\d\d)(\d{3}Z)-.*$/, '$1:$2:$3.$4');

/** Each write is on disk when it returns (open(2)): one call into the system where a sync of its own would be another. */
const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND | constants.O_DSYNC;

const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await open(directory, 'r');
  await handle.sync().finally(() => handle.close());
};

/**
 * Puts a record among the files of a spool that another process may have open; gives back when it is durable. Throws what the file system
 * throws.
 */
export const putIntoSpool = async (directory: string, record: AccessRecord): Promise<void> => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, nameFor(record.at) + SUFFIX);
  const file = await open(`${path}.part`, FLAGS, 0o600);
  await file.writeFile(segmentLine([JSON.stringify(record)])).finally(() => file.close());
  // It is there whole, or not at all.
  await rename(`${path}.part`, path);
  await syncDirectory(directory);
};

/**
 * Opens the spool of a directory, with what an earlier process has left there. `limits` for tests. Throws where it cannot be made, or
 * read.
 */
export const openSpool = (directory: string, limits = LIMITS): Spool => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  /** Of files that are done with: how many records they have. */
  const closed = new Map<SegmentName, number>();
  let bytes = 0;
  let currentRecords = 0;
  let current: Current | undefined;
  const waiting: Waiting[] = [];
  let failure: string | undefined;
  let end: Error | undefined;

  const damaged = new Set(readdirSync(directory).filter((name) => name.endsWith(DAMAGED)));
  for (const entry of readdirSync(directory).filter(isSegment)) {
    closed.set(nameOf(entry), recordsIn(readSegment(readFileSync(join(directory, entry), 'utf8'))));
    bytes += statSync(join(directory, entry)).size;
  }

  const pathOf = (name: SegmentName): string => join(directory, name + SUFFIX);

  const fileFor = async (at: Instant): Promise<FileHandle> => {
    if (current !== undefined && dayOfSegment(current.name) === dayOf(at)) return current.file;
    await endCurrent();
    const name = nameFor(at);
    const file = await open(pathOf(name), FLAGS, 0o600);
    current = { name, file };
    await syncDirectory(directory);
    return file;
  };

  const endCurrent = async (): Promise<void> => {
    if (current === undefined) return;
    const { name, file } = current;
    current = undefined;
    closed.set(name, currentRecords);
    currentRecords = 0;
    await file.close();
  };

  const writeGroup = async (group: readonly Waiting[]): Promise<void> => {
    const line = segmentLine(group.map(({ text }) => text));
    try {
      const file = await fileFor((group[0] as Waiting).at);
      await file.writeFile(line);
      bytes += Buffer.byteLength(line);
      currentRecords += group.length;
      failure = undefined;
      for (const { resolve } of group) resolve();
    } catch (cause) {
      // What of it is on disk is not known: nothing is written after it in the same file.
      await endCurrent().catch(() => {});
      failure = (cause as Error).message;
      const error = new SpoolUnavailable(`who reads cannot be put on record: ${failure}`, { cause });
      for (const { reject } of group) reject(error);
    }
  };

  const takeGroup = (): readonly Waiting[] => {
    const day = dayOf((waiting[0] as Waiting).at);
    let characters = 0;
    const count = waiting.findIndex(({ at, text }) => {
      if (characters >= LONGEST_GROUP || dayOf(at) !== day) return true;
      characters += text.length;
      return false;
    });
    return waiting.splice(0, count === -1 ? waiting.length : count);
  };

  /** One thing after the other is done with the file that is written. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Done>(work: () => Promise<Done>): Promise<Done> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };

  let writing: Promise<void> | undefined;
  /** Group commit: what comes while a group is written makes up the next one. */
  const writeWaiting = async (): Promise<void> => {
    // With what else comes in this turn of the event loop.
    await nextTurn();
    while (waiting.length > 0) await inTurn(() => writeGroup(takeGroup()));
    writing = undefined;
  };

  /** Whether a file that was taken away can come back when the machine fails: not after a later one was shipped. */
  let canComeBack = true;
  const syncTakenAway = async (): Promise<void> => {
    if (canComeBack) await syncDirectory(directory);
    canComeBack = false;
  };

  const release = async (): Promise<readonly SegmentName[]> => {
    await endCurrent();
    await syncTakenAway();
    // Those that another process has put here are among them.
    return (await readdir(directory)).filter(isSegment).map(nameOf).sort();
  };

  const read = async (name: SegmentName): Promise<ClosedSegment> => {
    const segment = readSegment(await readFile(pathOf(name), 'utf8'));
    if (!closed.has(name)) {
      bytes += (await stat(pathOf(name))).size;
      closed.set(name, recordsIn(segment));
    }
    return { name, ...segment };
  };

  const forget = async ({ name, damaged: lines }: ClosedSegment): Promise<void> => {
    const { size } = await stat(pathOf(name));
    canComeBack = true;
    if (lines.length === 0) await rm(pathOf(name));
    else {
      await rename(pathOf(name), pathOf(name) + DAMAGED);
      damaged.add(name + SUFFIX + DAMAGED);
    }
    closed.delete(name);
    bytes -= size;
    await syncTakenAway();
  };

  return {
    write: async (record) => {
      if (end !== undefined) throw end;
      if (waiting.length >= limits.waiting) throw new SpoolOverloaded('too many reads wait to be put on record');
      if (bytes >= limits.bytes) {
        failure = `${bytes} bytes in ${directory} wait for the event log`;
        throw new SpoolUnavailable(`who reads cannot be put on record: ${failure}`);
      }
      const text = JSON.stringify(record);
      const written = new Promise<void>((resolve, reject) => {
        waiting.push({ at: record.at, text, resolve, reject });
      });
      writing ??= writeWaiting();
      return written;
    },
    release: () => inTurn(release),
    read,
    forget,
    status: () => ({
      records: currentRecords + [...closed.values()].reduce((sum, records) => sum + records, 0),
      since: [...closed.keys(), ...(current === undefined ? [] : [current.name])].sort().map(timeOfSegment)[0],
      failure,
      damaged: [...damaged],
    }),
    close: async () => {
      end ??= new SpoolUnavailable('the service closes');
      await writing;
      await inTurn(endCurrent);
    },
  };
};
