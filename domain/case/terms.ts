import type { Side } from '../kernel/sides.ts';
import { addDays, dayOf, daysOf, type OccurredAt, type PlainDate } from '../kernel/time.ts';
import { type DeadlineRule, deadlineRuleDuring } from '../reference/deadline-rules.ts';
import type { CaseDeadlineStart, Clock } from './clocks.ts';
import type { CaseState } from './state.ts';

/** First and last day, by the clock of a side, on which something can have happened. */
export const daysBySide = (
  occurredAt: OccurredAt,
  side: Side,
): { readonly first: PlainDate; readonly last: PlainDate } =>
  daysOf(occurredAt.includes('T') ? dayOf(occurredAt, side) : occurredAt);

/** A clock of a case with the rule by which it runs. */
export interface RunningClock {
  readonly clock: Clock;
  /** That of the side that has the person, on the day on which it began. */
  readonly rule: DeadlineRule | undefined;
  readonly side: Side;
}

/** Undefined where the case has no such clock. */
export const clockOf = (
  { clocks, deliveringParty: side }: Pick<CaseState, 'clocks' | 'deliveringParty'>,
  start: CaseDeadlineStart,
): RunningClock | undefined => {
  const clock = clocks[start];
  return clock && { clock, rule: deadlineRuleDuring(start, side, daysBySide(clock.start, side)), side };
};

/**
 * The last day of a term before anything extended it: agreed for 8 March, 15 days, that is 23 March. Of a start that is known as a
 * month, the earliest that it can be. Undefined where no number of days is known.
 */
export const firstDueOf = ({ clock, rule, side }: RunningClock): PlainDate | undefined => {
  if (rule === undefined || rule.term === 'not-known') return undefined;
  return rule.term === 'stated' ? clock.due : addDays(daysBySide(clock.start, side).first, rule.term.days);
};

/** The last day with all extensions; what is called one and is no later changes nothing. */
export const dueOf = (running: RunningClock): PlainDate | undefined =>
  running.clock.extensions.reduce<PlainDate | undefined>(
    (due, { until = fullExtension(running.rule, due) }) => latest(due, until),
    firstDueOf(running),
  );

/** The day to which the law lets a term be extended; undefined where it is not known to say. */
export const fullExtension = (rule: DeadlineRule | undefined, due: PlainDate | undefined): PlainDate | undefined =>
  rule?.extension && due && addDays(due, rule.extension.days);

const latest = (a: PlainDate | undefined, b: PlainDate | undefined): PlainDate | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;
