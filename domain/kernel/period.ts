import { z } from 'zod';
import type { EffectiveEvent } from './record.ts';
import type { Refusal } from './refusal.ts';
import { daysOf, daysOfOccurrence, monthSchema, type PlainDate, plainDateSchema, yearSchema } from './time.ts';

/** A date that sources give as exactly as they know it: a day, a month, or a year alone. */
export type RoughDate = string;

export const roughDateSchema = z.union([plainDateSchema, monthSchema, yearSchema], {
  error: 'expected a date such as 2017-11-03, a month such as 2017-11 or a year such as 2017, from 1900 to 2199',
});

export interface Period {
  readonly from?: RoughDate | undefined;
  readonly to?: RoughDate | undefined;
}

/** First and last day of a rough date. */
export const daysOfRoughDate = (date: RoughDate): { readonly first: PlainDate; readonly last: PlainDate } =>
  date.length === 4 ? { first: `${date}-01-01`, last: `${date}-12-31` } : daysOf(date);

/** Whether a period can end on or after the day on which it begins. */
export const isInOrder = ({ from, to }: Period): boolean =>
  from === undefined || to === undefined || daysOfRoughDate(from).first <= daysOfRoughDate(to).last;

/** From and to, both included, either of them left out where it is not known. */
export const periodSchema = z
  .strictObject({ from: roughDateSchema.optional(), to: roughDateSchema.optional() })
  .refine(({ from, to }) => from !== undefined || to !== undefined, { error: 'expected `from` or `to`' })
  .refine(isInOrder, { error: 'expected a time that is not before `from`', path: ['to'] })
  .describe('From and to, both included, as exactly as the source says');

/** What an event says to have been done had not been done when it happened. */
export const doneByThen = (
  { occurredAt }: Pick<EffectiveEvent, 'occurredAt'>,
  date: unknown,
  pointer: string,
): Refusal | undefined =>
  typeof date === 'string' && daysOfRoughDate(date).first > daysOfOccurrence(occurredAt).last
    ? { code: 'times-out-of-order', message: `${date} is after the event, which happened ${occurredAt}`, pointer }
    : undefined;

/** `from` and `to` as two fields of one event. */
export const endsAfterItBegins = (from: unknown, to: unknown, pointer: string): Refusal | undefined =>
  typeof from === 'string' && typeof to === 'string' && !isInOrder({ from, to })
    ? { code: 'times-out-of-order', message: `${to} is before ${from}, when it began`, pointer }
    : undefined;
