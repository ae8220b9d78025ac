import { CONTINUED } from '../../domain/case/access.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { isCaseworker, type Viewer } from '../../domain/kernel/access.ts';
import type { Direction, Side } from '../../domain/kernel/sides.ts';
import type { CaseKind } from '../../domain/reference/case-kinds.ts';
import { allOf, type Condition, compare, officeOf, oneOf, seenBy, seenByOneOf } from '../conditions.ts';
import { type Page, pageOf } from '../page.ts';
import type { QueryDatabase } from '../query-database.ts';
import { CASE_COLUMNS, type CaseRow } from './case-row.ts';
import { createSeesFew, FEW_CASES } from './few.ts';
import { createPersonSearch } from './search-query.ts';

export interface CaseFilter {
  readonly kind?: readonly string[] | undefined;
  readonly status?: readonly string[] | undefined;
  readonly direction?: Direction | undefined;
  /** The requesting party. */
  readonly party?: Side | undefined;
  /** An office that sees the case. */
  readonly office?: string | undefined;
  readonly pass?: string | undefined;
  readonly incident?: string | undefined;
  /** First and last millisecond, both included, of the opening, and of what gave the case its status. */
  readonly openedFrom?: number | undefined;
  readonly openedTo?: number | undefined;
  readonly sinceFrom?: number | undefined;
  readonly sinceTo?: number | undefined;
  /** First and last plain date of the last handover, both included. */
  readonly handedOverFrom?: string | undefined;
  readonly handedOverTo?: string | undefined;
}

/** Order of a list; a minus sign in front turns it round. */
export const CASE_SORTS = ['-since', 'since', '-opened', 'opened', '-handedOver', 'handedOver'] as const;
export type CaseSort = (typeof CASE_SORTS)[number];

/** The place in a list after which a page begins. */
export interface CaseListPlace {
  /** Milliseconds, or the plain date of a handover. */
  readonly key: number | string;
  readonly number: number;
}

/** A case, and whether the office that asks sees it. */
type FoundRow = CaseRow & { readonly visible: number };

/** A case, and who its person is. */
type WithPerson = Pick<CaseRow, 'revision' | 'document'> & { readonly person: string | null };

/** There is no such case. */
const NO_ROW = {} as FoundRow;

const CASES_AT_HAND = 5_000;

/** The columns by which lists are sorted, with their indexes. */
const KEYS = {
  since: { column: 'since_ms', index: 'case_by_since' },
  opened: { column: 'opened_ms', index: 'case_by_opened' },
  handedOver: { column: 'handed_over', index: 'case_by_handover' },
} as const;

/** Cases that go on as others which the ledger has not opened yet. There is an index of these. */
const TO_BE_CONTINUED = `status = '${CONTINUED}' AND json_extract(state, '$.continued.link') IS NULL`;

/** A case whose person is due for erasure. */
export interface DueRow extends Pick<CaseRow, 'kind'> {
  readonly number: number;
  readonly caseId: string;
  /** From which day on. */
  readonly due: string;
}

export type DuePlace = Pick<DueRow, 'due' | 'number'>;

