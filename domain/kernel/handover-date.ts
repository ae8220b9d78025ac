import { z } from 'zod';
import {
  daysOf,
  monthSchema,
  type OccurredAt,
  type PlainDate,
  plainDateSchema,
  type Span,
  spanOfDays,
} from './time.ts';

/**
 * The date in the minutes of a handover: a plain date; where the source only says so much, a month, or an interval of two
 * dates or months (ISO 8601, `2017-12/2018-01`). Years are counted by it, never by an instant.
 */
export type HandoverDate = string;

const EXPECTED =
  'expected the date in the minutes: a date (2017-11-03); where no more is known, a month (2017-11) or an interval (2017-12/2018-01)';

const dateOrMonth = z.union([plainDateSchema, monthSchema]);

export const handoverDateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}(-\d{2})?(\/\d{4}-\d{2}(-\d{2})?)?$/, { error: EXPECTED, abort: true })
  .refine(
    (text) => {
      if (!text.split('/').every((part) => dateOrMonth.safeParse(part).success)) return false;
      const { first, last } = handoverDays(text);
      return first <= last;
    },
    { error: EXPECTED },
  )
  .describe('The plain date in the minutes; a month or an interval only where no more is known');

/** First and last day on which the handover can have been. */
export const handoverDays = (date: HandoverDate): { readonly first: PlainDate; readonly last: PlainDate } => {
  const [from, to = from] = date.split('/') as [string, string?];
  return { first: daysOf(from).first, last: daysOf(to).last };
};

/** The year in which the handover counts; undefined where the date leaves it open. */
export const yearOf = (date: HandoverDate): number | undefined => {
  const { first, last } = handoverDays(date);
  const year = first.slice(0, 4);
  return year === last.slice(0, 4) ? Number(year) : undefined;
};

export const spanOfHandover = (date: HandoverDate): Span => spanOfDays(handoverDays(date));

const HOUR = 3_600_000;
/** Offsets from UTC in hours. */
const CHINA = 8;
const VIETNAM = 7;

/** The years in which the two sides' books have an event: of an instant each its own, of a date or a month the one it says. */
const yearsInBooks = (occurredAt: OccurredAt): readonly number[] => {
  if (!occurredAt.includes('T')) return [Number(occurredAt.slice(0, 4))];
  return [CHINA, VIETNAM].map((offset) => new Date(Date.parse(occurredAt) + offset * HOUR).getUTCFullYear());
};

/**
 * Whether the two sides' books can put a handover into different years: it happened in the hour in which it is already New
 * Year in China and still New Year's Eve in Vietnam, or the minutes' year is not the year in which one of the sides has it.
 */
export const isNewYearCase = (date: HandoverDate, occurredAt: OccurredAt): boolean => {
  const year = yearOf(date);
  return year !== undefined && yearsInBooks(occurredAt).some((inBooks) => inBooks !== year);
};
