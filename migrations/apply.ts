import { readdirSync, readFileSync } from 'node:fs';

/** What is needed of a `DatabaseSync`; node:sqlite itself is imported only where a database is opened. */
interface SqlDatabase {
  exec(sql: string): void;
  prepare(sql: string): { get(): unknown };
}

const NUMBERED = /^(\d{4})-[a-z0-9-]+\.sql$/;

/** The numbered files of a folder, `0001-name.sql` first. Throws where a number is missing, doubled or malformed. */
const numberedFiles = (directory: URL): readonly string[] => {
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  files.forEach((name, index) => {
    if (Number(NUMBERED.exec(name)?.[1]) !== index + 1) {
      throw new Error(
        `migration ${name} in ${directory.pathname} is not number ${index + 1} (0001-name.sql and so on)`,
      );
    }
  });
  return files;
};

const versionOf = (database: SqlDatabase): number => {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  return row.user_version;
};

/**
 * Brings a database to the newest version: applies, each in a transaction of its own, the files of `directory` that it
 * has not seen. The version is SQLite's `user_version`: the number of the last file applied. `directory` ends with a
 * slash. Throws where the database is newer than the files, and leaves it untouched then.
 */
export const applyMigrations = (database: SqlDatabase, directory: URL): void => {
  const files = numberedFiles(directory);
  const version = versionOf(database);
  if (version > files.length) {
    throw new Error(`the database has version ${version}, this program knows ${files.length}: run a newer release`);
  }
  for (const [index, name] of files.entries()) {
    if (index < version) continue;
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(readFileSync(new URL(name, directory), 'utf8'));
      database.exec(`PRAGMA user_version = ${index + 1}`);
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw new Error(`migration ${name} failed`, { cause: error });
    }
  }
};
