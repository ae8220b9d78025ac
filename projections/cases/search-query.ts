import type { CasePerson } from '../../domain/case/person-of.ts';
import type { Viewer } from '../../domain/kernel/access.ts';
import { nameMatches } from '../../domain/person/folding.ts';
import { allOf, type Condition, compare, officeOf, seenBy } from '../conditions.ts';
import { type Page, pageOf } from '../page.ts';
import type { QueryDatabase } from '../query-database.ts';
import { CASE_COLUMNS, type CaseRow } from './case-row.ts';
import { createSeesFew } from './few.ts';
import { caseNumberTerms, type PersonSearch, queryTerms } from './search-terms.ts';
import { personSeenBy } from './sheltered.ts';

export interface FoundPerson extends CaseRow {
  readonly person: CasePerson;
}

/** A term that so many cases have is as good as any other that so many have. */
const MOST_COUNTED = 2_000;

/** Search for persons; `few`: how many cases are gone through at once. */
export const createPersonSearch = (database: QueryDatabase, few: number) => {
  const seesFew = createSeesFew(database, few);
  const countOfTerm = database.prepare(
    `SELECT count(*) AS count FROM (SELECT 1 FROM cases.case_search WHERE term = ? LIMIT ${MOST_COUNTED})`,
  );
  const rarestFirst = (terms: readonly string[]): readonly string[] =>
    terms
      .map((term) => ({ term, count: (countOfTerm.get(term) as { count: number }).count }))
      .sort((a, b) => a.count - b.count)
      .map(({ term }) => term);

  /** Cases of persons that the viewer may know of, found by all that is given, in the order in which the cases were opened. */
  return (
    viewer: Viewer,
    search: PersonSearch,
    { after, limit }: { readonly after?: number | undefined; readonly limit: number },
  ): Page<FoundPerson, number> => {
    const terms = queryTerms(search);
    const numbers = search.caseNumber === undefined ? undefined : caseNumberTerms(search.caseNumber);
    // A name without a letter finds nothing, whatever else is asked for.
    if (terms.length === 0 && (search.name !== undefined || numbers === undefined)) {
      return { items: [], next: undefined };
    }
    const office = officeOf(viewer);
    const [first, ...others] = rarestFirst(terms);
    // In the order of the numbers either way, so that a page is whole when it is full: by the cases of an office that sees few, else by
    // the term that fewest have.
    const walked: Condition & readonly string[] =
      office !== undefined && seesFew(office)
        ? ['SELECT number FROM cases.case_of_office WHERE office = ?', office]
        : first !== undefined
          ? ['SELECT number FROM cases.case_search WHERE term = ?', first]
          : ['SELECT DISTINCT number FROM cases.case_search WHERE term BETWEEN ? AND ?', ...bounds(numbers)];
    const { sql, parameters } = allOf([
      ...[first, ...others].flatMap((term) => (term === undefined ? [] : [hasTerm('= ?', term)])),
      numbers && hasTerm('BETWEEN ? AND ?', numbers.first, numbers.last),
      seenBy(viewer, 's.offices'),
      personSeenBy(viewer),
      compare('w.number >', after),
    ]);
    const [walk, ...ofWalk] = walked;
    const candidates = database
      .prepare(
        `SELECT ${CASE_COLUMNS}, p.person
           FROM (${walk}) w CROSS JOIN cases.case_status s ON s.number = w.number
             JOIN cases.case_person p ON p.number = w.number
           WHERE ${sql} ORDER BY w.number`,
      )
      .iterate(...ofWalk, ...parameters) as Iterable<CaseRow & { person: string }>;
    const found: FoundPerson[] = [];
    for (const row of candidates) {
      const person = JSON.parse(row.person) as CasePerson;
      if (isFound(search, person)) found.push({ ...row, person });
      if (found.length > limit) break;
    }
    return pageOf(found, limit, ({ number }) => number);
  };
};

/** That a case has a term. */
const hasTerm = (compared: string, ...terms: readonly string[]): Condition => [
  `EXISTS (SELECT 1 FROM cases.case_search f WHERE f.term ${compared} AND f.number = w.number)`,
  ...terms,
];

const bounds = (numbers: { readonly first: string; readonly last: string } | undefined): readonly string[] =>
  numbers === undefined ? [] : [numbers.first, numbers.last];

/** The index only says that the grams are there; whether a name matches is seen in the name itself. */
const isFound = ({ name }: PersonSearch, { person }: CasePerson): boolean =>
  name === undefined || person.names.some(({ text }) => nameMatches(name, text));
