import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The one file in a folder whose name matches. */
export const fileIn = (directory: string, name: RegExp): string => {
  const [found, ...more] = readdirSync(directory).filter((each) => name.test(each));
  if (found === undefined || more.length > 0) throw new Error(`${directory} has not one ${name}`);
  return join(directory, found);
};

/** Overwrites all pages of a SQLite file except the first so many, as a failing disk might. */
export const damagePages = (file: string, pageSize: number, sparing: number): void => {
  // Into the one file what a write-ahead log beside it still has.
  const database = new DatabaseSync(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  const pages = statSync(file).size / pageSize;
  if (pages <= sparing) throw new Error(`${file} has ${pages} pages alone`);
  const descriptor = openSync(file, 'r+');
  for (let page = sparing; page < pages; page++) {
    writeSync(descriptor, Buffer.alloc(pageSize, 0xa5), 0, pageSize, page * pageSize);
  }
  closeSync(descriptor);
};
