import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createQueryDatabase, type QueryDatabase } from './query-database.ts';

export type ReadModelDatabase = DatabaseSync;

/** A group of views in a file of its own. Another version is another file, built from the log. */
export interface ReadModel {
  readonly name: string;
  readonly version: number;
  /** The files of `migrations/read-model` that make its tables. */
  readonly schema: readonly string[];
}

const SCHEMAS = new URL('../migrations/read-model/', import.meta.url);

const BUSY_TIMEOUT_MS = 5_000;

/** The file of a read model in a node's directory of them. */
export const readModelFile = (directory: string, { name, version }: ReadModel): string =>
  join(directory, `${name}.v${version}.sqlite`);

/** Opens a read model for its one projection; makes it, empty, where it is not there. */
export const openForProjection = (directory: string, model: ReadModel): ReadModelDatabase => {
  // Views hold names in the clear.
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = readModelFile(directory, model);
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  // A read model can always be built again, so it is not synced at every commit, and seldom copied from its write-ahead log
  // (8000 pages, 32 MB); it stays consistent all the same.
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = 8000;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA cache_size = -16384;
    PRAGMA secure_delete = ON;
  `);
  const { user_version: made } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (made === 0) {
    const schema = ['checkpoint', ...model.schema].map((name) => readFileSync(new URL(`${name}.sql`, SCHEMAS), 'utf8'));
    database.exec(`BEGIN IMMEDIATE; ${schema.join('\n')} PRAGMA user_version = 1; COMMIT`);
  }
  return database;
};

/** Opens read models for queries, which know each under its name. */
export const openForQueries = (directory: string, models: readonly ReadModel[]): QueryDatabase => {
  const database = new DatabaseSync(':memory:', { timeout: BUSY_TIMEOUT_MS });
  for (const model of models) {
    database
      .prepare(`ATTACH DATABASE ? AS ${model.name}`)
      .run(`file:${encodeURI(readModelFile(directory, model))}?mode=ro`);
  }
  database.exec('PRAGMA query_only = ON; PRAGMA temp_store = MEMORY');
  return createQueryDatabase(
    database,
    models.map(({ name }) => name),
  );
};

export const readModelExists = (directory: string, model: ReadModel): boolean =>
  existsSync(readModelFile(directory, model));

/** Puts a read model that was built in another directory into the place of this one's. No process may have either open. */
export const replaceReadModel = (directory: string, model: ReadModel, builtIn: string): void => {
  const built = new DatabaseSync(readModelFile(builtIn, model));
  // All into the one file, which is then the whole of it.
  built.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
  built.close();
  deleteFiles(readModelFile(directory, model));
  renameSync(readModelFile(builtIn, model), readModelFile(directory, model));
};

/** Deletes what older releases have built. */
export const deleteOlderVersions = (directory: string, { name, version }: ReadModel): void => {
  for (const file of readdirSync(directory)) {
    const [, model, number] = /^([a-z-]+)\.v(\d+)\.sqlite$/.exec(file) ?? [];
    if (model === name && Number(number) < version) deleteFiles(join(directory, file));
  }
};

/** Takes all rows out of a read model, in place: others may have it open. */
export const emptyReadModel = (database: ReadModelDatabase): void => {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'checkpoint'").all();
  const deletes = tables.map(({ name }) => `DELETE FROM ${name as string};`).join(' ');
  database.exec(
    `BEGIN IMMEDIATE; ${deletes} UPDATE checkpoint SET position = '', known_at = '', first_case = '', first_event = ''; COMMIT`,
  );
};

const deleteFiles = (file: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
};
