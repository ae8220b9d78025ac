import type { AccessRecord } from '../../domain/access/record.ts';
import type { PlainDate } from '../../domain/kernel/time.ts';
import { allOf, type Condition, compare, oneOf } from '../conditions.ts';
import { type Page, pageOf } from '../page.ts';
import type { QueryDatabase } from '../query-database.ts';

export interface AccessFilter {
  /** The id of a case, or of another record, of which something was read. */
  readonly record?: string | undefined;
  readonly subject?: string | undefined;
  readonly office?: string | undefined;
  readonly role?: readonly string[] | undefined;
  readonly part?: readonly string[] | undefined;
  readonly outcome?: readonly string[] | undefined;
  readonly purpose?: readonly string[] | undefined;
  /** First and last instant, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A record as the view has it. */
export interface AccessRow {
  readonly position: string;
  readonly place: number;
  readonly record: AccessRecord;
}

/** An event of an access stream; `data` and `metadata` are JSON text as the log has it. */
export interface AccessEventRow {
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** Where a record stands: its event, and the place among those of the event. */
type Place = Pick<AccessRow, 'position' | 'place'>;

/** The place in a list after which a page begins. */
export interface AccessPlace extends Place {
  readonly at: string;
}

export const createAccessQueries = (database: QueryDatabase) => {
  const selectEvent = database.prepare(
    'SELECT e.* FROM access.access_record r JOIN access.access_event e USING (position) WHERE r.id = ?',
  );
  const selectBefore = database.prepare(
    'SELECT stream FROM access.access_stream WHERE day < ? ORDER BY day, stream LIMIT ?',
  );

  return {
    /** Records of reading, the latest first. What shows everything shows each record. */
    list: (
      filter: AccessFilter,
      { after, limit }: { readonly after?: AccessPlace | undefined; readonly limit: number },
    ): Page<AccessRow, AccessPlace> => {
      const { sql, parameters } = allOf([
        ofRecord(filter.record),
        compare('subject =', filter.subject),
        compare('office =', filter.office),
        oneOf('role', filter.role),
        oneOf('part', filter.part),
        oneOf('outcome', filter.outcome),
        oneOf('purpose', filter.purpose),
        compare('at >=', filter.from),
        compare('at <=', filter.to),
        after && ['(at, position, place) < (?, ?, ?)', after.at, after.position, after.place],
      ]);
      const rows = database
        .prepare(
          `SELECT position, place, record FROM access.access_record WHERE ${sql}
           ORDER BY at DESC, position DESC, place DESC LIMIT ?`,
        )
        .all(...parameters, limit + 1) as readonly (Place & { readonly record: string })[];
      const found = rows.map((row) => ({ ...row, record: JSON.parse(row.record) as AccessRecord }));
      return pageOf(found, limit, ({ position, place, record: { at } }) => ({ at, position, place }));
    },

    /** The event by which a record was put on record; undefined where there is none, or none any more. */
    eventOf: (id: string): AccessEventRow | undefined => selectEvent.get(id) as AccessEventRow | undefined,

    /** So many streams of days before one, the longest there first. */
    streamsBefore: (day: PlainDate, limit: number): readonly string[] =>
      (selectBefore.all(day, limit) as readonly { readonly stream: string }[]).map(({ stream }) => stream),
  };
};

export type AccessQueries = ReturnType<typeof createAccessQueries>;

const ofRecord = (id: string | undefined): Condition | undefined =>
  id === undefined
    ? undefined
    : [
        `(position, place) IN (SELECT position, place FROM access.accessed WHERE record_id = ?
           UNION ALL SELECT position, place FROM access.access_record WHERE part = 'everything')`,
        id,
      ];
