import { CONTINUED, maySeeLink } from '../../domain/case/access.ts';
import type { PersonLink } from '../../domain/case/person-links.ts';
import type { CasePerson } from '../../domain/case/person-of.ts';
import type { Viewer } from '../../domain/kernel/access.ts';
import { compareMatches, type MatchReason, matchPersons } from '../../domain/person/matching.ts';
import { allOf, seenBy } from '../conditions.ts';
import type { QueryDatabase } from '../query-database.ts';
import { CASE_COLUMNS, type CaseRow } from './case-row.ts';
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

/** Cases under one term, terms, and cases in all, that are looked at, of those that the viewer may know: the latest first. */
const CASES_OF_A_TERM = 100;
const MOST_TERMS = 500;
const MOST_CASES = 300;

const LARGEST_GROUP = 50;

const LINK_COLUMNS = `case_id AS caseId, other_case AS otherCase, event_id AS eventId, verdict, basis,
  occurred_at AS occurredAt`;

export const createPersonQueries = (database: QueryDatabase) => {
  const selectLinks = database.prepare(
    `SELECT ${LINK_COLUMNS} FROM cases.person_link WHERE case_id = ?1
     UNION ALL SELECT ${LINK_COLUMNS} FROM cases.person_link WHERE other_case = ?1`,
  );
  const selectPerson = database.prepare(
    'SELECT p.person FROM cases.case_status s JOIN cases.case_person p USING (number) WHERE s.case_id = ?',
  );

  const selectNumbered = database.prepare(
    `SELECT ${CASE_COLUMNS}, p.person FROM cases.case_status s JOIN cases.case_person p USING (number)
     WHERE s.number IN (SELECT value FROM json_each(?))`,
  );

  const linksOf = (caseId: string) => selectLinks.all(caseId) as readonly StatedLink[];

  /** Numbers of cases that have a term in common with a person and can be proposed to the viewer; `more` where not all were taken. */
  const numbersFor = (
    viewer: Viewer,
    { person }: CasePerson,
  ): { readonly numbers: readonly number[]; readonly more: boolean } => {
    // What the viewer may not know of is passed over before anything is counted, so that it makes no difference to the answer.
    const { sql, parameters } = allOf([
      [`s.status NOT IN ('annulled', 'merged', '${CONTINUED}')`],
      seenBy(viewer, 's.offices'),
      personSeenBy(viewer),
    ]);
    const selectOfTerm = database.prepare(
      `SELECT number FROM cases.case_search t CROSS JOIN cases.case_status s USING (number)
       WHERE t.term = ? AND ${sql} ORDER BY number DESC LIMIT ?`,
    );
    const terms = matchTerms(person);
    const numbers = new Set<number>();
    let more = terms.length > MOST_TERMS;
    for (const term of terms.slice(0, MOST_TERMS)) {
      const rows = selectOfTerm.all(term, ...parameters, CASES_OF_A_TERM + 1) as readonly { number: number }[];
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

  /**
   * The cases that are linked with one as of the same person, those that are linked with these in turn, and what was said of any two. Of a
   * case that the viewer does not see, or may not see beside the others, nothing is said, and nothing that only follows by way of it.
   */
  const linkedWith = (viewer: Viewer, caseId: string) => {
    const first = find(viewer, caseId);
    const cases = new Map<string, CaseRow>(first && [[caseId, first]]);
    const links = new Map<string, StatedLink>();
    /** Ids of cases for which the group has no room. */
    const beyond = new Set<string>();
    for (const [each, row] of cases) {
      for (const link of linksOf(each)) {
        const id = link.caseId === each ? link.otherCase : link.caseId;
        const other = cases.get(id) ?? find(viewer, id);
        if (other === undefined || !maySeeLink(viewer, row, other)) continue;
        if (link.verdict === 'same' && !cases.has(id)) {
          if (cases.size >= LARGEST_GROUP) {
            beyond.add(id);
            continue;
          }
          cases.set(id, other);
        }
        links.set(link.eventId, link);
      }
    }
    return { cases, links, beyond };
  };

  /** The cases about which it is decided, as far as the viewer may know, whether they are of the person of one. */
  const decided = (viewer: Viewer, caseId: string): ReadonlySet<string> => {
    const { cases, links, beyond } = linkedWith(viewer, caseId);
    const ofItself = [...links.values()].filter((link) => link.caseId === caseId || link.otherCase === caseId);
    return new Set([caseId, ...cases.keys(), ...beyond, ...ofItself.flatMap((link) => [link.caseId, link.otherCase])]);
  };

  return {
    /**
     * Other cases that may be of the person of one, in the order of `compareMatches`, then the latest first. Given are those of which the
     * viewer may see the person, as far as nothing was decided about the two that the viewer may know. Whether the viewer may see the
     * person of this one is asked before.
     */
    candidates: (viewer: Viewer, caseId: string, { limit }: { readonly limit: number }): Candidates => {
      const stored = selectPerson.get(caseId) as { person: string } | undefined;
      if (stored === undefined) return { items: [], more: false };
      const own = JSON.parse(stored.person) as CasePerson;
      const { numbers, more } = numbersFor(viewer, own);
      const rows = selectNumbered.all(JSON.stringify(numbers)) as readonly (CaseRow & { readonly person: string })[];
      const settled = decided(viewer, caseId);
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

    /** The cases that are linked with one as of the same person, and the links, as far as the viewer may know. */
    group: (viewer: Viewer, { caseId }: CaseRow): PersonGroup => {
      const { cases, links, beyond } = linkedWith(viewer, caseId);
      return { cases: [...cases.values()], links: [...links.values()], more: beyond.size > 0 };
    },
  };
};

export type PersonQueries = ReturnType<typeof createPersonQueries>;
