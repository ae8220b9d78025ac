import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventToAppend, ExpectedRevision, Revision } from '../port.ts';

export interface AppendRequest {
  readonly kind: 'append';
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
}

export interface TombstoneRequest {
  readonly kind: 'tombstone';
  readonly stream: string;
}

export type WriteRequest = AppendRequest | TombstoneRequest;

/** What became of one request. Positions are numbers here; they become text in the adapter. */
export type WriteResult =
  | { readonly kind: 'appended'; readonly revision: Revision; readonly position: number }
  | { readonly kind: 'conflict'; readonly actual: ExpectedRevision }
  | { readonly kind: 'tombstoned' };

const TOMBSTONED: WriteResult = { kind: 'tombstoned' };

const SQL = {
  // One sequence for both tables: see the migration.
  lastPosition: `SELECT max(coalesce((SELECT max(position) FROM event), 0),
                            coalesce((SELECT max(position) FROM tombstone), 0))`,
  lastRevision: 'SELECT revision FROM event WHERE stream = ? ORDER BY revision DESC LIMIT 1',
  tombstoned: 'SELECT stream FROM tombstone',
  written: 'SELECT id, position FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?',
  insert: `INSERT INTO event (position, stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (stream, revision) DO NOTHING`,
  insertTombstone: 'INSERT INTO tombstone (stream, position) VALUES (?, ?)',
  deleteStream: 'DELETE FROM event WHERE stream = ?',
  truncateLog: 'PRAGMA wal_checkpoint(TRUNCATE)',
} as const;

type Statements = Readonly<Record<keyof typeof SQL, StatementSync>>;

const prepareAll = (database: DatabaseSync): Statements => {
  const prepared = Object.entries(SQL).map(([name, sql]) => {
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    return [name, statement];
  });
  return Object.fromEntries(prepared) as Statements;
};

/** The statement as one that gives rows of the given shape, which node:sqlite's types cannot say. */
const rowsOf = <Row extends readonly unknown[]>(statement: StatementSync) =>
  statement as unknown as { get(...of: unknown[]): Row | undefined; all(...of: unknown[]): readonly Row[] };

/** The writing side of the log. */
export class Writer {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  #tombstoned: Set<string>;
  #position = 0;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = prepareAll(database);
    this.#tombstoned = this.#readTombstoned();
  }

  /** Does all requests in one transaction and syncs it: all are durable, or none is and it throws. */
  commit(requests: readonly WriteRequest[]): readonly WriteResult[] {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.#position = rowsOf<[number]>(this.#statements.lastPosition).get()?.[0] ?? 0;
      const results = requests.map((request) =>
        request.kind === 'append' ? this.#append(request) : this.#tombstone(request.stream),
      );
      this.#database.exec('COMMIT');
      return results;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.#tombstoned = this.#readTombstoned();
      throw error;
    }
  }

  /** Writes something to the disk that changes nothing, and syncs it. Throws where that cannot be done. */
  probe(): void {
    const { user_version: version } = this.#database.prepare('PRAGMA user_version').get() as { user_version: number };
    this.#database.exec(`PRAGMA user_version = ${version}`);
  }

  /**
   * Moves the write-ahead log into the database and empties it: what a tombstone deleted stands there until then.
   * False where another process that reads kept it from it.
   */
  emptyWriteAheadLog(): boolean {
    const [busy] = rowsOf<[busy: number]>(this.#statements.truncateLog).get() ?? [1];
    return busy === 0;
  }

  /**
   * A conflict leaves nothing behind, so that it does not roll back the others of its transaction. Whether a new
   * stream is there already is not looked up: the index refuses its first event then.
   */
  #append({ stream, expected, events }: AppendRequest): WriteResult {
    if (this.#tombstoned.has(stream)) return TOMBSTONED;
    if (expected !== 'no-stream' && this.#lastRevision(stream) !== expected) {
      return this.#conflictOrRepeat(stream, expected, events);
    }
    const { insert } = this.#statements;
    let revision = expected === 'no-stream' ? -1 : expected;
    let position = this.#position;
    for (const { id, type, data, metadata } of events) {
      revision += 1;
      position += 1;
      const { changes } = insert.run(position, stream, revision, id, type, data, metadata);
      if (changes === 0) return this.#conflictOrRepeat(stream, expected, events);
    }
    this.#position = position;
    return { kind: 'appended', revision, position };
  }

  /** A repeat is known by its ids standing where the first append put them. */
  #conflictOrRepeat(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): WriteResult {
    const first = expected === 'no-stream' ? 0 : expected + 1;
    const rows = rowsOf<[id: string, position: number]>(this.#statements.written).all(stream, first, events.length);
    const position = rows.at(-1)?.[1];
    const isRepeat = rows.length === events.length && rows.every(([id], index) => id === events[index]?.id);
    if (isRepeat && position !== undefined) {
      return { kind: 'appended', revision: first + events.length - 1, position };
    }
    return { kind: 'conflict', actual: this.#lastRevision(stream) ?? 'no-stream' };
  }

  #tombstone(stream: string): WriteResult {
    if (!this.#tombstoned.has(stream)) {
      this.#position += 1;
      this.#statements.insertTombstone.run(stream, this.#position);
      this.#statements.deleteStream.run(stream);
      this.#tombstoned.add(stream);
    }
    return TOMBSTONED;
  }

  #lastRevision(stream: string): Revision | undefined {
    return rowsOf<[Revision]>(this.#statements.lastRevision).get(stream)?.[0];
  }

  #readTombstoned(): Set<string> {
    return new Set(
      rowsOf<[string]>(this.#statements.tombstoned)
        .all()
        .map(([stream]) => stream),
    );
  }
}
