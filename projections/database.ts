import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { createQueryDatabase, type QueryDatabase } from './query-database.ts';

export type ReadModelDatabase = DatabaseSync;

/** A group of views in a file of its own. Another version is another file, built from the log. */
export interface ReadModel {
  readonly name: string;
  readonly version: number;
  /** The files of `migrations/read-model` that make its tables, with what projecting finds its rows by. */
  readonly schema: readonly string[];
  /** The files that make what only queries find them by. */
  readonly indexes: readonly string[];
}

const SCHEMAS = new URL('../migrations/read-model/', import.meta.url);

const BUSY_TIMEOUT_MS = 5_000;

/** The file of a read model in a node's directory of them. */
export const readModelFile = (directory: string, { name, version }: ReadModel): string =>
  join(directory, `${name}.v${version}.sqlite`);

/** What a file says of itself: it is being built, and can neither be read nor gone on with by another process; or it is whole. */
const BUILDING = 2;
const BUILT = 1;

/**
 * Opens a read model for its one projection. Where there is none that was built to its end, it is begun anew, in a way that is fast
 * and survives no end of the process; `finishBuilding` ends that.
 */
export const openForProjection = (directory: string, model: ReadModel): ReadModelDatabase => {
  // Views hold names in the clear.
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = readModelFile(directory, model);
  const goesOn = builtReadModelExists(directory, model);
  if (!goesOn) deleteFiles(file);
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  database.exec(goesOn ? FOLLOWING : beginning(model));
  return database;
};

const beginning = ({ schema }: ReadModel): string =>
  `${BEGINNING} BEGIN; ${sqlOf(['checkpoint', ...schema])} PRAGMA user_version = ${BUILDING}; COMMIT`;

const sqlOf = (files: readonly string[]): string =>
  files.map((name) => readFileSync(new URL(`${name}.sql`, SCHEMAS), 'utf8')).join('\n');

/**
 * - Rows are appended more often than changed, and each page that is written or read is a call into the system: large pages.
 * - Nothing reads a model that is being built, and it is begun anew after a crash: neither a write-ahead log nor a sync.
 * - Of what is written over nothing stays in the file: it may be what was erased.
 */
const BEGINNING = `
  PRAGMA page_size = 16384;
  PRAGMA journal_mode = MEMORY;
  PRAGMA synchronous = OFF;
  PRAGMA secure_delete = ON;
  PRAGMA cache_size = -8192;
`;

/**
 * A read model can always be built again, so it is not synced at every commit, and seldom copied from its write-ahead log (2000
 * pages, 32 MB); it stays consistent all the same.
 */
const FOLLOWING = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 2000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA cache_size = -8192;
  PRAGMA secure_delete = ON;
`;

/** Whether a read model was built to its end at some time, and can be asked. */
export const isBuilt = (database: ReadModelDatabase): boolean =>
  (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version === BUILT;

/**
 * From now on the read model can be read while it is written, and is gone on with after the end of the process. What queries are quick by
 * is made only now: all of it at once costs a fraction of what it costs row by row.
 */
export const finishBuilding = (database: ReadModelDatabase, { indexes }: Pick<ReadModel, 'indexes'>): void => {
  if (isBuilt(database)) return;
  try {
    database.exec(`BEGIN; ${sqlOf(indexes)} COMMIT`);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
  // A commit that is synced, so that nothing that was built before stands in memory alone when the file says that it is whole.
  database.exec('PRAGMA synchronous = FULL; UPDATE checkpoint SET position = position');
  database.exec(`${FOLLOWING} PRAGMA user_version = ${BUILT}`);
};

/**
 * Empties the write-ahead log of a read model into its file: what was deleted stands there until then. False where somebody who reads
 * an earlier state keeps it from that, for whom it does not wait: to be tried again. Not within a transaction.
 */
export const emptyWriteAheadLog = (database: ReadModelDatabase): boolean => {
  database.exec('PRAGMA busy_timeout = 0');
  try {
    return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
};

/** Opens read models that are built, when they are asked for the first time, for queries that know each under its name. */
export const openForQueries = (directory: string, models: readonly ReadModel[]): QueryDatabase =>
  createQueryDatabase(
    () => {
      const database = new DatabaseSync(':memory:', { timeout: BUSY_TIMEOUT_MS });
      try {
        for (const model of models) {
          database
            .prepare(`ATTACH DATABASE ? AS ${model.name}`)
            .run(`${pathToFileURL(readModelFile(directory, model))}?mode=ro`);
        }
        database.exec('PRAGMA query_only = ON; PRAGMA temp_store = MEMORY');
        return database;
      } catch (error) {
        database.close();
        throw error;
      }
    },
    models.map(({ name }) => name),
  );

/**
 * Opens a read model that was built to its end, as it stands now: what its projection writes meanwhile is not seen. To be closed soon, since
 * the write-ahead log grows as long. Throws where there is none.
 */
export const openSnapshot = (directory: string, model: ReadModel): ReadModelDatabase => {
  if (!builtReadModelExists(directory, model)) {
    throw new Error(`${model.name} v${model.version} is not built yet: start the service, or run rebuild, first`);
  }
  const database = new DatabaseSync(readModelFile(directory, model), { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  database.exec('BEGIN');
  // A transaction sees what there is when it reads for the first time.
  database.prepare('SELECT position FROM checkpoint').get();
  return database;
};

/** Whether there is a read model: one that was built to its end, that a process is building, or that one left unfinished. */
export const readModelExists = (directory: string, model: ReadModel): boolean =>
  existsSync(readModelFile(directory, model));

/** Whether there is a read model that was built to its end. */
export const builtReadModelExists = (directory: string, model: ReadModel): boolean => {
  if (!readModelExists(directory, model)) return false;
  const database = new DatabaseSync(readModelFile(directory, model), { timeout: BUSY_TIMEOUT_MS });
  try {
    return isBuilt(database);
  } finally {
    database.close();
  }
};

/** Puts a read model that was built in another directory into the place of this one's. No process may have either open. */
export const replaceReadModel = (directory: string, model: ReadModel, builtIn: string): void => {
  deleteFiles(readModelFile(directory, model));
  addReadModel(directory, model, builtIn);
};

/** Puts a read model that was built in another directory where there is none. Throws where a process has begun one meanwhile. */
export const addReadModel = (directory: string, model: ReadModel, builtIn: string): void => {
  const built = new DatabaseSync(readModelFile(builtIn, model));
  // All into the one file, which is then the whole of it.
  built.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
  built.close();
  if (readModelExists(directory, model)) {
    throw new Error(`${model.name} v${model.version} is there meanwhile: a service of this release has begun it`);
  }
  renameSync(readModelFile(builtIn, model), readModelFile(directory, model));
};

/** Deletes what older releases have built. */
export const deleteOlderVersions = (directory: string, { name, version }: ReadModel): void => {
  for (const file of readdirSync(directory)) {
    const [, model, number] = /^([a-z-]+)\.v(\d+)\.sqlite$/.exec(file) ?? [];
    if (model === name && Number(number) < version) deleteFiles(join(directory, file));
  }
};

/** Takes all rows out of a read model, in place: others may have it open. It is to be built again before it is asked. */
export const emptyReadModel = (database: ReadModelDatabase): void => {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'checkpoint'").all();
  const deletes = tables.map(({ name }) => `DELETE FROM ${name as string};`).join(' ');
  database.exec(
    `BEGIN IMMEDIATE; ${deletes} UPDATE checkpoint SET position = '', known_at = '', first_stream = '', first_event = '';
     PRAGMA user_version = ${BUILDING}; COMMIT`,
  );
};

const deleteFiles = (file: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
};
