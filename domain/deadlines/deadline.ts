import type { Side } from '../kernel/sides.ts';
import { dayOf, type Instant, type OccurredAt, type PlainDate } from '../kernel/time.ts';
import type { DeadlineRule } from '../reference/deadline-rules.ts';

/** By when something of a record has to be done. */
export interface Deadline {
  readonly rule: DeadlineRule;
  /** By whose clock its days are counted. */
  readonly side: Side;
  /** The event that started it; left out where the record began with it. */
  readonly startedBy?: string;
  /** What it is counted from, as it is known. */
  readonly started: OccurredAt;
  /** The start is known as a month only, and the due date is the earliest that it can be. */
  readonly isEarliest: boolean;
  /** The last day that belongs to it; undefined where no number of days is known. */
  readonly due: PlainDate | undefined;
  /** The due date before anything extended it; undefined where nothing did. */
  readonly extendedFrom?: PlainDate | undefined;
  readonly end?: DeadlineEnd | undefined;
}

export interface DeadlineEnd {
  /** The event that ended it, or what the record became. */
  readonly type: string;
  readonly eventId?: string;
  readonly occurredAt: OccurredAt;
}

/**
 * `met`: what was due was done in time; `ended`: nothing is due any more, and nothing came too late; `expired`: the last day went by
 * before, whether or not it was done afterwards.
 */
export type DeadlineStatus = 'running' | 'met' | 'expired' | 'ended';

/** How a deadline stands at an instant, by the clock of its side. */
export const statusOf = ({ rule, side, due, end }: Deadline, now: Instant): DeadlineStatus => {
  if (end === undefined) return due !== undefined && dayOf(now, side) > due ? 'expired' : 'running';
  if (due !== undefined && firstDay(end.occurredAt, side) > due) return 'expired';
  return rule.ends.metBy.includes(end.type) ? 'met' : 'ended';
};

/** What is known as a month only is not held to have come too late while it need not have. */
const firstDay = (occurredAt: OccurredAt, side: Side): PlainDate => {
  if (occurredAt.includes('T')) return dayOf(occurredAt, side);
  return occurredAt.length === 'YYYY-MM'.length ? `${occurredAt}-01` : occurredAt;
};

/** Whether somebody still has to act on it: it can be listed by its due date, and be overdue. */
export const isOpen = (deadline: Deadline): deadline is Deadline & { readonly due: PlainDate } =>
  deadline.end === undefined && deadline.due !== undefined;
