import type { Side } from '../kernel/sides.ts';
import { birthDaysAgree, birthYears } from '../person/birth-date.ts';
import { likenessOfForms, nearKeys } from '../person/name-likeness.ts';
import {
  areClocksApart,
  daysApart,
  haveSameCaseNumber,
  haveSameDocument,
  haveSameMinutes,
  type Told,
  type ToldHandover,
} from './told.ts';

/**
 * What speaks against a pair being one handover, added up: the less the better, so that pairs of which nothing tells one from the other
 * are alike. It orders pairs, and is no likelihood.
 */
export type Doubt = number;

/** How much two of a pair leave in doubt by what brings them together; undefined where that does not. */
type DoubtOf<Seen> = (theirs: Seen, ours: Seen, theirSide: Side) => Doubt | undefined;

/** A way of bringing two of a pair together. */
export interface Way {
  readonly doubtOf: DoubtOf<Told>;
  /** What either is looked up by in its book: two of which there is a doubt have one of these in common. */
  readonly keysOf: (told: Told, book: 'theirs' | 'ours') => readonly string[];
  /** All that the doubt goes by: two of one book that have it alike leave the same doubt with any other. */
  readonly seen: (told: Told) => object;
}

/** So many days apart the dates of one handover may be where little else but a name brings them together. */
const NEAR_DAYS = 31;
const SLIP_OF_DAYS = 3;

const DIFFERS = { minutes: 3, pass: 2, direction: 4, kind: 2 } as const;
const NOT_TOLD = 1;

/** What two persons are known by in common. */
interface Likeness {
  readonly doubt: Doubt;
  /** Whatever else differs, it is the same person. */
  readonly isStrong: boolean;
}

export const birthDatesOf = ({ birthDays: a }: Told, { birthDays: b }: Told) =>
  a === undefined || b === undefined ? undefined : birthDaysAgree(a, b);

export const haveSameName = (a: Told, b: Told): boolean =>
  a.names.some(({ key }) => key !== '' && b.names.some((other) => other.key === key));

const haveSimilarNames = (a: Told, b: Told): boolean =>
  a.names.some((name) => b.names.some((other) => likenessOfForms(name, other) !== undefined));

/** By a document, a case number or a name; a name that is only similar counts where the birth dates are known and can be one. */
const personsAlike = (a: Told, b: Told): Likeness | undefined => {
  const births = birthDatesOf(a, b);
  if (haveSameDocument(a, b) || haveSameCaseNumber(a, b)) {
    return { doubt: births === 'contradicts' ? 2 : 0, isStrong: true };
  }
  if (haveSameName(a, b)) {
    const doubt = births === undefined ? 2 : { same: 0, compatible: 1, contradicts: 5 }[births];
    return { doubt, isStrong: births === 'same' };
  }
  if (births === undefined || births === 'contradicts' || !haveSimilarNames(a, b)) return undefined;
  return { doubt: births === 'same' ? 3 : 4, isStrong: false };
};

const doubtOfDates = (theirs: ToldHandover, ours: ToldHandover, theirSide: Side): Doubt => {
  const days = daysApart(theirs, ours);
  if (days === 0) return 0;
  if (areClocksApart(theirs, ours, theirSide)) return 1;
  if (days <= SLIP_OF_DAYS) return 3;
  return days <= NEAR_DAYS ? 5 : 8;
};

/** What speaks against it of the handover itself. */
const doubtOfHandover = (theirs: ToldHandover, ours: ToldHandover, theirSide: Side): Doubt => {
  const sameMinutes = haveSameMinutes(theirs, ours);
  const minutes = sameMinutes === undefined ? NOT_TOLD : sameMinutes ? 0 : DIFFERS.minutes;
  const pass = theirs.pass === ours.pass ? 0 : theirs.pass === undefined ? NOT_TOLD : DIFFERS.pass;
  return (
    doubtOfDates(theirs, ours, theirSide) +
    minutes +
    pass +
    (theirs.direction === ours.direction ? 0 : DIFFERS.direction) +
    (theirs.kind === ours.kind ? 0 : DIFFERS.kind)
  );
};

const doubtByPerson: DoubtOf<Told> = (theirs, ours, theirSide) => {
  const likeness = personsAlike(theirs, ours);
  if (likeness === undefined) return undefined;
  const isNear = daysApart(theirs, ours) <= NEAR_DAYS || haveSameMinutes(theirs, ours) === true;
  return likeness.isStrong || isNear ? likeness.doubt + doubtOfHandover(theirs, ours, theirSide) : undefined;
};

const PERSON_NOT_TOLD = 5;
const PERSON_DIFFERS = 9;

const doubtByHandover: DoubtOf<ToldHandover> = (theirs, ours, theirSide) => {
  const days = daysApart(theirs, ours);
  const sameMinutes = haveSameMinutes(theirs, ours);
  const isToldByBoth = theirs.isPersonTold && ours.isPersonTold;
  const isOne = isToldByBoth
    ? sameMinutes === true && days <= 1
    : sameMinutes === true ||
      (sameMinutes === undefined &&
        days === 0 &&
        theirs.direction === ours.direction &&
        (theirs.pass === undefined || theirs.pass === ours.pass));
  if (!isOne) return undefined;
  return (isToldByBoth ? PERSON_DIFFERS : PERSON_NOT_TOLD) + doubtOfHandover(theirs, ours, theirSide);
};

/** Whether the two are told of and are not one person by anything that is known of them. */
export const arePersonsUnlike = (theirs: Told, ours: Told): boolean =>
  theirs.isPersonTold && ours.isPersonTold && personsAlike(theirs, ours) === undefined;

const personKeys = ({ names, birthDate, documents, caseNumbers }: Told): readonly string[] => {
  const { first, last } = birthDate === undefined ? { first: 0, last: -1 } : birthYears(birthDate);
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return [
    ...new Set([
      ...documents.map((number) => `document ${number}`),
      ...caseNumbers.map((number) => `case ${number}`),
      ...names.map(({ key }) => `name ${key}`),
      ...names.flatMap(({ text }) => nearKeys(text).flatMap((key) => years.map((year) => `near ${year} ${key}`))),
    ]),
  ];
};

const DAYS_TOGETHER = 30;

/**
 * Where both tell the numbers of their minutes, nothing but one of these brings them together; else what counts is the days, for which it is
 * said of either book whether it tells a number.
 */
const handoverKeys = (
  { numbers, first, last, direction }: ToldHandover,
  book: 'theirs' | 'ours',
): readonly string[] => {
  const begin = Math.floor(first / DAYS_TOGETHER);
  const spans = Array.from({ length: Math.floor(last / DAYS_TOGETHER) - begin + 1 }, (_, index) => begin + index);
  const isNumbered = numbers.length > 0;
  const others = isNumbered ? [false] : [false, true];
  return [
    ...numbers.map((number) => `minutes ${number}`),
    ...others.flatMap((isOther) => {
      const numbered = book === 'theirs' ? [isNumbered, isOther] : [isOther, isNumbered];
      return spans.map((span) => `in ${span} ${direction} ${numbered}`);
    }),
  ];
};

/** By the person. */
export const byPerson: Way = {
  doubtOf: doubtByPerson,
  keysOf: personKeys,
  seen: ({ names, ...told }) => ({ ...told, names: names.map(({ text }) => text) }),
};

/** By the handover alone, where no person is told, or where the same minutes have another one. */
export const byHandover: Way = {
  doubtOf: doubtByHandover,
  keysOf: handoverKeys,
  seen: ({ names, birthDate, birthDays, documents, caseNumbers, ...handover }): ToldHandover => handover,
};
