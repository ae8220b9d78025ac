import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { damageOfView, isDamage, resultCode } from './file-damage.ts';

/** A prepared query. Throws ViewsUnreadable. */
export interface Query {
  get(...parameters: SQLInputValue[]): unknown;
  all(...parameters: SQLInputValue[]): readonly unknown[];
  /** To be gone through before anything else is waited for. */
  iterate(...parameters: SQLInputValue[]): Iterable<unknown>;
}

/** The views cannot be read now: a file of them is damaged, or cannot be reached. */
export class ViewsUnreadable extends Error {
  override readonly name = 'ViewsUnreadable';
}

/** What was made of some queries under a key; made anew where it is not there or a view has gone on since. */
export type Kept<Value> = (key: string, make: () => Value) => Value;

/**
 * The views as queries see them. All that is read in one turn of the event loop is of one state of the views, whatever their
 * projections commit meanwhile.
 */
export interface QueryDatabase {
  /** The same text gives the same statement again. */
  prepare(sql: string): Query;
  /** Keeps so many answers as long as every view stands where it stood. */
  keep<Value extends NonNullable<unknown>>(max: number): Kept<Value>;
  /** What is read from now on is of the state that the views have now: to be called when they are known to have gone on. */
  renew(): void;
  /** What is wrong with a file of the views, as a query came upon it; it stays so until somebody has built them anew. */
  damage(): string | undefined;
  close(): void;
}

/** SQLITE_ERROR, https://www.sqlite.org/rescode.html#error: of a statement, and not of a file. */
const SQLITE_ERROR = 1;

/** Texts of queries that differ by the filters that they are asked with. */
const STATEMENTS_AT_HAND = 200;

/**
 * One read transaction for a turn, and none between turns: a statement by itself locks and unlocks the files, which costs more than
 * most reads; a transaction that stayed open would keep the write-ahead logs of the views from ever beginning anew.
 */
class Snapshot {
  readonly #database: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #end: StatementSync;
  /** SQLite counts for each file what other connections have committed to it. */
  readonly #versions: readonly StatementSync[];
  #ending: NodeJS.Immediate | undefined;
  #state = '';

  constructor(database: DatabaseSync, schemas: readonly string[]) {
    this.#database = database;
    this.#begin = database.prepare('BEGIN');
    this.#end = database.prepare('COMMIT');
    this.#versions = schemas.map((schema) => database.prepare(`PRAGMA ${schema}.data_version`));
  }

  /** To be called before anything is read; the same text as long as no view was written. */
  enter(): string {
    if (this.#ending !== undefined) return this.#state;
    this.#begin.run();
    this.#ending = setImmediate(() => this.leave());
    this.#state = this.#versions.map((version) => version.get()?.data_version).join(' ');
    return this.#state;
  }

  leave(): void {
    if (this.#ending === undefined) return;
    clearImmediate(this.#ending);
    this.#ending = undefined;
    try {
      this.#end.run();
    } catch {
      // Nothing was written, so nothing is lost: whoever read was told already what is wrong with the file.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    }
  }
}

/** Queries over a connection that only reads, opened for the first of them; `schemas` are the names of the read models in it. */
export const createQueryDatabase = (open: () => DatabaseSync, schemas: readonly string[]): QueryDatabase => {
  let opened: { readonly database: DatabaseSync; readonly snapshot: Snapshot } | undefined;
  const connection = () => {
    if (opened === undefined) {
      const database = open();
      opened = { database, snapshot: new Snapshot(database, schemas) };
    }
    return opened;
  };
  let damage: string | undefined;
  /** ViewsUnreadable for what is not the fault of the one who asks. */
  const unreadable = (error: unknown): unknown => {
    if ((resultCode(error) ?? SQLITE_ERROR) === SQLITE_ERROR) return error;
    if (isDamage(error)) damage ??= damageOfView(error);
    return new ViewsUnreadable(`the views cannot be read: ${(error as Error).message}`, { cause: error });
  };
  const reading = <Answer>(read: () => Answer): Answer => {
    try {
      return read();
    } catch (error) {
      throw unreadable(error);
    }
  };
  const statements = new LRUCache<string, Query>({ max: STATEMENTS_AT_HAND });

  const prepare = (sql: string): Query => {
    let prepared: StatementSync | undefined;
    const statement = (): StatementSync => {
      const { database, snapshot } = connection();
      snapshot.enter();
      prepared ??= database.prepare(sql);
      return prepared;
    };
    return {
      get: (...parameters) => reading(() => statement().get(...parameters)),
      all: (...parameters) => reading(() => statement().all(...parameters)),
      *iterate(...parameters) {
        try {
          yield* statement().iterate(...parameters);
        } catch (error) {
          throw unreadable(error);
        }
      },
    };
  };

  return {
    prepare: (sql) => {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const prepared = prepare(sql);
      statements.set(sql, prepared);
      return prepared;
    },
    keep: <Value extends NonNullable<unknown>>(max: number): Kept<Value> => {
      const kept = new LRUCache<string, Value>({ max });
      let keptAt = '';
      return (key, make) => {
        const state = reading(() => connection().snapshot.enter());
        if (state !== keptAt) {
          kept.clear();
          keptAt = state;
        }
        const known = kept.get(key);
        if (known !== undefined) return known;
        const made = make();
        kept.set(key, made);
        return made;
      };
    },
    renew: () => opened?.snapshot.leave(),
    damage: () => damage,
    close: () => {
      opened?.snapshot.leave();
      opened?.database.close();
    },
  };
};
