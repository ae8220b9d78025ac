import type { ReferenceEntry } from '../../domain/reference/entry.ts';
import { type Days, isValidDuring, type Validity } from '../../domain/reference/validity.ts';

/** One day as a range of days. */
export const on = (date: string): Days => ({ first: date, last: date });

export const isValidOn = (validity: Validity, date: string): boolean => isValidDuring(validity, on(date));

export const entryOf = <Entry extends ReferenceEntry>(entries: readonly Entry[], code: string): Entry | undefined =>
  entries.find((entry) => entry.code === code);
