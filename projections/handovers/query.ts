import { AGREEMENTS, type Agreement } from '../../domain/case/handover-lines.ts';
import type { Viewer } from '../../domain/kernel/access.ts';
import type { Direction } from '../../domain/kernel/sides.ts';
import { CASE_KINDS, type CaseKind } from '../../domain/reference/case-kinds.ts';
import { DIRECTIONS } from '../../domain/reference/sides.ts';
import { createSeesFew, FEW_CASES } from '../cases/few.ts';
import { allOf, type Condition, compare, officeOf, officesOfCase, oneOf, seenBy } from '../conditions.ts';
import type { Kept, QueryDatabase } from '../query-database.ts';
import { readCheckpoint } from '../runner.ts';
import { canHaveSaidMore, contributedAt, type Happened, isNow, type Times } from '../times.ts';
import { diffQueries } from './diff-query.ts';
import {
  HANDOVERS,
  inYears,
  NO_PASS,
  touchingYears,
  type YearlyFilter,
  type YearlyGroup,
  yearlyConditions,
} from './yearly-filter.ts';

/** One figure. The fields that it is grouped by are there; `pass` is null for handovers at no pass. */
export interface YearlyRow {
  readonly year?: number;
  readonly direction?: Direction;
  readonly kind?: CaseKind;
  readonly pass?: string | null;
  readonly persons: number;
  /** Distinct within this row: they do not add up across rows. */
  readonly incidents: number;
  /** Persons of whom the delivering side, the receiving side, and both in agreement say so. */
  readonly delivered: number;
  readonly received: number;
  readonly matched: number;
  /** Only of what had happened by a time: persons of whom it is open whether a next word had been said by then. */
  readonly openWords?: number;
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
  /** The year into which the book of one side can put it, where that is another. */
  readonly otherYear: number | null;
  /** The event from which on it counts, and its position. */
  readonly fromEvent: string;
  readonly fromPosition: string;
}

/** A handover that the two sides' books can have in different years. */
export type NewYearRow = ContributionRow & { readonly year: number; readonly otherYear: number };

/** A person's handover with the words of the two sides. */
export interface HandoverRow
  extends Pick<ContributionRow, 'number' | 'caseId' | 'eventId' | 'handoverDate' | 'direction' | 'kind' | 'pass'> {
  readonly lastDay: string;
  readonly minutes: string | null;
  readonly delivered: 0 | 1;
  readonly received: 0 | 1;
  readonly agreement: Agreement;
  /** JSON list. */
  readonly differsIn: string;
  /** Whether the next word can have been said by the time that is asked for. */
  readonly openWords: 0 | 1;
}

