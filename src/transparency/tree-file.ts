import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { applyMigrations } from '../../migrations/apply.ts';
import type { Position } from '../event-log/port.ts';
import type { Cosigned } from './checkpoint-stream.ts';
import type { Finding } from './finding.ts';
import type { Tile } from './tree.ts';

const MIGRATIONS = new URL('../../migrations/tree/', import.meta.url);
const BUSY_TIMEOUT_MS = 5_000;

/** The file of the tree in its directory. */
export const treeFile = (directory: string): string => join(directory, 'tree.sqlite');

/** How far a tree has come. */
export interface TreeProgress {
  /** The log was scanned up to here; empty before the first event. */
  readonly position: Position;
  readonly size: number;
  /** The last revision of the stream of checkpoints; -1 before the first. */
  readonly checkpoints: number;
  /** The last revision of the stream of removals of which note was taken; -1 before the first. */
  readonly removals: number;
  /** Leaves before this one were held against the log in the round that is under way. */
  readonly scrubbed: number;
  /** When the last round was over; null before. */
  readonly scrubbedAt: string | null;
}

/** A checkpoint as it stands in the stream, and what witnesses have added. */
export interface PublishedCheckpoint {
  readonly revision: number;
  readonly size: number;
  /** As it was signed. */
  readonly note: string;
  readonly cosignatures: readonly Cosigned[];
}

/** The checkpoint as it is shown: with the lines of its witnesses. */
export const withCosignatures = ({ note, cosignatures }: PublishedCheckpoint): string =>
  note + cosignatures.map(({ line }) => line).join('');

const reading = (database: DatabaseSync) => {
  const all = (sql: string, ...parameters: SQLInputValue[]) => database.prepare(sql).all(...parameters) as unknown[];
  const get = (sql: string, ...parameters: SQLInputValue[]) => all(sql, ...parameters)[0];

  const published = (row: unknown): PublishedCheckpoint | undefined => {
    if (row === undefined) return undefined;
    const checkpoint = row as Omit<PublishedCheckpoint, 'cosignatures'>;
    const cosignatures = all(
      `SELECT size, witness, cosigned_at AS cosignedAt, line FROM cosignature WHERE size = ? AND revision > ?
       GROUP BY witness ORDER BY min(revision)`,
      checkpoint.size,
      checkpoint.revision,
    ) as Cosigned[];
    return { ...checkpoint, cosignatures };
  };

  return {
    progress: (): TreeProgress =>
      get(
        'SELECT position, size, checkpoints, removals, scrubbed, scrubbed_at AS scrubbedAt FROM progress',
      ) as unknown as TreeProgress,

    /** As `TileReader`: of the last tile of a level what there is of it. Throws RangeError where there is none. */
    tile: (level: number, index: number): Buffer => {
      const row = get('SELECT hashes FROM tile WHERE level = ? AND number = ?', level, index);
      if (row === undefined) throw new RangeError(`the tree has no tile ${level}/${index}`);
      return Buffer.from((row as { hashes: Uint8Array }).hashes);
    },

    /** Where the events of so many leaves stand in the log, from one of them on. */
    positions: (from: number, count: number): readonly Position[] =>
      (all('SELECT position FROM leaf WHERE number >= ? ORDER BY number LIMIT ?', from, count) as Place[]).map(
        ({ position }) => position,
      ),

    /** The number of the leaf of an event; undefined where it has none yet. */
    leafAt: (position: Position): number | undefined =>
      (get('SELECT number FROM leaf WHERE position = ?', position) as { number: number } | undefined)?.number,

    /** The number of the last leaf whose event stands at a position or before it; undefined where there is none. */
    leafAtOrBefore: (position: Position): number | undefined =>
      (
        get('SELECT number FROM leaf WHERE position <= ? ORDER BY position DESC LIMIT 1', position) as
          | { number: number }
          | undefined
      )?.number,
    /** The hash that the log has kept of a leaf whose event was removed; undefined where none was. */
    removedLeaf: (position: Position): Buffer | undefined => {
      const row = get('SELECT hash FROM removed WHERE position = ?', position) as { hash: Uint8Array } | undefined;
      return row && Buffer.from(row.hash);
    },

    /** Leaves of removed events between two positions, in order; neither is among them. */
    removedBetween: (
      after: Position,
      before: Position,
    ): readonly { readonly position: Position; readonly hash: Buffer }[] =>
      (
        all(
          'SELECT position, hash FROM removed WHERE position > ? AND position < ? ORDER BY position',
          after,
          before,
        ) as {
          position: Position;
          hash: Uint8Array;
        }[]
      ).map(({ position, hash }) => ({ position, hash: Buffer.from(hash) })),

    latestCheckpoint: (): PublishedCheckpoint | undefined =>
      published(get('SELECT revision, size, note FROM checkpoint ORDER BY revision DESC LIMIT 1')),

    /** The last checkpoint of a tree of this size. */
    checkpointOf: (size: number): PublishedCheckpoint | undefined =>
      published(get('SELECT revision, size, note FROM checkpoint WHERE size = ? ORDER BY revision DESC LIMIT 1', size)),

    /** The latest that each witness has cosigned. */
    latestCosignatures: (): readonly Cosigned[] =>
      all(
        `SELECT size, witness, cosigned_at AS cosignedAt, line FROM cosignature
         GROUP BY witness HAVING revision = max(revision) ORDER BY witness`,
      ) as Cosigned[],

    findings: (): readonly Finding[] =>
      all('SELECT found_at AS foundAt, kind, leaf, message FROM finding ORDER BY number') as Finding[],

    /** The events about which something was found, each by the kind of the findings and its revision. */
    eventsWithFindings: () =>
      all('SELECT DISTINCT kind, revision FROM finding WHERE revision IS NOT NULL ORDER BY revision') as {
        readonly kind: Finding['kind'];
        readonly revision: number;
      }[],
  };
};

