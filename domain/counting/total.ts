import type { Bound } from '../kernel/bound.ts';
import type { RegisterContribution } from '../kernel/contribution.ts';
import { formatDecimal, parseDecimal } from '../kernel/decimal.ts';

/** What some contributions come to. */
export interface Total {
  /** Exact decimal text. */
  readonly amount: string;
  readonly bound: Bound;
  /** At most so much, where reports contradict each other; `amount` is then the least. */
  readonly upTo?: string;
}

type Amount = Pick<RegisterContribution, 'lower' | 'upper' | 'approximate'>;

const sum = (texts: readonly string[]): bigint => texts.reduce((total, text) => total + parseDecimal(text), 0n);

/**
 * The exact sum of some amounts, in units of ten to a power of theirs. More than one exactly known is more than their sum; one that is given
 * as about so much, or as one thing by the one and as another by the other, makes the sum about so much.
 */
export const totalOf = (amounts: readonly Amount[], power = 0): Total => {
  const lower = sum(amounts.map((each) => each.lower));
  const uppers = amounts.flatMap(({ upper }) => upper ?? []);
  const upper = uppers.length === amounts.length ? sum(uppers) : undefined;
  const isNear = amounts.some(({ approximate }) => approximate) || (upper !== undefined && upper !== lower);
  return {
    amount: formatDecimal(lower, power),
    bound: upper === undefined ? '>' : isNear ? '≈' : '=',
    ...(upper !== undefined && upper !== lower && { upTo: formatDecimal(upper, power) }),
  };
};
