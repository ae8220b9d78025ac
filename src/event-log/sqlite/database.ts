import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { applyMigrations } from '../../../migrations/apply.ts';
import { LogUnavailable } from '../port.ts';

const MIGRATIONS = new URL('../../../migrations/event-log/', import.meta.url);

/** How long a statement waits for another process (a backup, a recovery after a crash) before it fails. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * - FULL syncs the write-ahead log at every commit, so that what was answered survives a power cut.
 * - secure_delete overwrites what a tombstone deletes: a deleted key must be gone.
 * - Streams are spread at random over their index, so its pages are changed again and again: a longer time between
 *   checkpoints (4000 pages, 16 MB) writes each of them back once instead of many times, and a larger cache (64 MiB)
 *   keeps them at hand.
 */
export const WRITER_PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA wal_autocheckpoint = 4000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA cache_size = -65536;
`;

/** The file of a ledger's embedded log. Two ledgers in one folder have nothing in common. */
export const eventLogFile = (directory: string, ledger: string): string => {
  if (!/^[\w.-]+$/.test(ledger)) throw new TypeError(`${ledger} cannot be the name of a ledger`);
  return join(directory, `${ledger}.events.sqlite`);
};

/** Opens the log for its one writer, makes what is missing and brings it to the newest version. */
export const openForWriting = (file: string): DatabaseSync => {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec(WRITER_PRAGMAS);
    applyMigrations(database, MIGRATIONS);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/** Opens a log that is there already, for reading alone. Throws LogUnavailable. */
export const openForReading = (file: string): DatabaseSync => {
  if (!existsSync(file)) throw new LogUnavailable(`there is no event log at ${file}`);
  try {
    return new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    throw new LogUnavailable(`the event log ${file} cannot be opened`, { cause: error });
  }
};