export interface HandoverFilter extends Times {
  readonly agreement?: readonly string[] | undefined;
  readonly direction?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly pass?: readonly string[] | undefined;
  /** First and last day of the date in the minutes, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Handovers of which those of some days are wanted. */
export interface DaysFilter {
  readonly kinds: readonly string[];
  /** First and last day on which one can have been, both included. */
  readonly from: string;
  readonly to: string;
}

/** A handover as it counted at a position of the log. */
export type CountedRow = Pick<ContributionRow, 'caseId' | 'eventId' | 'handoverDate' | 'direction' | 'kind' | 'pass'>;

/** The place in the list of handovers before which a page begins. */
export interface HandoverPlace {
  readonly day: string;
  readonly number: number;
}

const CONTRIBUTION_COLUMNS = `c.number, n.record_id AS caseId, event_id AS eventId, date AS handoverDate, year, direction,
  kind, pass, incident, other_year AS otherYear, from_event AS fromEvent, from_position AS fromPosition`;

const CONTRIBUTIONS = 'history.contribution c JOIN history.numbered_record n ON n.number = c.record_number';

const DIRECTION_CODES = DIRECTIONS.map(({ code }) => code);

const ANSWERS_AT_HAND = 500;

interface Count {
  readonly count: number;
}

const atPass = (pass: string): Condition => (pass === NO_PASS ? ['c.pass IS NULL'] : ['c.pass = ?', pass]);

/** What a list is asked for. */
const inList = ({ agreement, direction, kind, pass, from, to }: HandoverFilter): readonly (Condition | undefined)[] => [
  oneOf('c.agreement', agreement),
  oneOf('c.direction', direction),
  oneOf('c.kind', kind),
  oneOf(`ifnull(c.pass, '${NO_PASS}')`, pass),
  compare('c.last_day >=', from),
  compare('c.first_day <=', to),
];

/** That a handover can have been by a day: by its last day, or, where that is later, by its first. */
const upTo = (day: string): readonly (readonly Condition[])[] => [
  [['c.last_day <= ?', day]],
  [['c.first_day <> c.last_day AND c.last_day > ? AND c.first_day <= ?', day, day]],
];

/** The same by the cases that an office sees. */
const LISTED_OF_OFFICE = `cases.case_of_office o JOIN cases.case_status s ON s.number = o.number
  JOIN history.numbered_record n ON n.record_id = s.case_id AND n.category = 'case'
  JOIN history.contribution c ON c.record_number = n.number`;

/** `few`: how many cases are gone through at once. */
export const createHandoverQueries = (database: QueryDatabase, few = FEW_CASES) =>
  handoverQueries(database, createSeesFew(database, few), database.keep<Count>(ANSWERS_AT_HAND));

const handoverQueries = (database: QueryDatabase, seesFew: (office: string) => boolean, counts: Kept<Count>) => ({
  /** Answers made of these queries. */
  answers: database.keep<string>(ANSWERS_AT_HAND),

  /** How far the view has come; it changes with every answer. */
  position: (): string => readCheckpoint(database, 'history').position,

  /** Handovers counted by the year of their minutes. */
  yearly: (filter: YearlyFilter, groupBy: readonly YearlyGroup[]): readonly YearlyRow[] => {
    const { sql, parameters } = yearlyConditions(filter, inYears(filter));
    const columns = groupBy.map((group) => `${group}, `).join('');
    const [open, ...openParameters] = canHaveSaidMore(filter.at);
    const openWords = filter.at === undefined ? '' : `, count(*) FILTER (WHERE ${open}) AS openWords`;
    const grouping = groupBy.length > 0 ? `GROUP BY ${groupBy.join(', ')} ORDER BY ${groupBy.join(', ')}` : '';
    return database
      .prepare(
        `SELECT ${columns}count(*) AS persons, count(DISTINCT incident) AS incidents,
           coalesce(sum(delivered), 0) AS delivered, coalesce(sum(received), 0) AS received,
           coalesce(sum(agreement = 'matched'), 0) AS matched${openWords}
         FROM history.contribution WHERE ${sql} ${grouping}`,
      )
      .all(...openParameters, ...parameters) as readonly YearlyRow[];
  },

  /** Handovers of cases that the viewer sees, the latest first. */
  list: (
    viewer: Viewer,
    filter: HandoverFilter,
    {
      which = 'happened',
      before,
      limit,
    }: { readonly which?: Happened | undefined; readonly before?: HandoverPlace | undefined; readonly limit: number },
  ): readonly HandoverRow[] => {
    const { agreement, direction, kind = CASE_KINDS, pass } = filter;
    const office = officeOf(viewer);
    const isOfFew = office !== undefined && seesFew(office);
    const listed = isOfFew ? LISTED_OF_OFFICE : CONTRIBUTIONS;
    const [open, ...openParameters] = canHaveSaidMore(filter.at);
    const rowsOf = (...restrictions: readonly (Condition | undefined)[]): readonly HandoverRow[] => {
      const { sql, parameters } = allOf([
        isOfFew ? ['o.office = ?', office] : undefined,
        HANDOVERS,
        ...contributedAt(filter, which),
        ...restrictions,
        compare('c.last_day >=', filter.from),
        before && ['(c.last_day, c.number) < (?, ?)', before.day, before.number],
        isOfFew ? undefined : seenBy(viewer, officesOfCase('n.record_id')),
      ]);
      return database
        .prepare(
          `SELECT c.number, n.record_id AS caseId, c.event_id AS eventId, c.date AS handoverDate, c.direction, c.kind, c.pass,
             c.minutes, c.last_day AS lastDay, delivered, received, agreement, differs_in AS differsIn, ${open} AS openWords
           FROM ${listed} WHERE ${sql} ORDER BY c.last_day DESC, c.number DESC LIMIT ?`,
        )
        .all(...openParameters, ...parameters, limit) as readonly HandoverRow[];
    };
    const listedBy = inList(filter);
    if (isOfFew) return rowsOf(...listedBy);
    // An index has those of one kind in the order of their days; of what counts now another those of one pass and kind, and another those of
    // one agreement, direction and kind: a page of all is among the pages of each.
    const ofKinds = kind.map((one): readonly Condition[] => [['c.kind = ?', one]]);
    const ofNow: readonly (readonly (readonly Condition[])[])[] = [
      ...(pass === undefined ? [] : [pass.map((one): readonly Condition[] => [atPass(one)])]),
      ...(agreement === undefined && (direction === undefined || pass !== undefined)
        ? []
        : [(agreement ?? AGREEMENTS).map((one): readonly Condition[] => [['c.agreement = ?', one]])]),
      ...(agreement === undefined && direction === undefined
        ? []
        : [(direction ?? DIRECTION_CODES).map((one): readonly Condition[] => [['c.direction = ?', one]])]),
    ];
    const ways = [
      ofKinds,
      ...(isNow(filter) ? ofNow : []),
      // Those of one day, and the few of which it is known only roughly when they were, apart.
      ...(filter.to === undefined ? [] : [upTo(filter.to)]),
    ];
    const each = ways.reduce<readonly (readonly Condition[])[]>(
      (all, way) => all.flatMap((one) => way.map((more) => [...one, ...more])),
      [[]],
    );
    return each
      .flatMap((restrictions) => rowsOf(...restrictions, ...(isNow(filter) ? [] : listedBy)))
      .sort((a, b) => (a.lastDay === b.lastDay ? b.number - a.number : a.lastDay < b.lastDay ? 1 : -1))
      .slice(0, limit);
  },

  /**
   * How many handovers, of cases that the viewer sees, have a date that leaves open whether they had happened by the time that is asked for.
   */
  countUndecided: (viewer: Viewer, filter: HandoverFilter): number => {
    const { sql, parameters } = allOf([
      HANDOVERS,
      ...contributedAt(filter, 'undecided'),
      ...inList(filter),
      seenBy(viewer, officesOfCase('n.record_id')),
    ]);
    return (database.prepare(`SELECT count(*) AS count FROM ${CONTRIBUTIONS} WHERE ${sql}`).get(...parameters) as Count)
      .count;
  },

  /**
   * The lines that make a figure, or those left open beside it, of cases that the viewer sees, in order of their number, after one of them.
   */
  behind: (
    viewer: Viewer,
    filter: YearlyFilter,
    {
      which = 'happened',
      after = 0,
      limit,
    }: { readonly which?: Happened | undefined; readonly after?: number | undefined; readonly limit: number },
  ): readonly ContributionRow[] => {
    const restrictions = [...inYears(filter), seenBy(viewer, officesOfCase('n.record_id'))];
    return contributions(database, filter, restrictions, { which, after, limit });
  },

  /** How many of these lines there are of cases that the viewer sees; left out, of all. */
  countBehind: (viewer: Viewer | undefined, filter: YearlyFilter, which: Happened): number => {
    const restrictions = [...inYears(filter), viewer && seenBy(viewer, officesOfCase('n.record_id'))];
    const { sql, parameters } = yearlyConditions(filter, restrictions, which);
    const query = `SELECT count(*) AS count FROM ${CONTRIBUTIONS} WHERE ${sql}`;
    return counts(`${query} ${JSON.stringify(parameters)}`, () => database.prepare(query).get(...parameters) as Count)
      .count;
  },

  /** Handovers that counted at a position of the log and can have been on some days: for the ledger itself, whoever may see them. */
  onDays: ({ kinds, from, to }: DaysFilter, position: string, limit: number): readonly CountedRow[] => {
    const { sql, parameters } = allOf([
      HANDOVERS,
      oneOf('kind', kinds),
      ['last_day >= ? AND first_day <= ?', from, to],
      ...contributedAt({ asOf: { position } }),
    ]);
    return database
      .prepare(
        `SELECT n.record_id AS caseId, event_id AS eventId, date AS handoverDate, direction, kind, pass
         FROM ${CONTRIBUTIONS} WHERE ${sql} ORDER BY c.number LIMIT ?`,
      )
      .all(...parameters, limit) as readonly CountedRow[];
  },

  /** Handovers whose date leaves open in which year they count, so that they are in no figure. */
  openYear: (filter: YearlyFilter): readonly ContributionRow[] =>
    contributions(database, filter, [['year IS NULL'], ...touchingYears(filter)]),

  /** Handovers whose date leaves open whether they had happened by the time that is asked for, so that they are in no figure. */
  undecided: (filter: YearlyFilter): readonly ContributionRow[] =>
    filter.at === undefined
      ? []
      : contributions(database, filter, touchingYears(filter), { which: 'undecided', after: 0, limit: -1 }),

  /** Handovers at New Year that the two sides' books can put into different years. */
  newYearCases: (filter: YearlyFilter): readonly NewYearRow[] =>
    contributions(database, filter, [
      ['other_year IS NOT NULL'],
      compare('max(year, other_year) >=', filter.from),
      compare('min(year, other_year) <=', filter.to),
    ]) as readonly NewYearRow[],

  ...diffQueries(database),
});

export type HandoverQueries = ReturnType<typeof createHandoverQueries>;

const ALL_THAT_COUNT = { which: 'happened', after: 0, limit: -1 } as const;

const contributions = (
  database: QueryDatabase,
  filter: YearlyFilter,
  restrictions: readonly (Condition | undefined)[],
  {
    which,
    after,
    limit,
  }: { readonly which: Happened; readonly after: number; readonly limit: number } = ALL_THAT_COUNT,
): readonly ContributionRow[] => {
  const { sql, parameters } = yearlyConditions(filter, restrictions, which);
  return database
    .prepare(
      `SELECT ${CONTRIBUTION_COLUMNS} FROM ${CONTRIBUTIONS} WHERE ${sql} AND c.number > ? ORDER BY c.number LIMIT ?`,
    )
    .all(...parameters, after, limit) as readonly ContributionRow[];
};
