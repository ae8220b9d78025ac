import { isDeepStrictEqual } from 'node:util';
import type { ReadModelDatabase } from './database.ts';

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** A row that two databases do not have alike; where the one has none of this key, it is undefined. */
export interface RowDifference {
  readonly table: string;
  /** The columns of the primary key. */
  readonly key: readonly string[];
  readonly live: Row | undefined;
  readonly replayed: Row | undefined;
  /** The columns that differ; none where one of the two has no such row. */
  readonly columns: readonly string[];
}

/** What there is to tell after some more rows of a table were looked at. */
export interface Compared {
  readonly table: string;
  /** How many rows the replayed table has up to here. */
  readonly rows: number;
  readonly differences: readonly RowDifference[];
  /** All rows of the table were looked at. */
  readonly ended: boolean;
}

/** Rows that are looked at in one go. */
const AT_ONCE = 1_000;

/** The checkpoint tells how far a view is, and is no part of what it shows. */
const tablesOf = (database: ReadModelDatabase): readonly string[] =>
  (
    database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'checkpoint' ORDER BY name")
      .all() as unknown as readonly { readonly name: string }[]
  ).map(({ name }) => name);

const keyOf = (database: ReadModelDatabase, table: string): readonly string[] =>
  (
    database
      .prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
      .all(table) as unknown as readonly {
      readonly name: string;
    }[]
  ).map(({ name }) => name);

/** Every table of a view that was replayed, row by row with the live one; both have the same schema. */
export function* compareViews(live: ReadModelDatabase, replayed: ReadModelDatabase): Generator<Compared> {
  for (const table of tablesOf(replayed)) yield* compareTables(table, live, replayed);
}

function* compareTables(table: string, live: ReadModelDatabase, replayed: ReadModelDatabase): Generator<Compared> {
  const key = keyOf(replayed, table);
  const rowsOf = (database: ReadModelDatabase): Iterator<Row> =>
    database.prepare(`SELECT * FROM ${table} ORDER BY ${key.join(', ')}`).iterate() as Iterator<Row>;
  const [ofLive, ofReplayed] = [rowsOf(live), rowsOf(replayed)];
  let [left, right] = [next(ofLive), next(ofReplayed)];
  let rows = 0;
  let looked = 0;
  let differences: RowDifference[] = [];
  while (left !== undefined || right !== undefined) {
    const order = inOrder(key, left, right);
    const pair = { live: order <= 0 ? left : undefined, replayed: order >= 0 ? right : undefined };
    const columns = pair.live && pair.replayed ? differing(pair.live, pair.replayed) : [];
    if (order !== 0 || columns.length > 0) differences.push({ table, key, ...pair, columns });
    if (order >= 0) rows++;
    if (order <= 0) left = next(ofLive);
    if (order >= 0) right = next(ofReplayed);
    if (++looked % AT_ONCE > 0) continue;
    yield { table, rows, differences, ended: false };
    differences = [];
  }
  yield { table, rows, differences, ended: true };
}

const next = (rows: Iterator<Row>): Row | undefined => {
  const { done, value } = rows.next();
  return done === true ? undefined : (value as Row);
};

/** Less than 0 where the first comes first by its key, or alone; the order is that of SQLite, by the bytes of a text. */
const inOrder = (key: readonly string[], a: Row | undefined, b: Row | undefined): number => {
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  for (const column of key) {
    const [one, other] = [a[column] as string | number, b[column] as string | number];
    if (one === other) continue;
    return typeof one === 'string' ? Buffer.compare(Buffer.from(one), Buffer.from(String(other))) : one - Number(other);
  }
  return 0;
};

const differing = (live: Row, replayed: Row): readonly string[] =>
  Object.keys(replayed).filter(
    (column) => live[column] !== replayed[column] && !isSameJson(live[column], replayed[column]),
  );

/** The order of the fields of a document depends on when the process that wrote it had begun. */
const isSameJson = (live: Value | undefined, replayed: Value | undefined): boolean => {
  const [one, other] = [documentOf(live), documentOf(replayed)];
  return one !== undefined && other !== undefined && isDeepStrictEqual(one, other);
};

/** What a column holds, where that is a document; undefined of every other value. */
export const documentOf = (value: Value | undefined): object | undefined => {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as object;
  } catch {
    return undefined;
  }
};

export interface RecordOfRow {
  readonly category: string;
  readonly id: string;
}

/** The tables in which a number stands for a record. */
const NUMBERED_CASE = 'case_status';
const NUMBERED_RECORD = 'numbered_record';

/**
 * The record that a row is about; undefined where it cannot be told, or the row is about none. Rows of every table name it in one of a few
 * ways; what has been read of a record is no part of the record.
 */
export const recordOfRow = (databases: readonly ReadModelDatabase[], row: Row): RecordOfRow | undefined => {
  const numbered = (table: string, sql: string, number: Value): RecordOfRow | undefined =>
    databases
      .filter((database) => tablesOf(database).includes(table))
      .map((database) => database.prepare(sql).get(number) as RecordOfRow | undefined)
      .find((found) => found !== undefined);
  const { case_id: caseId, record_id: recordId, number } = row;
  if (typeof caseId === 'string') return { category: 'case', id: caseId };
  if (typeof recordId === 'string') {
    const category = row.category ?? row.kind;
    return typeof category === 'string' ? { category, id: recordId } : undefined;
  }
  const recordNumber = row.record_number ?? row.case_number;
  if (recordNumber !== undefined) {
    const sql = `SELECT category, record_id AS id FROM ${NUMBERED_RECORD} WHERE number = ?`;
    return numbered(NUMBERED_RECORD, sql, recordNumber);
  }
  if (number === undefined) return undefined;
  return numbered(
    NUMBERED_CASE,
    `SELECT 'case' AS category, case_id AS id FROM ${NUMBERED_CASE} WHERE number = ?`,
    number,
  );
};
