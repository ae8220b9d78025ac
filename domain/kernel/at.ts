import type { Recorded } from './event.ts';
import type { Revising } from './history.ts';
import { type Side, UTC_OFFSETS } from './sides.ts';
import { addDays, dayOf, daysOf, type OccurredAt, type PlainDate, spanOf } from './time.ts';

/** A time by which something had happened: an instant, or the end of a date or of a month. */
export interface At {
  readonly time: OccurredAt;
  /** By whose clock a date ends, where an instant is held against it. */
  readonly side: Side;
}

/** How far the days had come by a time. */
export interface DaysBy {
  /** The last day that was over, on both sides of the border. */
  readonly over: PlainDate;
  /** The last day that had begun, on either side; the same unless the time is an instant. */
  readonly begun: PlainDate;
}

/** What is dated by days had happened if its last day was over, and can have happened if its first had begun. */
export const daysBy = ({ time }: Pick<At, 'time'>): DaysBy => {
  if (!time.includes('T')) {
    const { last } = daysOf(time);
    return { over: last, begun: last };
  }
  const next = new Date(Date.parse(time) + 1).toISOString();
  return { over: addDays(dayOf(next, 'VN'), -1), begun: dayOf(time, 'CN') };
};

/** Days are compared as days, so that no hour of the next day on the other side of the border counts; instants by the clock of a side. */
const hadHappened = (occurredAt: OccurredAt, { time, side }: At): boolean => {
  if (time.includes('T')) return spanOf(occurredAt).earliest <= Date.parse(time);
  const { last } = daysOf(time);
  if (occurredAt.includes('T')) {
    return Date.parse(occurredAt) <= Date.parse(`${last}T23:59:59.999${UTC_OFFSETS[side]}`);
  }
  return daysOf(occurredAt).first <= last;
};

/**
 * What had happened by a time, of an effective history. What is dated roughly had, where it can have; but nothing had happened before what
 * goes before it.
 */
export const happenedBy = <E extends { readonly occurredAt: OccurredAt }>(
  effective: readonly E[],
  at: At,
): readonly E[] => {
  const end = effective.findIndex(({ occurredAt }) => !hadHappened(occurredAt, at));
  return end < 0 ? effective : effective.slice(0, end);
};

/** The revisions of the recorded events that tell some of the effective history: they themselves, and what puts them right. */
export const revisionsTelling = (
  recorded: readonly Pick<Recorded<Revising>, 'id' | 'revision' | 'type' | 'data'>[],
  effective: readonly { readonly id: string }[],
): ReadonlySet<number> => {
  const told = new Set(effective.map(({ id }) => id));
  const revisions = new Set<number>();
  for (const { id, revision, type, data } of recorded) {
    const putRight = type === 'corrected' || type === 'annulled' ? (data as { readonly eventId: string }).eventId : id;
    if (!told.has(id) && !told.has(putRight)) continue;
    told.add(id);
    revisions.add(revision);
  }
  return revisions;
};