/** `few`: how many cases are gone through at once. */
export const createCaseQueries = (database: QueryDatabase, few = FEW_CASES) => {
  const selectCase = database.prepare(
    `SELECT ${CASE_COLUMNS},
       EXISTS (SELECT 1 FROM json_each(s.offices) WHERE value = ?) AS visible
     FROM cases.case_status s WHERE s.case_id = ?`,
  );
  const selectPerson = database.prepare(
    `SELECT s.revision, s.document, p.person FROM cases.case_status s LEFT JOIN cases.case_person p USING (number)
     WHERE s.case_id = ?`,
  );
  const rows = database.keep<FoundRow>(CASES_AT_HAND);
  const persons = database.keep<WithPerson>(CASES_AT_HAND);
  const seesFew = createSeesFew(database, few);
  /** The index by which few cases are found that a filter asks for; undefined where there are many of all that it names. */
  const rarity = (filter: CaseFilter): string | undefined =>
    INDEXED.find(({ restriction }) => {
      const { sql, parameters } = allOf(restriction(filter));
      if (parameters.length === 0) return false;
      const query = `SELECT 1 FROM cases.case_status s WHERE ${sql} LIMIT 1 OFFSET ${few}`;
      return database.prepare(query).get(...parameters) === undefined;
    })?.index;
  const selectState = database.prepare('SELECT revision, state FROM cases.case_status WHERE case_id = ?');

  return {
    /** A case, if the viewer sees it. */
    find: (viewer: Viewer, caseId: string): CaseRow | undefined => {
      const { office } = viewer;
      const row = rows(`${office} ${caseId}`, () => (selectCase.get(office, caseId) as FoundRow | undefined) ?? NO_ROW);
      if (row === NO_ROW) return undefined;
      const sees = viewer.role === 'auditor' || (isCaseworker(viewer) && row.visible === 1);
      return sees ? row : undefined;
    },

    /**
     * A case that is known to be there, and its person at the same revision as JSON text; null where none is known any more. Whether the
     * viewer may see it is asked before.
     */
    withPerson: (caseId: string): WithPerson =>
      persons(caseId, () => found(caseId, selectPerson.get(caseId)) as WithPerson),

    /** The fold of a case that is known to be there, and its revision. */
    state: (caseId: string): { readonly revision: number; readonly state: CaseState } => {
      const { revision, state } = found(caseId, selectState.get(caseId)) as { revision: number; state: string };
      return { revision, state: JSON.parse(state) as CaseState };
    },

    /** Ids of cases from which the ledger is to open others, the longest there first: for the ledger itself, whoever may see them. */
    toBeContinued: (limit: number): readonly string[] =>
      (
        database
          .prepare(`SELECT case_id AS id FROM cases.case_status INDEXED BY case_to_be_continued
             WHERE ${TO_BE_CONTINUED} ORDER BY number LIMIT ?`)
          .all(limit) as readonly { readonly id: string }[]
      ).map(({ id }) => id),

    /** Cases that the viewer sees, filtered and sorted; those that go on as others only where they are asked for by their status. */
    list: (
      viewer: Viewer,
      filter: CaseFilter,
      {
        sort,
        after,
        limit,
      }: { readonly sort: CaseSort; readonly after?: CaseListPlace | undefined; readonly limit: number },
    ): Page<CaseRow, CaseListPlace> => {
      const office = filter.office ?? officeOf(viewer);
      const order = sort.replace('-', '') as keyof typeof KEYS;
      // What is rare is looked for by what makes it so. Else by the cases of an office where it is one: most offices see few of all cases,
      // and of the rest some are found soon in any order; but they are not in the order of handovers.
      const rare = rarity(filter);
      const isOfOffice = rare === undefined && office !== undefined && (order !== 'handedOver' || seesFew(office));
      const [listed, table] = isOfOffice
        ? ['o', 'cases.case_of_office o JOIN cases.case_status s USING (number)']
        : ['s', `cases.case_status s INDEXED BY ${rare ?? KEYS[order].index}`];
      const key = `${order === 'handedOver' ? 's' : listed}.${KEYS[order].column}`;
      const descending = sort.startsWith('-');
      const { sql, parameters } = allOf([
        isOfOffice ? ['o.office = ?', office] : seenByOneOf(office === undefined ? undefined : [office], 's.offices'),
        office !== undefined && office === officeOf(viewer) ? undefined : seenBy(viewer, 's.offices'),
        order === 'handedOver' ? ['s.handed_over IS NOT NULL'] : undefined,
        ...conditions(filter, listed),
        after && [`(${key}, ${listed}.number) ${descending ? '<' : '>'} (?, ?)`, after.key, after.number],
      ]);
      const direction = descending ? 'DESC' : 'ASC';
      const rows = database
        .prepare(
          `SELECT ${CASE_COLUMNS}, ${key} AS key FROM ${table} WHERE ${sql}
           ORDER BY ${key} ${direction}, ${listed}.number ${direction} LIMIT ?`,
        )
        .all(...parameters, limit + 1) as readonly (CaseRow & CaseListPlace)[];
      return pageOf(rows, limit, ({ key: place, number }) => ({ key: place, number }));
    },

    /** Cases that the viewer sees whose persons are due for erasure on a day, the longest due first. */
    dueForErasure: (
      viewer: Viewer,
      {
        by,
        kinds,
        after,
        limit,
      }: {
        readonly by: string;
        readonly kinds: readonly CaseKind[];
        readonly after?: DuePlace | undefined;
        readonly limit: number;
      },
    ): readonly DueRow[] => {
      const { sql, parameters } = allOf([
        ['s.due_for_erasure <= ?', by],
        oneOf('s.kind', kinds),
        seenBy(viewer, 's.offices'),
        after && ['(s.due_for_erasure, s.number) > (?, ?)', after.due, after.number],
      ]);
      return database
        .prepare(
          `SELECT s.number, s.case_id AS caseId, s.kind, s.due_for_erasure AS due
           FROM cases.case_status s INDEXED BY case_by_erasure WHERE s.due_for_erasure IS NOT NULL AND ${sql}
           ORDER BY s.due_for_erasure, s.number LIMIT ?`,
        )
        .all(...parameters, limit) as readonly DueRow[];
    },

    search: createPersonSearch(database, few),
  };
};

