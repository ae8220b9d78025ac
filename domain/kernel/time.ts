import { z } from 'zod';
import { type Side, UTC_OFFSETS } from './sides.ts';

/**
 * When something happened, as exactly as it is known and no more: an RFC 3339 instant with the offset of the place, a
 * plain date, or a month.
 */
export type OccurredAt = string;

/** An RFC 3339 instant in UTC, to the millisecond, as `Date.prototype.toISOString` writes it. */
export type Instant = string;

/** `YYYY-MM-DD`. */
export type PlainDate = string;

/** A span of time in milliseconds since 1970 UTC, both ends included. */
export interface Span {
  readonly earliest: number;
  readonly latest: number;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** What the ledger is of happened in these years; another is a slip of the pen. */
const YEARS = /^(19|2[01])\d{2}/;
const IN_YEARS = { error: 'expected a year from 1900 to 2199' };
const isInYears = (text: string): boolean => YEARS.test(text);

/** Whatever comes in: what is no text may not even be made one. */
const isText = (input: unknown, form: RegExp): boolean => typeof input === 'string' && form.test(input);

export const plainDateSchema = z.iso
  .date({
    error: ({ input }) =>
      isText(input, /^\d{4}-\d{2}-\d{2}$/)
        ? 'there is no such day: expected one that the calendar has'
        : 'expected a date such as 2017-11-03',
    abort: true,
  })
  .refine(isInYears, IN_YEARS);

export const monthSchema = z
  .string()
  .regex(MONTH, { error: 'expected a month such as 2017-11', abort: true })
  .refine(isInYears, IN_YEARS);

export const yearSchema = z
  .string()
  .regex(/^\d{4}$/, { error: 'expected a year such as 2017', abort: true })
  .refine(isInYears, IN_YEARS);

export const instantSchema = z.iso
  .datetime({
    offset: true,
    error: 'expected an RFC 3339 instant with its offset, such as 2017-11-03T10:30:00+08:00',
    abort: true,
  })
  .refine(isInYears, IN_YEARS);

/** Which of the three forms a text is meant in. */
const formOf = (text: string): z.ZodType => {
  if (text.includes('T')) return instantSchema;
  return text.length === 'YYYY-MM'.length ? monthSchema : plainDateSchema;
};

const EXPECTED =
  'expected when it happened, as exactly as it is known: an instant with its offset (2017-11-03T10:30:00+08:00), a date (2017-11-03) or a month (2017-11)';

/** Whether it has one of the forms: 30 February, 24:00 and an offset of 25 hours have, and are none. */
const WELL_FORMED = /^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?)?$/;

const NO_SUCH_TIME = 'there is no such day, month or time of a day: expected one that a calendar and a clock have';

export const occurredAtSchema = z
  .string()
  .regex(/^\d{4}-\d{2}(-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?)?$/, { error: EXPECTED, abort: true })
  .refine(isInYears, { ...IN_YEARS, abort: true })
  .refine((text) => formOf(text).safeParse(text).success, {
    error: ({ input }) => (isText(input, WELL_FORMED) ? NO_SUCH_TIME : EXPECTED),
  })
  .describe('An RFC 3339 instant with the offset of the place, a date, or a month: as exactly as it is known');

/** First and last day of a month or of a date. */
export const daysOf = (dateOrMonth: string): { readonly first: PlainDate; readonly last: PlainDate } => {
  if (!MONTH.test(dateOrMonth)) return { first: dateOrMonth, last: dateOrMonth };
  const [year, month] = dateOrMonth.split('-').map(Number) as [number, number];
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { first: `${dateOrMonth}-01`, last: `${dateOrMonth}-${lastDay}` };
};

/** First and last day on which it can have happened, as it is written: of an instant by the clock of its place. */
export const daysOfOccurrence = (occurredAt: OccurredAt): { readonly first: PlainDate; readonly last: PlainDate } =>
  daysOf(occurredAt.slice(0, 'YYYY-MM-DD'.length));

/**
 * The span in which it happened. A date or a month without an offset runs from its beginning in China (+08:00), which comes
 * first, to its end in Vietnam (+07:00).
 */
export const spanOf = (occurredAt: OccurredAt): Span => {
  if (occurredAt.includes('T')) {
    const instant = Date.parse(occurredAt);
    return { earliest: instant, latest: instant };
  }
  return spanOfDays(daysOf(occurredAt));
};

/** The span of some days on either side of the border; see `spanOf`. */
export const spanOfDays = (days: { readonly first: PlainDate; readonly last: PlainDate }): Span => ({
  earliest: Date.parse(`${days.first}T00:00:00.000${UTC_OFFSETS.CN}`),
  latest: Date.parse(`${days.last}T23:59:59.999${UTC_OFFSETS.VN}`),
});

export const overlap = (a: Span, b: Span): boolean => a.earliest <= b.latest && b.earliest <= a.latest;

const DAY_MS = 86_400_000;

/** So many days later; earlier where it is less than none. */
export const addDays = (date: PlainDate, days: number): PlainDate =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** The day that it is at an instant, with whatever offset it is written, by the clock of a side. */
export const dayOf = (instant: OccurredAt, side: Side): PlainDate => {
  const offset = -Date.parse(`1970-01-01T00:00:00${UTC_OFFSETS[side]}`);
  return new Date(Date.parse(instant) + offset).toISOString().slice(0, 'YYYY-MM-DD'.length);
};
