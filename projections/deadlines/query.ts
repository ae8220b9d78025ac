import { caseStreams } from '../../domain/case/kind.ts';
import { KINDS_WITH_DEADLINES } from '../../domain/deadlines/index.ts';
import { isCaseworker, type Viewer } from '../../domain/kernel/access.ts';
import type { Side } from '../../domain/kernel/sides.ts';
import { dayOf, type Instant, type PlainDate } from '../../domain/kernel/time.ts';
import { allOf, type Condition, compare, oneOf } from '../conditions.ts';
import { type Page, pageOf } from '../page.ts';
import type { QueryDatabase } from '../query-database.ts';
import { EVERY_RECORD } from './rows.ts';

/** A deadline on which somebody still has to act. */
export interface DeadlineRow extends DeadlinePlace {
  readonly kind: string;
  readonly side: Side;
  readonly started: string;
  readonly startedBy: string | null;
  /** 1 where the due date is the earliest that it can be. */
  readonly isEarliest: number;
  readonly extendedFrom: PlainDate | null;
}

/** The place in the list after which a page begins. */
export interface DeadlinePlace {
  readonly due: PlainDate;
  readonly recordId: string;
  readonly rule: string;
}

export interface DeadlineFilter {
  /** Last and first day, both left out themselves. */
  readonly dueBefore?: PlainDate | undefined;
  readonly dueAfter?: PlainDate | undefined;
  readonly overdue?: boolean | undefined;
  /** An office that sees the record. */
  readonly office?: string | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly rule?: readonly string[] | undefined;
}

const COLUMNS = `d.due, d.record_id AS recordId, d.rule, d.kind, d.side, d.started, d.started_by AS startedBy,
  d.is_earliest AS isEarliest, d.extended_from AS extendedFrom`;

/** The read model that has the deadlines of a kind of records. */
const MODELS: ReadonlyMap<string, readonly string[]> = Map.groupBy(KINDS_WITH_DEADLINES, (kind) =>
  kind === caseStreams.category ? 'cases' : 'history',
);

/** Past the last day, by the clock of the side that counts it. The first comparison holds for both and is that of the index. */
const isOver = (now: Instant): Condition => [
  "(d.due < ? AND (d.side = 'CN' OR d.due < ?))",
  dayOf(now, 'CN'),
  dayOf(now, 'VN'),
];

const overdueOrNot = (overdue: boolean | undefined, now: Instant): Condition | undefined => {
  if (overdue === undefined) return undefined;
  const [sql, ...parameters] = isOver(now);
  return overdue ? [sql, ...parameters] : [`NOT ${sql} AND d.due >= ?`, ...parameters, dayOf(now, 'VN')];
};

export const createDeadlineQueries = (database: QueryDatabase) => {
  const counts = database.keep<Readonly<Record<string, number>>>(2);
  return {
    /** Open deadlines of records that the viewer sees, those that are due first at the beginning. */
    list: (
      viewer: Viewer,
      { dueBefore, dueAfter, overdue, office, kind, rule }: DeadlineFilter,
      {
        now,
        after,
        limit,
      }: { readonly now: Instant; readonly after?: DeadlinePlace | undefined; readonly limit: number },
    ): Page<DeadlineRow, DeadlinePlace> => {
      if (viewer.role !== 'auditor' && !isCaseworker(viewer)) return { items: [], next: undefined };
      const ownOffice = viewer.role === 'auditor' ? (office ?? EVERY_RECORD) : viewer.office;
      const parts = [...MODELS]
        .filter(([, kinds]) => kind === undefined || kinds.some((each) => kind.includes(each)))
        .map(([model]) => {
          const { sql, parameters } = allOf([
            ['d.office = ?', ownOffice],
            compare('d.due <', dueBefore),
            compare('d.due >', dueAfter),
            after && ['d.due >= ?', after.due],
            after && ['(d.due, d.record_id, d.rule) > (?, ?, ?)', after.due, after.recordId, after.rule],
            overdueOrNot(overdue, now),
            oneOf('d.kind', kind),
            oneOf('d.rule', rule),
            alsoSeenBy(model, office === ownOffice ? undefined : office),
          ]);
          return {
            sql: `SELECT * FROM (SELECT ${COLUMNS} FROM ${model}.deadline d WHERE ${sql}
            ORDER BY d.due, d.record_id, d.rule LIMIT ?)`,
            parameters: [...parameters, limit + 1],
          };
        });
      if (parts.length === 0) return { items: [], next: undefined };
      const rows = database
        .prepare(`${parts.map(({ sql }) => sql).join(' UNION ALL ')} ORDER BY due, recordId, rule LIMIT ?`)
        .all(...parts.flatMap(({ parameters }) => parameters), limit + 1) as readonly DeadlineRow[];
      return pageOf(rows, limit, ({ due, recordId, rule }) => ({ due, recordId, rule }));
    },

    /** How many deadlines of each kind of records are overdue. Counted once a day, unless the views have gone on. */
    countOverdue: (now: Instant): Readonly<Record<string, number>> =>
      counts(`${dayOf(now, 'CN')} ${dayOf(now, 'VN')}`, () => countOverdue(database, now)),
  };
};

const countOverdue = (database: QueryDatabase, now: Instant): Readonly<Record<string, number>> => {
  const counted: Record<string, number> = Object.fromEntries(KINDS_WITH_DEADLINES.map((kind) => [kind, 0]));
  const [sql, ...parameters] = isOver(now);
  for (const model of MODELS.keys()) {
    const rows = database
      .prepare(`SELECT d.kind, count(*) AS overdue FROM ${model}.deadline d WHERE d.office = ? AND ${sql} GROUP BY 1`)
      .all(EVERY_RECORD, ...parameters) as readonly { kind: string; overdue: number }[];
    for (const { kind, overdue } of rows) counted[kind] = overdue;
  }
  return counted;
};

const alsoSeenBy = (model: string, office: string | undefined): Condition | undefined =>
  office === undefined
    ? undefined
    : [
        `EXISTS (SELECT 1 FROM ${model}.deadline o
           WHERE o.office = ? AND o.due = d.due AND o.record_id = d.record_id AND o.rule = d.rule)`,
        office,
      ];

export type DeadlineQueries = ReturnType<typeof createDeadlineQueries>;