export type CaseQueries = ReturnType<typeof createCaseQueries>;

const found = (caseId: string, row: unknown): unknown => {
  if (row === undefined) throw new Error(`there is no case ${caseId}`);
  return row;
};

/** What a list is restricted to by its filter, the office apart. `listed` is the table that has the order. */
const conditions = (filter: CaseFilter, listed: string): readonly (Condition | undefined)[] => [
  ...INDEXED.flatMap(({ restriction }) => restriction(filter)),
  filter.status === undefined ? ['s.status <> ?', CONTINUED] : undefined,
  compare('s.direction =', filter.direction),
  compare('s.requesting_party =', filter.party),
  // Also by the columns of the table that has the order, whose index leads to them.
  ...(listed === 's' ? [] : [...openedWithin(filter, listed), ...sinceWithin(filter, listed)]),
];

const openedWithin = ({ openedFrom, openedTo }: CaseFilter, table: string) => [
  compare(`${table}.opened_ms >=`, openedFrom),
  compare(`${table}.opened_ms <=`, openedTo),
];

const sinceWithin = ({ sinceFrom, sinceTo }: CaseFilter, table: string) => [
  compare(`${table}.since_ms >=`, sinceFrom),
  compare(`${table}.since_ms <=`, sinceTo),
];

/** What lists are restricted to that has an index of its own. */
const INDEXED: readonly {
  readonly index: string;
  readonly restriction: (filter: CaseFilter) => readonly (Condition | undefined)[];
}[] = [
  { index: 'case_by_incident', restriction: ({ incident }) => [compare('s.incident =', incident)] },
  { index: 'case_by_status', restriction: ({ status }) => [oneOf('s.status', status)] },
  { index: 'case_by_kind', restriction: ({ kind }) => [oneOf('s.kind', kind)] },
  { index: 'case_by_pass', restriction: ({ pass }) => [compare('s.pass =', pass)] },
  { index: 'case_by_opened', restriction: (filter) => openedWithin(filter, 's') },
  { index: 'case_by_since', restriction: (filter) => sinceWithin(filter, 's') },
  {
    index: 'case_by_handover',
    restriction: ({ handedOverFrom, handedOverTo }) => [
      compare('s.handed_over >=', handedOverFrom),
      compare('s.handed_over <=', handedOverTo),
    ],
  },
];
