import type { CasePerson } from '../../domain/case/person-of.ts';
import { birthYears, ESTIMATED_YEARS, isDay } from '../../domain/person/birth-date.ts';
import { nameKeys, queryGrams } from '../../domain/person/folding.ts';
import { nearKeys } from '../../domain/person/name-likeness.ts';
import { foldNumber } from '../../domain/person/numbers.ts';
import type { Person } from '../../domain/person/person.ts';

/** What of a search stands in the index: grams of names, and numbers as a whole, each marked by what it is. */
const nameTerm = (gram: string): string => `name:${gram}`;
const documentTerm = (number: string): string => `document:${foldNumber(number)}`;
const caseNumberTerm = (number: string): string => `case-number:${foldNumber(number)}`;

/** Further terms that two records of one person have in common: a whole name, a name like it with the year of birth, a day of birth. */
const sameNameTerm = (key: string): string => `same-name:${key}`;
const nearNameTerm = (key: string, year: number): string => `near-name:${year} ${key}`;
const bornTerm = (date: string): string => `born:${date}`;

/** The terms under which a person and the numbers of the case are found. */
export const searchTerms = ({ person, caseNumbers, warrantNumber }: CasePerson): ReadonlySet<string> =>
  new Set([
    ...person.names.flatMap((name) => nameKeys(name.text).grams.map(nameTerm)),
    ...documentTerms(person),
    ...caseNumbers.map(({ number }) => caseNumberTerm(number)),
    ...(warrantNumber === undefined ? [] : [caseNumberTerm(warrantNumber)]),
    ...sameNameTerms(person),
    ...nearNameTerms(person, yearWritten(person)),
    ...bornTerms(person),
  ]);

const documentTerms = ({ documents = [] }: Person): readonly string[] =>
  documents.map(({ number }) => documentTerm(number));

const sameNameTerms = ({ names }: Person): readonly string[] =>
  names.map(({ text }) => sameNameTerm(nameKeys(text).key));

const nearNameTerms = ({ names }: Person, years: readonly number[]): readonly string[] =>
  names.flatMap(({ text }) => nearKeys(text).flatMap((key) => years.map((year) => nearNameTerm(key, year))));

/** The year of birth as it is written down. */
const yearWritten = ({ birthDate }: Person): readonly number[] =>
  birthDate === undefined ? [] : [Number(birthDate.date.slice(0, 4))];

/** The years that another record of the person may have written down, where its own is estimated. */
const yearsElsewhere = ({ birthDate }: Person): readonly number[] => {
  if (birthDate === undefined) return [];
  const { first, last } = birthYears(birthDate);
  return Array.from({ length: last - first + 1 + 2 * ESTIMATED_YEARS }, (_, index) => first - ESTIMATED_YEARS + index);
};

const bornTerms = ({ birthDate }: Person): readonly string[] =>
  birthDate !== undefined && isDay(birthDate) ? [bornTerm(birthDate.date)] : [];

/** The terms that another record of the person may have, the most telling first. */
export const matchTerms = (person: Person): readonly string[] => [
  ...new Set([
    ...documentTerms(person),
    ...bornTerms(person),
    ...nearNameTerms(person, yearsElsewhere(person)),
    ...sameNameTerms(person),
  ]),
];

/** What somebody looks for; all that is given must be found. */
export interface PersonSearch {
  readonly name?: string | undefined;
  readonly document?: string | undefined;
  readonly caseNumber?: string | undefined;
}

/** The terms that a case must have to be found. */
export const queryTerms = ({ name, document }: PersonSearch): readonly string[] => [
  ...(name === undefined ? [] : queryGrams(name).map(nameTerm)),
  ...(document === undefined ? [] : [documentTerm(document)]),
];

/** A number shorter than this is not taken for the beginning of another. */
const SHORTEST_BEGINNING = 3;

/** First and last term of the numbers that are meant: the number itself, and those that begin with it. */
export const caseNumberTerms = (caseNumber: string): { readonly first: string; readonly last: string } => {
  const first = caseNumberTerm(caseNumber);
  return { first, last: foldNumber(caseNumber).length < SHORTEST_BEGINNING ? first : `${first}\u{10ffff}` };
};
