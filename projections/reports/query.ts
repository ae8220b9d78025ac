import { type CountedDays, countedDays, type Period } from '../../domain/counting/days.ts';
import type { PersonFigure } from '../../domain/counting/figures.ts';
import type { ContributionOfRecord } from '../../domain/counting/of-records.ts';
import type { Scope } from '../../domain/counting/scope.ts';
import type { Viewer } from '../../domain/kernel/access.ts';
import type { Direction } from '../../domain/kernel/sides.ts';
import type { PlainDate } from '../../domain/kernel/time.ts';
import type { CaseKind } from '../../domain/reference/case-kinds.ts';
import { allOf, type Condition, compare, officesOfCase, oneOf, seenBy } from '../conditions.ts';
import type { Kept, QueryDatabase } from '../query-database.ts';
import { readCheckpoint } from '../runner.ts';
import { heldAt, saidAt, type Times } from '../times.ts';
import { isOfficeOf, linesIn, type Territory, territoryOf } from './scope.ts';

export interface ReportFilter extends Period, Times {
  /** Left out: all. */
  readonly scope?: Scope | undefined;
  /** Id of one operation: its results alone. */
  readonly operation?: string | undefined;
}

/** Persons and incidents of one figure; `undecided` are those whose date leaves open whether they are of it. */
export interface PersonCount {
  readonly persons: number;
  readonly incidents: number;
  readonly undecided: number;
}

export interface DirectedCount extends PersonCount {
  readonly direction: Direction;
}

export interface PersonCounts {
  readonly all: PersonCount;
  /** Without a direction in which there is nobody. */
  readonly byDirection: readonly DirectedCount[];
}

export const NOBODY: PersonCount = { persons: 0, incidents: 0, undecided: 0 };

/** What a record contributes. */
export interface RecordRow extends ContributionOfRecord {
  readonly number: number;
  readonly category: string;
  readonly recordId: string;
  readonly lower: string;
  readonly upper: string | undefined;
  readonly approximate: boolean;
  readonly provinces: readonly string[];
  readonly offices: readonly string[];
  /** The event from which on it counts, and its position. */
  readonly fromEvent: string;
  readonly fromPosition: string;
}

/** Which lines of a figure are asked for: those that it counts, or those of which the date leaves open whether they are of it. */
export type Counted = 'counted' | 'undecided';

/** What lines are asked for. */
export interface LinesAsked {
  readonly figure: PersonFigure;
  /** Left out: either. */
  readonly direction: Direction | undefined;
  readonly which: Counted;
}

/** The place of a line among those behind a figure. */
export interface LinePlace {
  readonly day: PlainDate;
  readonly number: number;
}

/** A person's line behind a figure. */
export interface PersonLine extends LinePlace {
  readonly caseId: string;
  readonly eventId: string;
  readonly date: string;
  readonly direction: Direction;
  readonly kind: CaseKind;
  readonly pass: string | null;
  readonly incident: string;
  readonly fromEvent: string;
  readonly fromPosition: string;
}

const ANSWERS_AT_HAND = 200;

/** What a period report counts of cases, and takes of the registers. */
export const createReportQueries = (database: QueryDatabase) => {
  const counts = database.keep<Count>(ANSWERS_AT_HAND);
  return {
    /** Answers made of these queries. */
    answers: database.keep<string>(ANSWERS_AT_HAND),

    /** How far the view has come; it changes with every answer. */
    position: (): string => readCheckpoint(database, 'history').position,

    /** What is asked of one period and scope. */
    of: (filter: ReportFilter): PeriodQueries => periodQueries(database, counts, filter),

    /** Those of some contributions that are of records which the viewer sees. */
    seen: (viewer: Viewer, rows: readonly RecordRow[]): readonly RecordRow[] => {
      const { sql, parameters } = allOf([
        ['r.record_number = n.number AND n.record_id = ?'],
        seenBy(viewer, 'r.offices'),
      ]);
      const query = database.prepare(
        `SELECT 1 FROM history.register_record r, history.numbered_record n WHERE ${sql} AND n.category = ?`,
      );
      return rows.filter(({ recordId, category }) => query.get(recordId, ...parameters, category) !== undefined);
    },

    /** Published statements, as they are shown. */
    statements: (): readonly unknown[] =>
      (
        database
          .prepare(
            `SELECT r.document FROM history.register_reference f
             JOIN history.register_record r ON r.record_number = f.record_number
           WHERE f.category = 'statement' AND f.name = 'status' AND f.value = 'published' ORDER BY r.record_number`,
          )
          .all() as readonly { readonly document: string }[]
      ).map(({ document }) => JSON.parse(document)),
  };
};

export type ReportQueries = ReturnType<typeof createReportQueries>;

interface Count {
  readonly count: number;
}