interface Place {
  readonly position: Position;
}

/** The tree as others than its thread see it. */
export type TreeQueries = ReturnType<typeof reading>;

/** Opens a tree for its one thread; makes what is not there yet. */
export const openTreeForWriting = (directory: string) => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(treeFile(directory), { timeout: BUSY_TIMEOUT_MS });
  // Tiles of 8 KiB are written again and again: large pages. What a crash takes with it is built again from the log.
  database.exec(`
    PRAGMA page_size = 16384;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = 1000;
    PRAGMA journal_size_limit = 33554432;
  `);
  applyMigrations(database, MIGRATIONS);
  const writeTile = database.prepare('INSERT OR REPLACE INTO tile VALUES (?, ?, ?)');
  const writeLeaf = database.prepare('INSERT INTO leaf VALUES (?, ?)');
  const writeProgress = database.prepare('UPDATE progress SET position = ?, size = ?, checkpoints = ?');
  const writeRemovals = database.prepare('UPDATE progress SET removals = ?');
  const writeScrubbed = database.prepare('UPDATE progress SET scrubbed = ?, scrubbed_at = coalesce(?, scrubbed_at)');
  const writeCheckpoint = database.prepare('INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?)');
  const writeCosignature = database.prepare('INSERT OR REPLACE INTO cosignature VALUES (?, ?, ?, ?, ?)');
  const writeFinding = database.prepare(
    'INSERT OR IGNORE INTO finding (found_at, kind, leaf, message, revision) VALUES (?, ?, ?, ?, ?)',
  );
  const forgetFindings = database.prepare('DELETE FROM finding WHERE leaf >= ? AND leaf < ?');
  const forgetFindingsOfEvent = database.prepare('DELETE FROM finding WHERE kind = ? AND revision = ?');
  const writeRemoved = database.prepare('INSERT OR IGNORE INTO removed VALUES (?, ?)');
  return {
    ...reading(database),
    writeTile: ({ level, index, hashes }: Tile) => writeTile.run(level, index, hashes),
    writeLeaf: (number: number, position: Position) => writeLeaf.run(number, position),
    writeRemoved: (position: Position, hash: Buffer) => writeRemoved.run(position, hash),
    writeProgress: ({ position, size, checkpoints }: Pick<TreeProgress, 'position' | 'size' | 'checkpoints'>) =>
      writeProgress.run(position, size, checkpoints),
    writeRemovals: (revision: number) => writeRemovals.run(revision),
    /** `roundOverAt` where a round has come to its end. */
    writeScrubbed: (scrubbed: number, roundOverAt?: string) => writeScrubbed.run(scrubbed, roundOverAt ?? null),
    writeCheckpoint: (revision: number, size: number, note: string) => writeCheckpoint.run(revision, size, note),
    writeCosignature: (revision: number, { size, witness, cosignedAt, line }: Cosigned) =>
      writeCosignature.run(revision, size, witness, cosignedAt, line),
    /** `revision` is that of the event that it is about, where it is about one in a stream that its kind tells. */
    writeFinding: ({ foundAt, kind, leaf, message }: Finding, revision?: number) =>
      writeFinding.run(foundAt, kind, leaf, message, revision ?? null),
    /** Of leaves that agree with the log again, from one up to another. */
    forgetFindings: (from: number, to: number) => forgetFindings.run(from, to),
    forgetFindingsOfEvent: (kind: Finding['kind'], revision: number) => forgetFindingsOfEvent.run(kind, revision),
    /** All that is written in it is written, or nothing. */
    transaction: (write: () => void): void => {
      database.exec('BEGIN IMMEDIATE');
      try {
        write();
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
};

export type WritableTree = ReturnType<typeof openTreeForWriting>;

/** Makes an empty tree in a directory where there is none yet. */
export const makeTree = (directory: string): void => openTreeForWriting(directory).close();

/** Opens the tree of a directory for reading. Throws where there is none. */
export const openTree = (directory: string): TreeQueries & { close(): void } => {
  if (!existsSync(treeFile(directory))) {
    throw new Error(`there is no tree of the log in ${directory} yet: start the service, which keeps it`);
  }
  const database = new DatabaseSync(treeFile(directory), { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  return { ...reading(database), close: () => database.close() };
};
