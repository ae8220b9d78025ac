import { daysOf, type PlainDate } from '../kernel/time.ts';
import type { Person } from './person.ts';

type BirthDate = NonNullable<Person['birthDate']>;

/** How far an estimated year may be off, either way. */
export const ESTIMATED_YEARS = 2;

/** First and last year in which a birth date can be. */
export const birthYears = ({ date, estimated }: BirthDate): { readonly first: number; readonly last: number } => {
  const year = Number(date.slice(0, 4));
  const off = estimated === true ? ESTIMATED_YEARS : 0;
  return { first: year - off, last: year + off };
};

export type BirthDateAgreement = 'same' | 'compatible' | 'contradicts';

/** First and last day on which somebody can be born; `isDay` where it is one for certain. */
export interface BirthDays {
  readonly first: PlainDate;
  readonly last: PlainDate;
  readonly isDay: boolean;
}

/** Whether two birth dates, each as exact as it is known, can be of one person; `same` where both name one day for certain. */
export const birthDatesAgree = (a: BirthDate, b: BirthDate): BirthDateAgreement =>
  birthDaysAgree(birthDays(a), birthDays(b));

/** The same of what was made ready to be compared with many. */
export const birthDaysAgree = (a: BirthDays, b: BirthDays): BirthDateAgreement => {
  if (a.isDay && b.isDay && a.first === b.first) return 'same';
  return a.first <= b.last && b.first <= a.last ? 'compatible' : 'contradicts';
};

/** A birth date that is known to the day. */
export const isDay = ({ date, estimated }: BirthDate): boolean =>
  date.length === 'YYYY-MM-DD'.length && estimated !== true;

export const birthDays = (birthDate: BirthDate): BirthDays => {
  const { date, estimated } = birthDate;
  if (estimated !== true && date.length > 'YYYY'.length) return { ...daysOf(date), isDay: isDay(birthDate) };
  const { first, last } = birthYears(birthDate);
  const year = (number: number): string => String(number).padStart(4, '0');
  return { first: `${year(first)}-01-01`, last: `${year(last)}-12-31`, isDay: false };
};
