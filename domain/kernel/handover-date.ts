import { z } from 'zod';
import type { Side } from './sides.ts';
import {
  dayOf,
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

/** The year in which a side's book has an event: of an instant by that side's clock, of a date or a month the one it says. */
const yearInBook = (occurredAt: OccurredAt, side: Side): number =>
  Number((occurredAt.includes('T') ? dayOf(occurredAt, side) : occurredAt).slice(0, 4));

/**
 * The other year into which a side's book can put a handover; undefined where both have it in the year of the minutes. Either it
 * happened in the hour in which it is already New Year in China and still New Year's Eve in Vietnam, or the year of the minutes is
 * not the one in which it happened.
 */
export const otherYearOf = (date: HandoverDate, occurredAt: OccurredAt): number | undefined => {
  const year = yearOf(date);
  if (year === undefined) return undefined;
  return (['CN', 'VN'] as const).map((side) => yearInBook(occurredAt, side)).find((inBook) => inBook !== year);
};
