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

/** Whether two birth dates, each as exact as it is known, can be of one person; `same` where both name one day for certain. */
export const birthDatesAgree = (a: BirthDate, b: BirthDate): BirthDateAgreement => {
  if (isDay(a) && isDay(b) && a.date === b.date) return 'same';
  const [daysA, daysB] = [birthDays(a), birthDays(b)];
  return daysA.first <= daysB.last && daysB.first <= daysA.last ? 'compatible' : 'contradicts';
};

/** A birth date that is known to the day. */
export const isDay = ({ date, estimated }: BirthDate): boolean =>
  date.length === 'YYYY-MM-DD'.length && estimated !== true;

const birthDays = (birthDate: BirthDate): { readonly first: PlainDate; readonly last: PlainDate } => {
  const { date, estimated } = birthDate;
  if (estimated !== true && date.length > 'YYYY'.length) return daysOf(date);
  const { first, last } = birthYears(birthDate);
  const year = (number: number): string => String(number).padStart(4, '0');
  return { first: `${year(first)}-01-01`, last: `${year(last)}-12-31` };
};
