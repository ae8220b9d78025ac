import type { Viewer } from '../../domain/case/access.ts';
import type { CaseKind } from '../../domain/case/kinds.ts';
import type { Direction } from '../../domain/reference/sides.ts';
import type { AsOf } from '../as-of.ts';
import type { ReadModelDatabase } from '../database.ts';

export const YEARLY_GROUPS = ['year', 'direction', 'kind', 'pass'] as const;
export type YearlyGroup = (typeof YEARLY_GROUPS)[number];

export interface YearlyFilter {
  /** First and last year, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly direction?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  /** Codes of passes, and `none` for handovers at no pass. */
  readonly pass?: readonly string[] | undefined;
  /** What was known then; left out, what is known now. */
  readonly asOf?: AsOf | undefined;
}

/** Asks for handovers at no pass, such as at an airport. */
export const NO_PASS = 'none';

/** One figure. The fields that it is grouped by are there; `pass` is null for handovers at no pass. */
export interface YearlyRow {
  readonly year?: number;
  readonly direction?: Direction;
  readonly kind?: CaseKind;
  readonly pass?: string | null;
  readonly persons: number;
  /** Distinct within this row: they do not add up across rows. */
  readonly incidents: number;
}

/** A line behind a figure. */
export interface ContributionRow {
  readonly number: number;
  readonly caseId: string;
  readonly eventId: string;
  readonly handoverDate: string;
  readonly year: number | null;
  readonly direction: Direction;
  readonly kind: CaseKind;
  readonly pass: string | null;
  readonly incident: string;
  /** The event from which on it counts, and its position. */
  readonly fromEvent: string;
  readonly fromPosition: string;
}

const CONTRIBUTION_COLUMNS = `number, case_id AS caseId, event_id AS eventId, handover_date AS handoverDate, year, direction,
  kind, pass, incident, from_event AS fromEvent, from_position AS fromPosition`;

export const createHandoverQueries = (database: ReadModelDatabase) => ({
  /** What is read within belongs together: nothing is written to the views in between. */
  atOnce: <Answer>(read: () => Answer): Answer => {
    database.exec('SAVEPOINT at_once');
    try {
      return read();
    } finally {
      database.exec('RELEASE at_once');
    }
  },

  /** Handovers counted by the year of their minutes. */
  yearly: (filter: YearlyFilter, groupBy: readonly YearlyGroup[]): readonly YearlyRow[] => {
    const { sql, parameters } = conditions(filter, ['year IS NOT NULL']);
    const columns = groupBy.map((group) => `${group}, `).join('');
    const grouping = groupBy.length > 0 ? `GROUP BY ${groupBy.join(', ')} ORDER BY ${groupBy.join(', ')}` : '';
    return database
      .prepare(
        `SELECT ${columns}count(*) AS persons, count(DISTINCT incident) AS incidents
         FROM history.contribution c WHERE ${sql} ${grouping}`,
      )
      .all(...parameters) as unknown as readonly YearlyRow[];
  },

  /** The lines that make a figure, of cases that the viewer sees, in order of their number, after one of them. */
  behind: (
    viewer: Viewer,
    filter: YearlyFilter,
    { after = 0, limit }: { readonly after?: number | undefined; readonly limit: number },
  ): readonly ContributionRow[] =>
    contributions(database, filter, ['year IS NOT NULL', ...seenBy(viewer)], after, limit),

  /** How many lines of a figure are of cases that the viewer sees. */
  countBehind: (viewer: Viewer, filter: YearlyFilter): number => {
    const { sql, parameters } = conditions(filter, ['year IS NOT NULL', ...seenBy(viewer)]);
    const row = database
      .prepare(`SELECT count(*) AS count FROM history.contribution c WHERE ${sql}`)
      .get(...parameters);
    return (row as { count: number }).count;
  },

  /** Handovers whose date leaves open in which year they count, so that they are in no figure. */
  openYear: (filter: YearlyFilter): readonly ContributionRow[] =>
    contributions(database, filter, ['year IS NULL'], 0, -1),

  /** Handovers at New Year that the two sides' books can put into different years. */
  newYearCases: (filter: YearlyFilter): readonly ContributionRow[] =>
    contributions(database, filter, ['new_year_case = 1'], 0, -1),
});

export type HandoverQueries = ReturnType<typeof createHandoverQueries>;

/** A condition, with its parameters where it has some. */
type Restriction = string | readonly [sql: string, ...parameters: string[]];

const seenBy = (viewer: Viewer): readonly Restriction[] =>
  viewer.role === 'auditor'
    ? []
    : [
        [
          `EXISTS (SELECT 1 FROM cases.case_status s JOIN cases.case_office o USING (number)
             WHERE s.case_id = c.case_id AND o.office = ?)`,
          viewer.office,
        ],
      ];

const contributions = (
  database: ReadModelDatabase,
  filter: YearlyFilter,
  restrictions: readonly Restriction[],
  after: number,
  limit: number,
): readonly ContributionRow[] => {
  const { sql, parameters } = conditions(filter, restrictions);
  return database
    .prepare(
      `SELECT ${CONTRIBUTION_COLUMNS} FROM history.contribution c WHERE ${sql} AND number > ? ORDER BY number LIMIT ?`,
    )
    .all(...parameters, after, limit) as unknown as readonly ContributionRow[];
};

const conditions = (
  { from, to, direction, kind, pass, asOf }: YearlyFilter,
  restrictions: readonly Restriction[],
): { readonly sql: string; readonly parameters: (string | number)[] } => {
  const sql: string[] = [];
  const parameters: (string | number)[] = [];
  const restrict = (condition: string, ...values: readonly (string | number)[]): void => {
    sql.push(condition);
    parameters.push(...values);
  };
  for (const each of restrictions) typeof each === 'string' ? restrict(each) : restrict(...each);
  // By the days, so that a date that leaves the year open is found in each year that it touches.
  if (from !== undefined) restrict('last_day >= ?', `${String(from).padStart(4, '0')}-01-01`);
  if (to !== undefined) restrict('first_day <= ?', `${String(to).padStart(4, '0')}-12-31`);
  for (const [column, values] of Object.entries({ direction, kind, [`ifnull(pass, '${NO_PASS}')`]: pass })) {
    if (values !== undefined) restrict(`${column} IN (${values.map(() => '?').join(', ')})`, ...values);
  }
  if (asOf === undefined) restrict('to_position IS NULL');
  else if ('position' in asOf) {
    restrict('from_position <= ? AND (to_position IS NULL OR to_position > ?)', asOf.position, asOf.position);
  } else restrict('from_known_at <= ? AND (to_known_at IS NULL OR to_known_at > ?)', asOf.instant, asOf.instant);
  return { sql: sql.join(' AND '), parameters };
};
