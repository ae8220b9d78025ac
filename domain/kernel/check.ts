import { evolve, findRow, openingState, rowsFor } from './fold.ts';
import { rowsFrom } from './lifecycle.ts';
import type { DateInEvent, EffectiveEvent, Guarded, RecordState, Rules } from './record.ts';
import { checkReferences } from './reference.ts';
import type { Refusal } from './refusal.ts';
import { statingSide } from './stated-by.ts';
import { daysOf, type Instant, spanOf } from './time.ts';

/** Why an event cannot follow on a state; empty where it can. */
export const checkEvent = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
  guarded: Guarded<State, E>,
  now: Instant,
): readonly Refusal[] => {
  const { state, event } = guarded;
  const row = findRow(rules, state, event);
  if (row === undefined) return [noRow(rules, state, event)];
  const dates = rules.datesBefore(event);
  const refusals = [
    ...inTheFuture(event, dates, now),
    timesInOrder(rules, state, event),
    ...datesBeforeEvent(event, dates),
    ...rules.check(state, event),
    ...row.guards.map((name) => rules.guards[name]?.(guarded)),
    ...checkReferences(guarded.references ?? [], guarded.others ?? []),
  ];
  return refusals.filter((refusal) => refusal !== undefined);
};

/** An event that cannot have happened where it stands in a history, with the reasons. */
export interface Impossible<E> {
  readonly event: E;
  readonly refusals: readonly Refusal[];
}

/** An event of a history with the records that it names now, as they were looked up. */
export interface Naming extends Pick<Guarded<never, never>, 'others'> {
  readonly eventId: string;
}

/** The events of a history that cannot have happened, in their order, to the first that the table has no row for. */
export const findImpossible = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
  effective: readonly E[],
  now: Instant,
  naming?: Naming,
): readonly Impossible<E>[] => {
  const found: Impossible<E>[] = [];
  let state: State | undefined;
  for (const event of effective) {
    const before: State = state ?? openingState(rules, event);
    const others = naming?.eventId === event.id ? naming.others : undefined;
    const refusals = checkEvent(rules, { state: before, event, others }, now);
    if (refusals.length > 0) found.push({ event, refusals });
    if (findRow(rules, before, event) === undefined) return found;
    state = evolve(rules, state, event);
  }
  return found;
};

/** Why the table has no row: the event does not belong to the record, comes out of order, or is not this side's to state. */
const noRow = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
  state: State,
  event: E,
): Refusal => {
  const status = state.standing.state;
  const candidates = rowsFor(rules, state, event.type);
  if (candidates.length > 0) {
    const sides = [...new Set(candidates.flatMap((row) => rules.sidesOf(state, row.by)))];
    const roles = candidates.map((row) => `the ${row.by} party`).join(' or ');
    return {
      code: 'wrong-side',
      message:
        `${event.type} is for ${roles} (${sides.join(' or ')}) to state, not for ${statingSide(event)}; ` +
        'give `statedBy` with an office of that side and its document to record its word',
      pointer: '/statedBy',
    };
  }
  const lifecycle = rules.lifecycleOf(state);
  const elsewhere = lifecycle.rows.filter((row) => row.event === event.type);
  if (elsewhere.length === 0) {
    const message = `a ${rules.nounOf(state)} has no event ${event.type}`;
    return { code: 'unknown-event-type', message, pointer: '/type' };
  }
  const from = [...new Set(elsewhere.flatMap((row) => row.from))];
  const next = [...new Set(rowsFrom(lifecycle, status).map((row) => row.event))];
  return {
    code: 'out-of-order',
    message:
      `${event.type} follows on ${from.join(', ')}; here the ${rules.noun} is ${status}. ` +
      `From here it can go on with: ${next.join(', ') || 'nothing'}`,
    pointer: '/type',
  };
};

type Telling = Pick<EffectiveEvent, 'occurredAt'>;

/** What the event rests on, but was done later, did not stand behind it. */
const datesBeforeEvent = (event: Telling, dates: readonly DateInEvent[]): readonly Refusal[] =>
  dates.flatMap(({ pointer, time }): Refusal[] =>
    time !== undefined && spanOf(time).earliest > spanOf(event.occurredAt).latest
      ? [
          {
            code: 'times-out-of-order',
            message: `${time} is after the event, which happened ${event.occurredAt}`,
            pointer,
          },
        ]
      : [],
  );

/** What has not happened yet, by whichever side's clock is ahead, cannot be recorded. */
export const inTheFuture = (event: Telling, dates: readonly DateInEvent[], now: Instant): readonly Refusal[] =>
  [{ pointer: '/occurredAt', time: event.occurredAt }, ...dates].flatMap(({ pointer, time }): Refusal[] =>
    time !== undefined && spanOf(time).earliest > Date.parse(now)
      ? [{ code: 'in-the-future', message: `${time} is in the future; it is ${now} now`, pointer }]
      : [],
  );

/** In the word of one side, days follow on days; between the two sides midnight comes an hour apart. */
const isBefore = (event: EffectiveEvent, { latestAt, latestBy }: RecordState): boolean => {
  const { occurredAt } = event;
  const areDays = !occurredAt.includes('T') && !latestAt.includes('T');
  return areDays && statingSide(event) === latestBy
    ? daysOf(occurredAt).last < daysOf(latestAt).first
    : spanOf(occurredAt).latest < spanOf(latestAt).earliest;
};

const timesInOrder = (
  { noun }: { readonly noun: string },
  state: RecordState,
  event: EffectiveEvent,
): Refusal | undefined =>
  isBefore(event, state)
    ? {
        code: 'times-out-of-order',
        message:
          `${event.occurredAt} is before ${state.latestAt}, when an earlier event of this ${noun} happened; ` +
          'what was left out then is brought in by `recorded-late`, a wrong time is put right by `corrected`',
        pointer: '/occurredAt',
      }
    : undefined;
