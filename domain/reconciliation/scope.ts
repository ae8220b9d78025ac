import { type HandoverDate, handoverDays } from '../kernel/handover-date.ts';
import type { Direction } from '../kernel/sides.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { CaseKind } from '../reference/case-kinds.ts';

/** Of which handovers two books are held against each other. */
export interface Scope {
  /** First and last day, both included, by the date in the minutes. */
  readonly period: { readonly from: PlainDate; readonly to: PlainDate };
  readonly directions: readonly Direction[];
  readonly kinds: readonly CaseKind[];
}

/** Whether a handover is of a period; `open` where its date, known only roughly, leaves that open. */
export type InPeriod = 'inside' | 'outside' | 'open';

export const inPeriod = ({ period }: Pick<Scope, 'period'>, date: HandoverDate): InPeriod => {
  const { first, last } = handoverDays(date);
  if (first >= period.from && last <= period.to) return 'inside';
  return first > period.to || last < period.from ? 'outside' : 'open';
};

/** What tells where a handover counts. */
export interface Counting {
  readonly date: HandoverDate;
  readonly direction: Direction;
  readonly kind: CaseKind;
}

/** Whether a handover counts in a scope for certain. */
export const isInScope = (scope: Scope, { date, direction, kind }: Counting): boolean =>
  inPeriod(scope, date) === 'inside' && scope.directions.includes(direction) && scope.kinds.includes(kind);
