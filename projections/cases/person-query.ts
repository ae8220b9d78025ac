import { CONTINUED, maySeeLink } from '../../domain/case/access.ts';
import type { PersonLink } from '../../domain/case/person-links.ts';
import type { CasePerson } from '../../domain/case/person-of.ts';
import type { Viewer } from '../../domain/kernel/access.ts';
import { compareMatches, type MatchReason, matchPersons } from '../../domain/person/matching.ts';
import { allOf, seenBy } from '../conditions.ts';
import type { QueryDatabase } from '../query-database.ts';
import { CASE_COLUMNS, type CaseRow } from './query.ts';
import { matchTerms } from './search-terms.ts';
import { personSeenBy } from './sheltered.ts';

/** Another case that may be of the same person. */
export interface Candidate extends CaseRow {
  readonly person: CasePerson;
  readonly reasons: readonly MatchReason[];
}

export interface Candidates {
  readonly items: readonly Candidate[];
  /** More cases than are looked at could be of the person, or more were found than are shown. */
  readonly more: boolean;
}

/** A link with the case that says it. */
export interface StatedLink extends PersonLink {
  readonly caseId: string;
}

/** The cases that are of one person, as far as the viewer may know. */
export interface PersonGroup {
  readonly cases: readonly CaseRow[];
  readonly links: readonly StatedLink[];
  readonly more: boolean;
}

/** Cases under one term, terms, and cases in all, that are looked at: the latest first. */
const CASES_OF_A_TERM = 200;
const MOST_TERMS = 500;
const MOST_CASES = 1_000;

const LARGEST_GROUP = 50;

const LINK_COLUMNS = `case_id AS caseId, other_case AS otherCase, event_id AS eventId, verdict, basis,
  occurred_at AS occurredAt`;

export const createPersonQueries = (database: QueryDatabase) => {
  const selectOfTerm = database.prepare(
    'SELECT number FROM cases.case_search WHERE term = ? ORDER BY number DESC LIMIT ?',
  );
  const selectLinks = database.prepare(
    `SELECT ${LINK_COLUMNS} FROM cases.person_link WHERE case_id = ?1
     UNION ALL SELECT ${LINK_COLUMNS} FROM cases.person_link WHERE other_case = ?1`,
  );
  const selectPerson = database.prepare(
    'SELECT p.person FROM cases.case_status s JOIN cases.case_person p USING (number) WHERE s.case_id = ?',
  );

  const linksOf = (caseId: string) => selectLinks.all(caseId) as readonly StatedLink[];

  /** Numbers of cases that have a term in common with a person; `more` where not all of them were taken. */
  const numbersFor = ({ person }: CasePerson): { readonly numbers: readonly number[]; readonly more: boolean } => {
    const terms = matchTerms(person);
    const numbers = new Set<number>();
    let more = terms.length > MOST_TERMS;
    for (const term of terms.slice(0, MOST_TERMS)) {
      const rows = selectOfTerm.all(term, CASES_OF_A_TERM + 1) as readonly { number: number }[];
      if (rows.length > CASES_OF_A_TERM) more = true;
      for (const { number } of rows.slice(0, CASES_OF_A_TERM)) numbers.add(number);
      if (numbers.size > MOST_CASES) return { numbers: [...numbers].slice(0, MOST_CASES), more: true };
    }
    return { numbers: [...numbers], more };
  };

  /** A case, if the viewer sees it and it was not annulled. */
  const find = (viewer: Viewer, caseId: string): CaseRow | undefined => {
    const { sql, parameters } = allOf([
      ["s.case_id = ? AND s.status <> 'annulled'", caseId],
      seenBy(viewer, 's.offices'),
    ]);
    return database.prepare(`SELECT ${CASE_COLUMNS} FROM cases.case_status s WHERE ${sql}`).get(...parameters) as
      | CaseRow
      | undefined;
  };

  /** The cases that are linked with one, whatever anybody may know of them. */
  const decided = (caseId: string): ReadonlySet<string> => {
    const group = [caseId];
    const named = new Set<string>(group);
    for (const each of group) {
      for (const { caseId: from, otherCase: to, verdict } of linksOf(each)) {
        const other = from === each ? to : from;
        if (each !== caseId && verdict !== 'same') continue;
        if (!named.has(other) && verdict === 'same' && group.length < LARGEST_GROUP) group.push(other);
        named.add(other);
      }
    }
    return named;
  };

  return {
    /**
     * Other cases that may be of the person of one, in the order of `compareMatches`, then the latest first. Given are those of which the
     * viewer may see the person, as far as nothing was decided about the two. Whether the viewer may see the person of this one is asked
     * before.
     */
    candidates: (viewer: Viewer, caseId: string, { limit }: { readonly limit: number }): Candidates => {
      const stored = selectPerson.get(caseId) as { person: string } | undefined;
      if (stored === undefined) return { items: [], more: false };
      const own = JSON.parse(stored.person) as CasePerson;
      const { numbers, more } = numbersFor(own);
      const { sql, parameters } = allOf([
        ['s.number IN (SELECT value FROM json_each(?))', JSON.stringify(numbers)],
        [`s.status NOT IN ('annulled', 'merged', '${CONTINUED}')`],
        seenBy(viewer, 's.offices'),
        personSeenBy(viewer),
      ]);
      const rows = database
        .prepare(
          `SELECT ${CASE_COLUMNS}, p.person FROM cases.case_status s JOIN cases.case_person p USING (number)
           WHERE ${sql}`,
        )
        .all(...parameters) as readonly (CaseRow & { readonly person: string })[];
      const settled = decided(caseId);
      const found = rows
        .filter((row) => !settled.has(row.caseId))
        .map((row): Candidate => {
          const person = JSON.parse(row.person) as CasePerson;
          return { ...row, person, reasons: matchPersons(own.person, person.person) };
        })
        .filter(({ reasons }) => reasons.length > 0)
        .sort((a, b) => compareMatches(a.reasons, b.reasons) || b.number - a.number);
      return { items: found.slice(0, limit), more: more || found.length > limit };
    },

    /**
     * The cases that are linked with one as of the same person, those that are linked with these in turn, and what was said of any two. Of a
     * case that the viewer does not see, or may not see beside the others, nothing is said, and nothing that only follows by way of it.
     */
    group: (viewer: Viewer, { caseId }: CaseRow): PersonGroup => {
      const first = find(viewer, caseId);
      const cases = new Map<string, CaseRow>(first && [[caseId, first]]);
      const links = new Map<string, StatedLink>();
      let more = false;
      for (const [each, row] of cases) {
        for (const link of linksOf(each)) {
          const id = link.caseId === each ? link.otherCase : link.caseId;
          const other = cases.get(id) ?? find(viewer, id);
          if (other === undefined || !maySeeLink(viewer, row, other)) continue;
          if (link.verdict === 'same' && !cases.has(id)) {
            if (cases.size >= LARGEST_GROUP) {
              more = true;
              continue;
            }
            cases.set(id, other);
          }
          links.set(link.eventId, link);
        }
      }
      return { cases: [...cases.values()], links: [...links.values()], more };
    },
  };
};

export type PersonQueries = ReturnType<typeof createPersonQueries>;
