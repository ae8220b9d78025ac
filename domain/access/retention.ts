import type { PlainDate } from '../kernel/time.ts';

/** Who has read what is kept for at least so many days, whatever a ledger is told: nobody makes yesterday be forgotten. */
export const FEWEST_DAYS_KEPT = 30;

const DAY_MS = 24 * 3_600_000;

/** The first day, in UTC, whose records are still kept at some time, where they are kept for so many days. */
export const firstKeptDay = (at: Date, days: number): PlainDate =>
  new Date(at.getTime() - days * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
