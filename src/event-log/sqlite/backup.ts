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
    const database = new DatabaseSync(backup, { readOnly: true });
    try {
      assertLog(database, backup);
      database.prepare('VACUUM INTO ?').run(part);
    } finally {
      database.close();
    }
    putInPlace(part, file);
  } finally {
    rmSync(part, { force: true });
  }
};

const assertLog = (database: DatabaseSync, file: string): void => {
  const row = database
    .prepare("SELECT count(*) AS tables FROM sqlite_schema WHERE name IN ('event', 'tombstone')")
    .get();
  if (row?.tables !== 2) throw new Error(`${file} is no backup of an event log`);
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
