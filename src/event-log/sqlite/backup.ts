import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { openForReading, openForWriting } from './database.ts';
import { lockForWriting } from './lock.ts';

/**
 * Copies an embedded log as it is at one moment, also while a service writes it, to a file that is not there yet: events, keys and
 * checkpoints, and nothing that was deleted. Gives back when the copy is on disk and whole. Throws where it cannot be made; nothing is left then.
 */
export const backUp = (file: string, to: string): void => {
  const part = `${to}.part`;
  rmSync(part, { force: true });
  try {
    const database = openForReading(file);
    try {
      database.prepare('VACUUM INTO ?').run(part);
    } finally {
      database.close();
    }
    putInPlace(part, to);
  } finally {
    rmSync(part, { force: true });
  }
};

/** Puts a backup where a log is to be. Throws where the backup is none, or is damaged; nothing is left then. */
export const restoreLog = (backup: string, file: string): void => {
  const part = `${file}.part`;
  rmSync(part, { force: true });
  try {
    copyOf(backup, part);
    putInPlace(part, file);
  } finally {
    rmSync(part, { force: true });
  }
};

const copyOf = (backup: string, part: string): void => {
  try {
    const database = new DatabaseSync(backup, { readOnly: true });
    try {
      assertLog(database, backup);
      database.prepare('VACUUM INTO ?').run(part);
    } finally {
      database.close();
    }
  } catch (error) {
    // What SQLite says of a file names none.
    if (!('errcode' in (error as object))) throw error;
    throw new Error(`${backup} is no backup of an event log, or is damaged: ${(error as Error).message}`, {
      cause: error,
    });
  }
};

/** By which the database itself refuses to edit what is recorded; see migrations/event-log. */
const TRIGGERS = [
  'event_is_never_edited',
  'event_goes_only_with_its_stream',
  'tombstone_is_never_edited',
  'tombstone_stays',
] as const;

const assertLog = (database: DatabaseSync, file: string): void => {
  const row = database
    .prepare("SELECT count(*) AS tables FROM sqlite_schema WHERE name IN ('event', 'tombstone')")
    .get();
  if (row?.tables !== 2) throw new Error(`${file} is no backup of an event log`);
  const there = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[];
  const missing = TRIGGERS.filter((trigger) => !there.some(({ name }) => name === trigger));
  if (missing.length > 0) {
    throw new Error(
      `${file} was made to be edited: it has no longer ${missing.join(', ')}, which keep events as they were recorded`,
    );
  }
};

const putInPlace = (part: string, file: string): void => {
  if (existsSync(file)) throw new Error(`${file} is there already`);
  const database = new DatabaseSync(part, { readOnly: true });
  const [check] = database.prepare('PRAGMA integrity_check').all();
  database.close();
  if (check?.integrity_check !== 'ok') throw new Error(`${part} is damaged: ${check?.integrity_check}`);
  const descriptor = openSync(part, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(part, file);
};

/** Writes an embedded log anew without what was deleted from it, down to the last page. Throws LogLocked where a service writes it. */
export const compactLog = (file: string): void => {
  const lock = lockForWriting(file);
  try {
    const database = openForWriting(file);
    try {
      database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      database.close();
    }
  } finally {
    lock.close();
  }
};