/** What is asked of one period and scope: what belongs to the scope is looked up once for all of it. */
const periodQueries = (database: QueryDatabase, counts: Kept<Count>, filter: ReportFilter) => {
  const { scope, operation, asOf, at } = filter;
  const days = countedDays(filter, at);
  const territory = scope && territoryOf(database, scope, asOf);
  const held = [territory && linesIn(territory), heldAt(asOf), saidAt(at)];

  const linesOf = ({ figure, direction, which }: LinesAsked): readonly (Condition | undefined)[] => [
    ['measure = ?', figure.measure],
    ['kind = ?', figure.kind],
    ofDays(days, which),
    figure.offence === undefined
      ? undefined
      : ['EXISTS (SELECT 1 FROM json_each(offences) WHERE value = ?)', figure.offence],
    compare('direction =', direction),
    ...held,
  ];

  const count = (figure: PersonFigure, group?: 'direction'): readonly object[] => {
    const [counted, undecided] = (['counted', 'undecided'] as const).map((which) =>
      allOf(linesOf({ figure, direction: undefined, which })),
    );
    return database
      .prepare(
        `SELECT ${group === undefined ? '' : `${group}, `}count(*) FILTER (WHERE counted) AS persons,
           count(DISTINCT CASE WHEN counted THEN incident END) AS incidents,
           count(*) FILTER (WHERE NOT counted) AS undecided
         FROM (SELECT direction, incident, TRUE AS counted FROM history.contribution WHERE ${counted?.sql}
               UNION ALL SELECT direction, incident, FALSE FROM history.contribution WHERE ${undecided?.sql})
         ${group === undefined ? '' : `GROUP BY ${group}`}`,
      )
      .all(...(counted?.parameters ?? []), ...(undecided?.parameters ?? [])) as readonly object[];
  };

  return {
    /** The days of the period of which something can be told. */
    days,

    /** Persons and incidents of one figure: by direction, and in whichever; incidents do not add up across the two. */
    persons: (figure: PersonFigure): PersonCounts => {
      const byDirection = count(figure, 'direction') as readonly DirectedCount[];
      const [first, ...others] = byDirection;
      const all = others.length > 0 ? (count(figure)[0] as PersonCount) : (first ?? NOBODY);
      return { all, byDirection };
    },

    /** The lines behind a figure, of cases that the viewer sees, in order of their days, after one of them. */
    lines: (
      viewer: Viewer,
      asked: LinesAsked,
      { after, limit }: { readonly after?: LinePlace | undefined; readonly limit: number },
    ): readonly PersonLine[] => {
      const { sql, parameters } = allOf([
        ...linesOf(asked),
        seenBy(viewer, officesOfCase('n.record_id')),
        after && ['(c.last_day, c.number) > (?, ?)', after.day, after.number],
      ]);
      return database
        .prepare(
          `SELECT c.number, c.last_day AS day, n.record_id AS caseId, event_id AS eventId, date, direction, kind, pass, incident,
             from_event AS fromEvent, from_position AS fromPosition
           FROM ${LINES} WHERE ${sql} ORDER BY c.last_day, c.number LIMIT ?`,
        )
        .all(...parameters, limit) as readonly PersonLine[];
    },

    /** How many lines a figure has of cases that the viewer sees; left out, of all. */
    countLines: (viewer: Viewer | undefined, asked: LinesAsked): number => {
      const { sql, parameters } = allOf([...linesOf(asked), viewer && seenBy(viewer, officesOfCase('n.record_id'))]);
      const query = `SELECT count(*) AS count FROM ${LINES} WHERE ${sql}`;
      return counts(`${query} ${JSON.stringify(parameters)}`, () => database.prepare(query).get(...parameters) as Count)
        .count;
    },

    /** What the registers contribute of some measures that can be of the period. */
    records: (measures: readonly string[]): readonly RecordRow[] => {
      const { sql, parameters } = allOf([
        oneOf('c.measure', measures),
        ['c.first_day <= ? AND (c.last_day IS NULL OR c.last_day >= ?)', days.begun, days.from],
        operation === undefined ? undefined : ["n.record_id = ? AND n.category = 'operation'", operation],
        heldAt(asOf),
      ]);
      const rows = database
        .prepare(
          `SELECT c.number, n.category, n.record_id AS recordId, measure, first_day AS firstDay, last_day AS lastDay, subjects,
             substance, unit, lower, upper, approximate, provinces, offices, from_event AS fromEvent, from_position AS fromPosition
           FROM history.register_contribution c JOIN history.numbered_record n ON n.number = c.record_number
           WHERE ${sql} ORDER BY c.number`,
        )
        .all(...parameters) as readonly Record<string, unknown>[];
      return rows.map(recordRow).filter((row) => territory === undefined || isRecordOf(territory, row));
    },
  };
};

export type PeriodQueries = ReturnType<typeof periodQueries>;

/** Those that had happened on some days, or those of which it is open whether they had; see countedDays. */
const ofDays = ({ from, to, begun }: CountedDays, which: Counted): Condition => {
  if (begun < from) return ['FALSE'];
  if (which === 'counted') return ['last_day BETWEEN ? AND ? AND first_day >= ?', from, to, from];
  // An index has those of which no more is known than some days.
  const roughly = to === begun ? 'first_day <> last_day AND ' : '';
  return [`${roughly}last_day >= ? AND first_day <= ? AND (first_day < ? OR last_day > ?)`, from, begun, from, to];
};

const LINES = 'history.contribution c JOIN history.numbered_record n ON n.number = c.record_number';

const recordRow = (row: Record<string, unknown>): RecordRow =>
  ({
    ...row,
    subjects: JSON.parse(row.subjects as string),
    provinces: JSON.parse(row.provinces as string),
    offices: JSON.parse(row.offices as string),
    upper: row.upper ?? undefined,
    approximate: row.approximate === 1,
  }) as unknown as RecordRow;

const isRecordOf = (territory: Territory, { provinces, offices }: RecordRow): boolean =>
  provinces.some((province) => territory.provinces.includes(province)) ||
  offices.some((office) => isOfficeOf(territory, office));
