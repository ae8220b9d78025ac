import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { resultCode } from '../projections/file-damage.ts';

/** Somebody else holds the lock; the message names them as far as they are known. */
export class LockHeld extends Error {
  override readonly name = 'LockHeld';
  readonly holder: string;
  constructor(lockFile: string, holder: string) {
    super(`${holder} holds the lock ${lockFile}, which ends with the process that holds it`);
    this.holder = holder;
  }
}

/** Two processes that start at once look into the lock for a moment; that is no reason to give up. */
const BUSY_TIMEOUT_MS = 500;

/** SQLITE_BUSY, https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

const isBusy = (error: unknown): boolean => resultCode(error) === SQLITE_BUSY;

const holderOf = (lock: DatabaseSync): string => {
  try {
    const row = lock.prepare('SELECT pid, since FROM holder').get();
    return row === undefined ? 'another process' : `process ${row['pid']} (since ${row['since']})`;
  } catch {
    return 'another process'; // It has not written its name yet.
  }
};

/**
 * Keeps everybody else out, in this process or another one, until the lock is closed or the process ends.
 *
 * The lock is an open write transaction on a small SQLite database. The operating system drops it with the process, `kill -9`
 * included, so that it can neither be stale nor be mistaken for that of a later process with the same pid; the pid in it is
 * only for people. Throws LockHeld.
 */
export const holdLock = (lockFile: string): { close(): void } => {
  mkdirSync(dirname(lockFile), { recursive: true });
  const lock = new DatabaseSync(lockFile, { timeout: BUSY_TIMEOUT_MS });
  try {
    lock.exec(`
      BEGIN IMMEDIATE;
      CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL, since TEXT NOT NULL) STRICT;
      DELETE FROM holder;
      INSERT INTO holder VALUES (${process.pid}, datetime('now') || 'Z');
      COMMIT;
      BEGIN IMMEDIATE;
    `);
  } catch (error) {
    const holder = holderOf(lock);
    lock.close();
    throw isBusy(error) ? new LockHeld(lockFile, holder) : error;
  }
  return { close: () => lock.close() };
};
