import type { PlainDate } from '../kernel/time.ts';

/**
 * When something dated holds. A bound that is left out is not known or not set: the interval is open there. A bound that
 * a source gives only roughly is set so that the interval is the widest that the source allows; nothing true is refused.
 */
export interface Validity {
  /** The first day on which it holds. */
  readonly validFrom?: PlainDate;
  /** The first day on which it holds no more. */
  readonly validTo?: PlainDate;
}

/** Some days, both ends included: one day twice, a month, an interval. */
export interface Days {
  readonly first: PlainDate;
  readonly last: PlainDate;
}

/**
 * Whether it holds on at least one of the days: what happened on an unknown one of them is then not impossible. Plain dates of
 * four-digit years order by code unit, so they are compared as text.
 */
export const isValidDuring = ({ validFrom, validTo }: Validity, { first, last }: Days): boolean =>
  (validFrom === undefined || last >= validFrom) && (validTo === undefined || first < validTo);

/** The bounds alone, of anything that has them among other things. */
export const validityOf = ({ validFrom, validTo }: Validity): Validity => ({
  ...(validFrom !== undefined && { validFrom }),
  ...(validTo !== undefined && { validTo }),
});

/** For messages: `from 2023-12-28`, `until 2025-07-01` (that day no more), both, or `at all times`. */
export const describeValidity = ({ validFrom, validTo }: Validity): string =>
  [validFrom && `from ${validFrom}`, validTo && `until ${validTo} (exclusive)`].filter(Boolean).join(' ') ||
  'at all times';
