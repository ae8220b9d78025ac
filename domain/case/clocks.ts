import type { OccurredAt, PlainDate } from '../kernel/time.ts';
import { DEADLINE_ENDS, type DeadlineStart } from '../reference/deadline-rules.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';

/** What ended a deadline. */
export interface ClockEnd {
  readonly eventId: string;
  readonly type: string;
  readonly occurredAt: OccurredAt;
}

/** A term that began to run in a case. How long it is says the rule in force on the day of its start. */
export interface Clock {
  readonly startedBy: string;
  /** When that happened, or for when it was agreed. */
  readonly start: OccurredAt;
  /** Where the event says itself by when. */
  readonly due?: PlainDate;
  readonly extensions: readonly { readonly eventId: string; readonly until?: PlainDate | undefined }[];
  readonly end?: ClockEnd;
}

export type CaseDeadlineStart = Exclude<DeadlineStart, 'due-date'>;

/** The latest clock of each sort. */
export type Clocks = Readonly<Partial<Record<CaseDeadlineStart, Clock>>>;

type ClockState = Pick<CaseState, 'clocks' | 'surrenderRequested'>;

/** What an event does to the clocks of a case: it ends some, and starts or extends one. */
export const clocksAfter = (state: ClockState, event: EffectiveCaseEvent): ClockState => {
  const ended = Object.fromEntries(
    Object.entries(state.clocks).map(([start, clock]) => [
      start,
      clock.end === undefined && endsOf(start as CaseDeadlineStart).has(event.type)
        ? { ...clock, end: endBy(event) }
        : clock,
    ]),
  );
  const surrenderRequested = requestAfter(state.surrenderRequested, event);
  return { surrenderRequested, clocks: { ...ended, ...begun(event, surrenderRequested), ...extended(ended, event) } };
};

const ENDS = new Map(
  Object.entries(DEADLINE_ENDS).map(([start, { metBy, endedBy }]) => [start, new Set<string>([...metBy, ...endedBy])]),
);

const endsOf = (start: CaseDeadlineStart): ReadonlySet<string> => ENDS.get(start) ?? new Set();

const endBy = ({ id, type, occurredAt }: EffectiveCaseEvent): ClockEnd => ({ eventId: id, type, occurredAt });

/** A formal request may be on record before the arrest; whoever gives the person up takes it back. */
const requestAfter = (known: ClockEnd | undefined, event: EffectiveCaseEvent): ClockEnd | undefined => {
  if (event.type === 'surrender-requested') return endBy(event);
  return event.type === 'warrant-withdrawn' || event.type === 'request-withdrawn' ? undefined : known;
};

const begun = (event: EffectiveCaseEvent, request: ClockEnd | undefined): Clocks => {
  const clock = { startedBy: event.id, start: event.occurredAt, extensions: [] };
  switch (event.type) {
    case 'captured':
      return event.data.provisional === true
        ? { 'provisional-arrest': { ...clock, ...(request && { end: request }) } }
        : {};
    case 'handover-agreed':
      return { 'agreed-handover': { ...clock, start: event.data.agreedDate } };
    case 'temporarily-surrendered':
      return { 'temporary-surrender': { ...clock, due: event.data.returnDue } };
    default:
      return {};
  }
};

/** Which clock an event extends. */
export const EXTENDING = {
  'provisional-arrest-extended': 'provisional-arrest',
  'collection-extended': 'agreed-handover',
} as const satisfies Record<string, CaseDeadlineStart>;

const extended = (clocks: Clocks, event: EffectiveCaseEvent): Clocks => {
  if (event.type !== 'provisional-arrest-extended' && event.type !== 'collection-extended') return {};
  const start = EXTENDING[event.type];
  const clock = clocks[start];
  if (clock === undefined) return {};
  const { until } = event.data;
  return { [start]: { ...clock, extensions: [...clock.extensions, { eventId: event.id, until }] } };
};
