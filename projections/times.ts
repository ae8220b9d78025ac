import { type At, daysBy } from '../domain/kernel/at.ts';
import type { Instant } from '../domain/kernel/time.ts';
import type { Condition } from './conditions.ts';

/** What was known then: up to a position in the log, or up to an instant. Left out: what is known now. */
export type AsOf = { readonly position: string } | { readonly instant: Instant };

/** The two times: what was known then, and of that what had happened by then. */
export interface Times {
  readonly asOf?: AsOf | undefined;
  readonly at?: At | undefined;
}

/** Whether what is known now is asked for, whenever it happened. */
export const isNow = ({ asOf, at }: Times): boolean => asOf === undefined && at === undefined;

/** Contributions that held then; see contributions.ts. */
export const heldAt = (asOf: AsOf | undefined): Condition => {
  if (asOf === undefined) return ['to_position IS NULL'];
  return 'position' in asOf
    ? ['from_position <= ? AND (to_position IS NULL OR to_position > ?)', asOf.position, asOf.position]
    : ['from_known_at <= ? AND (to_known_at IS NULL OR to_known_at > ?)', asOf.instant, asOf.instant];
};

/** Contributions of cases with the words of the two sides that had been said by then; left out: the latest. */
export const saidAt = (at: At | undefined): Condition => {
  if (at === undefined) return ['next_said_by IS NULL'];
  const { over } = daysBy(at);
  return ['(said_by IS NULL OR said_by <= ?) AND (next_said_by IS NULL OR next_said_by > ?)', over, over];
};

/** Of these, those of which the next word can have been said by then, but had not been for certain; none, where no time is asked for. */
export const canHaveSaidMore = (at: At | undefined): Condition =>
  at === undefined ? ['FALSE'] : ['next_said_from IS NOT NULL AND next_said_from <= ?', daysBy(at).begun];

/** Which lines are asked for: those of what had happened by a time, or those of which their date leaves that open. */
export type Happened = 'happened' | 'undecided';

const happenedAt = (at: At | undefined, which: Happened): Condition | undefined => {
  if (at === undefined) return which === 'happened' ? undefined : ['FALSE'];
  const { over, begun } = daysBy(at);
  if (which === 'happened') return ['last_day <= ?', over];
  // An index has those of which no more is known than some days.
  const roughly = over === begun ? 'first_day <> last_day AND ' : '';
  return [`${roughly}last_day > ? AND first_day <= ?`, over, begun];
};

/** Contributions of cases that were true then, whenever they were known. */
export const trueAt = (at: At | undefined, which: Happened = 'happened'): readonly (Condition | undefined)[] => [
  saidAt(at),
  happenedAt(at, which),
];

/** Contributions of cases at the two times. */
export const contributedAt = ({ asOf, at }: Times, which?: Happened): readonly (Condition | undefined)[] => [
  heldAt(asOf),
  ...trueAt(at, which),
];

/** What was known after one position in the log and up to another; empty: before the first event. */
export interface Between {
  readonly after: string;
  readonly upTo: string;
}

/** Contributions that an event between two positions began, or ended. */
export const changedBetween = (end: 'from' | 'to', { after, upTo }: Between): Condition => [
  `${end}_position > ? AND ${end}_position <= ?`,
  after,
  upTo,
];
