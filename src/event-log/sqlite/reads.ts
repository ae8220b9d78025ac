import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LoggedEvent, ReadStreamOptions } from '../port.ts';
import { StreamTombstoned } from '../port.ts';
import { toPosition } from './position.ts';

/** How much of the log is read, and held in memory, in one go: so many events, or so many characters and one event. */
export interface ChunkLimits {
  readonly events: number;
  readonly characters: number;
}

/** Which events are read: with `after < position <= until`; of all streams, or of those whose names begin with one of `streams`. */
export interface Range {
  readonly after: number;
  readonly until: number;
  readonly streams?: readonly string[] | undefined;
}

export interface Chunk {
  readonly events: readonly LoggedEvent[];
  /** Where the last event stands; where there is none, what the chunk begins after. */
  readonly last: number;
  /** Nothing up to here is still to come: further than `last` where streams were tombstoned. */
  readonly scanned: number;
  /** Whether the chunk ends at the end of the log, and not at its limits. */
  readonly atEnd: boolean;
}

const COLUMNS = 'position, stream, revision, id, type, data, metadata';

const OF_ALL = `SELECT ${COLUMNS} FROM event WHERE position > ? AND position <= ?`;

type Row = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
];

const toEvent = ([position, stream, revision, id, type, data, metadata]: Row): LoggedEvent => ({
  stream,
  revision,
  position: toPosition(position),
  id,
  type,
  data,
  metadata,
});

/** So many positions are looked through in one go for the events of some streams. */
const LOOKED_THROUGH = 10_000;

/** The reading statements of the log, on the thread that calls them. No transaction stays open between calls. */
export class Reads {
  readonly #forwards: StatementSync;
  readonly #backwards: StatementSync;
  readonly #all: StatementSync;
  /** By how many beginnings of names there are. */
  readonly #some = new Map<number, StatementSync>();
  readonly #isTombstoned: StatementSync;
  readonly #ends: StatementSync;

  readonly #prepare: (sql: string) => StatementSync;

  constructor(database: DatabaseSync) {
    const prepare = (sql: string): StatementSync => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true); // An array costs less than an object with the names of the columns.
      return statement;
    };
    this.#prepare = prepare;
    const ofStream = `SELECT ${COLUMNS} FROM event WHERE stream = ?`;
    this.#forwards = prepare(`${ofStream} AND revision > ? ORDER BY revision LIMIT ?`);
    this.#backwards = prepare(`${ofStream} AND revision < ? ORDER BY revision DESC LIMIT ?`);
    this.#all = prepare(`${OF_ALL} ORDER BY position LIMIT ?`);
    this.#isTombstoned = prepare('SELECT 1 FROM tombstone WHERE stream = ?');
    this.#ends = prepare('SELECT (SELECT max(position) FROM event), (SELECT max(position) FROM tombstone)');
  }

  /** Throws StreamTombstoned. */
  stream(stream: string, { direction, from, limit }: ReadStreamOptions): readonly LoggedEvent[] {
    const count = limit ?? -1; // SQLite's "no limit"
    const rows =
      direction === 'backwards'
        ? this.#backwards.all(stream, from ?? Number.MAX_SAFE_INTEGER, count)
        : this.#forwards.all(stream, from ?? -1, count);
    if (rows.length === 0 && this.#isTombstoned.get(stream) !== undefined) throw new StreamTombstoned(stream);
    return (rows as unknown as Row[]).map(toEvent);
  }

  /** The events of a range, from the first on. */
  after({ after, until, streams }: Range, limits: ChunkLimits): Chunk {
    // Before the events: what is seen now has no earlier event that is committed after it.
    const [head, tombstone] = this.#lastPositions();
    const lastTombstone = Math.min(tombstone ?? 0, until);
    const end = Math.min(head ?? 0, until);
    const lookedThrough = streams === undefined ? after : Math.min(end, after + LOOKED_THROUGH);
    const rows =
      streams === undefined
        ? this.#all.iterate(after, until, limits.events)
        : this.#ofStreams(streams.length).iterate(
            after,
            lookedThrough,
            ...streams.flatMap((beginning) => [beginning, `${beginning}\u{10ffff}`]),
            limits.events,
          );
    const events: LoggedEvent[] = [];
    let last = after;
    let characters = 0;
    for (const row of rows as unknown as Iterable<Row>) {
      events.push(toEvent(row));
      last = row[0];
      characters += row[5].length + row[6].length;
      if (characters >= limits.characters) break;
    }
    if (events.length >= limits.events || characters >= limits.characters) {
      return { events, last, scanned: last, atEnd: false };
    }
    const atEnd = streams === undefined || lookedThrough >= end;
    return { events, last, scanned: Math.max(last, lookedThrough, atEnd ? lastTombstone : 0), atEnd };
  }

  /** Position of the last event. */
  head(): number | undefined {
    return this.#lastPositions()[0] ?? undefined;
  }

  #ofStreams(beginnings: number): StatementSync {
    const prepared = this.#some.get(beginnings);
    if (prepared !== undefined) return prepared;
    // By position: by the index of streams all of them would have to be sorted for every chunk.
    const named = Array.from({ length: beginnings }, () => '+stream >= ? AND +stream < ?').join(' OR ');
    const statement = this.#prepare(`${OF_ALL} AND (${named}) ORDER BY position LIMIT ?`);
    this.#some.set(beginnings, statement);
    return statement;
  }

  #lastPositions(): readonly [event: number | null, tombstone: number | null] {
    return this.#ends.get() as unknown as [number | null, number | null];
  }
}
