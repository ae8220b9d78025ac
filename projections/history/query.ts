import type { Viewer } from '../../domain/kernel/access.ts';
import { allOf, compare, officesOfCase, oneOf, seenBy, seenByOneOf } from '../conditions.ts';
import type { QueryDatabase } from '../query-database.ts';
import { readCheckpoint } from '../runner.ts';
import type { AsOf } from '../times.ts';

/** An event as it was recorded; `data` and `metadata` are JSON text as the log has it. */
export interface EventRow {
  readonly position: string;
  readonly category: string;
  readonly recordId: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly knownAt: string;
  readonly data: string;
  readonly metadata: string;
}

export interface FeedFilter {
  readonly categories?: readonly string[] | undefined;
  readonly caseId?: string | undefined;
  readonly recordId?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  /** Offices one of which sees the record. */
  readonly offices?: readonly string[] | undefined;
}

const EVENT_COLUMNS =
  'e.position, r.category, r.record_id AS recordId, e.revision, e.id, e.type, e.known_at AS knownAt, e.data, e.metadata';

const EVENTS = 'history.event e JOIN history.numbered_record r ON r.number = e.record_number';

const OF_RECORD = 'record_number = (SELECT number FROM history.numbered_record WHERE category = ? AND record_id = ?)';

/** SQL for the offices that see the record of an event. */
const OFFICES = `(CASE r.category WHEN 'case' THEN ${officesOfCase('r.record_id')}
  ELSE (SELECT offices FROM history.register_record WHERE record_number = r.number) END)`;

/** Events that the feed looks at in one go: what others see is passed over, and nobody else is served meanwhile. */
const FEED_WINDOW = 500;

export const createHistoryQueries = (database: QueryDatabase) => {
  const selectOfRecord = database.prepare(
    `SELECT ${EVENT_COLUMNS} FROM ${EVENTS} WHERE e.${OF_RECORD} AND e.revision > ? ORDER BY e.revision LIMIT ?`,
  );
  const selectIds = database.prepare(
    'SELECT record_id AS id FROM history.numbered_record WHERE category = ? ORDER BY number',
  );
  const selectBetween = database.prepare(
    `SELECT ${EVENT_COLUMNS} FROM ${EVENTS} WHERE e.position BETWEEN ? AND ? ORDER BY e.position`,
  );
  const selectAsOfPosition = database.prepare(
    `SELECT max(revision) AS revision FROM history.event WHERE ${OF_RECORD} AND position <= ?`,
  );
  const selectAsOfInstant = database.prepare(
    `SELECT max(revision) AS revision FROM history.event WHERE ${OF_RECORD} AND known_at <= ?`,
  );

  const selectKnownAt = database.prepare(
    'SELECT position FROM history.event WHERE known_at <= ? ORDER BY known_at DESC, position DESC LIMIT 1',
  );

  const selectLatest = database.prepare(`SELECT max(revision) AS revision FROM history.event WHERE ${OF_RECORD}`);

  const selectWindowEnd = database.prepare(
    'SELECT position FROM history.event WHERE position > ? AND position <= ? ORDER BY position LIMIT 1 OFFSET ?',
  );
  const windowEnd = (after: string, upTo: string): string =>
    (selectWindowEnd.get(after, upTo, FEED_WINDOW) as { position: string } | undefined)?.position ?? upTo;

  return {
    /** The last revision of a record that this view has; undefined where it has none. Views are not all equally far. */
    latestRevision: (category: string, id: string): number | undefined =>
      (selectLatest.get(category, id) as { revision: number | null }).revision ?? undefined,

    /** The events of a record in order of their revision, after one of them. */
    ofRecord: (
      category: string,
      id: string,
      { after = -1, limit = -1 }: { readonly after?: number | undefined; readonly limit?: number | undefined } = {},
    ) => selectOfRecord.all(category, id, after, limit) as readonly EventRow[],

    /** Every event from one position to another, both included, in log order. */
    between: (first: string, last: string): readonly EventRow[] =>
      selectBetween.all(first, last) as readonly EventRow[],

    /** Ids of all records of a category, in the order in which they were opened. */
    idsOf: (category: string): readonly string[] =>
      (selectIds.all(category) as readonly { readonly id: string }[]).map(({ id }) => id),

    /** The last revision of a record that was known then; undefined where nothing of it was. */
    revisionAsOf: (category: string, id: string, asOf: AsOf): number | undefined => {
      const row = (
        'position' in asOf
          ? selectAsOfPosition.get(category, id, asOf.position)
          : selectAsOfInstant.get(category, id, asOf.instant)
      ) as { revision: number | null };
      return row.revision ?? undefined;
    },

    /** The position of the last event that was known then, or is now; empty where none was. */
    positionAsOf: (asOf: AsOf | undefined): string => {
      if (asOf === undefined) return readCheckpoint(database, 'history').position;
      if ('position' in asOf) return asOf.position;
      return (selectKnownAt.get(asOf.instant) as { position: string } | undefined)?.position ?? '';
    },

    /** How far both this read model and that of the cases have come: what the feed can give now. */
    scanned: (): string => {
      const [cases, history] = ['cases', 'history'].map((view) => readCheckpoint(database, view).position) as [
        string,
        string,
      ];
      return cases < history ? cases : history;
    },

    /**
     * Events in log order after a position and up to another, both opaque: those of records that the viewer sees, filtered.
     * `upTo` is what `scanned` said, so that no event is passed over unseen. A bounded number of events is looked at; `scanned` says how
     * far, so that the caller goes on from there.
     */
    feed: (
      viewer: Viewer,
      filter: FeedFilter,
      { after, upTo }: { readonly after: string; readonly upTo: string },
    ): { readonly events: readonly EventRow[]; readonly scanned: string } => {
      // The events of one record are few, and found by their index.
      const scanned = (filter.caseId ?? filter.recordId) === undefined ? windowEnd(after, upTo) : upTo;
      const { sql, parameters } = allOf([
        compare('e.position >', after),
        compare('e.position <=', scanned),
        seenBy(viewer, OFFICES),
        seenByOneOf(filter.offices, OFFICES),
        oneOf('r.category', filter.categories),
        filter.caseId === undefined ? undefined : ["r.category = 'case' AND r.record_id = ?", filter.caseId],
        compare('r.record_id =', filter.recordId),
        oneOf('e.type', filter.types),
        oneOf('(SELECT kind FROM cases.case_status WHERE case_id = r.record_id)', filter.kinds),
      ]);
      const events = database
        .prepare(`SELECT ${EVENT_COLUMNS} FROM ${EVENTS} WHERE ${sql} ORDER BY e.position`)
        .all(...parameters) as readonly EventRow[];
      return { events, scanned };
    },
  };
};

export type HistoryQueries = ReturnType<typeof createHistoryQueries>;
