import type { CasePerson } from '../../domain/case/person-of.ts';
import { nameKeys, queryGrams } from '../../domain/person/folding.ts';

/** What of a search stands in the index: grams of names, and numbers as a whole, each marked by what it is. */
const nameTerm = (gram: string): string => `name:${gram}`;
const documentTerm = (number: string): string => `document:${plainNumber(number)}`;
const caseNumberTerm = (number: string): string => `case-number:${plainNumber(number)}`;

/** Numbers are compared without spaces, dots, hyphens and slashes, and without regard to case. */
const plainNumber = (number: string): string =>
  number
    .normalize('NFKC')
    .replace(/[\s./-]+/gu, '')
    .toLowerCase();

/** The terms under which a person and the numbers of the case are found. */
export const searchTerms = ({ person, caseNumbers, warrantNumber }: CasePerson): ReadonlySet<string> =>
  new Set([
    ...person.names.flatMap((name) => nameKeys(name.text).grams.map(nameTerm)),
    ...(person.documents ?? []).map((document) => documentTerm(document.number)),
    ...caseNumbers.map(({ number }) => caseNumberTerm(number)),
    ...(warrantNumber === undefined ? [] : [caseNumberTerm(warrantNumber)]),
  ]);

/** What somebody looks for; all that is given must be found. */
export interface PersonSearch {
  readonly name?: string | undefined;
  readonly document?: string | undefined;
  readonly caseNumber?: string | undefined;
}

/** The terms that a case must have to be found; none where the search can find nothing. */
export const queryTerms = ({ name, document, caseNumber }: PersonSearch): readonly string[] => [
  ...(name === undefined ? [] : queryGrams(name).map(nameTerm)),
  ...(document === undefined ? [] : [documentTerm(document)]),
  ...(caseNumber === undefined ? [] : [caseNumberTerm(caseNumber)]),
];
