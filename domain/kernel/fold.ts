import type { Recorded, Recorder } from './event.ts';
import { effectiveHistory, isRevising, type Revising } from './history.ts';
import { advance, rowsFor as rowsOf } from './lifecycle.ts';
import type { AnyLifecycle, EffectiveEvent, RecordState, Rules } from './record.ts';
import { statingSide } from './stated-by.ts';
import { type OccurredAt, spanOf } from './time.ts';

type AnyRow = AnyLifecycle['rows'][number];

/** An event as it was recorded, of whatever kind of record. */
export type RecordedEvent = Recorded<Revising> | Omit<EffectiveEvent, 'correctedBy'>;

/** A record as its stream tells it: what was recorded, how it is to be read now, and where it stands. */
export interface History<State, E, R = RecordedEvent> {
  readonly recorded: readonly R[];
  readonly effective: readonly E[];
  /** Undefined where nothing was recorded yet. */
  readonly state: State | undefined;
}

export const EMPTY_HISTORY = { recorded: [], effective: [], state: undefined } as const;

/** The rows of a record's table for an event type from where the record stands. */
export const rowsFor = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
  state: State,
  type: string,
): readonly AnyRow[] => rowsOf(rules.lifecycleOf(state), state.standing.state, type);

/** Of which type an event is, and whose word. */
export interface Telling extends Pick<EffectiveEvent, 'type' | 'statedBy'> {
  readonly recordedBy: Pick<Recorder, 'side'>;
}

/** The row by which an event follows on a state; undefined where the table has none for it and its side. */
export const findRow = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
  state: State,
  event: Telling,
): AnyRow | undefined =>
  rowsFor(rules, state, event.type).find((row) => rules.sidesOf(state, row.by).includes(statingSide(event)));

/** The record as its opening event describes it, before the table gives it a status. */
export const openingState = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
  event: E,
): State => {
  const particulars = rules.particularsOf(event);
  const state = {
    sharedWith: [],
    ...particulars,
    office: event.recordedBy.office,
    openedAt: event.occurredAt,
    since: event.occurredAt,
    latestAt: event.occurredAt,
    latestBy: statingSide(event),
  } as unknown as State;
  return { ...state, standing: { state: rules.lifecycleOf(state).initial, stoodAt: [] } };
};

/** The state after one more event of the effective history. `state` is undefined before the first. */
export const evolve = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
  state: State | undefined,
  event: E,
): State => {
  const before = state ?? openingState(rules, event);
  const row = findRow(rules, before, event);
  if (row === undefined) {
    throw new Error(
      `event ${event.id} (${event.type}) cannot follow on ${before.standing.state} of a ${rules.nounOf(before)}`,
    );
  }
  const standing = advance(before.standing, row);
  const since = row.to === 'unchanged' ? before.since : event.occurredAt;
  const latest = isLater(event.occurredAt, before.latestAt)
    ? { latestAt: event.occurredAt, latestBy: statingSide(event) }
    : { latestAt: before.latestAt, latestBy: before.latestBy };
  return { ...before, ...effectOf(rules, before, event), standing, since, ...latest };
};

const isLater = (a: OccurredAt, b: OccurredAt): boolean => a !== b && spanOf(a).earliest > spanOf(b).earliest;

/** The events that every kind of record has mean the same of all of them. */
const effectOf = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
  state: State,
  event: E,
): Partial<State> => {
  if (event.type !== 'shared-with') return rules.effectOf(state, event);
  const { offices } = event.data as { readonly offices: readonly string[] };
  return { sharedWith: [...new Set([...state.sharedWith, ...offices])] } as unknown as Partial<State>;
};

/** An ordinary event as the effective history holds it before anything corrected it. */
export const asEffective = <R extends object>(event: R): R & { readonly correctedBy: readonly string[] } => ({
  ...event,
  correctedBy: [],
});

/** The state that some of the effective history leads to; undefined for none of it. */
export const foldEffective = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
  effective: readonly E[],
): State | undefined => effective.reduce<State | undefined>((state, event) => evolve(rules, state, event), undefined);

/** Folds a stream's events, in order of their revision. */
export const foldHistory = <State extends RecordState, E extends EffectiveEvent, R>(
  rules: Rules<State, E>,
  recorded: readonly R[],
): History<State, E, R> => {
  const effective = effectiveHistory(recorded as readonly Recorded<Revising>[]) as readonly unknown[] as readonly E[];
  const opening = recorded[0];
  const state =
    opening !== undefined && effective.length === 0 ? annulled(rules, recorded) : foldEffective(rules, effective);
  return { recorded, effective, state };
};

/**
 * A record that was opened in error keeps what it was opened as, corrections included, and the offices that see it, so that it can be
 * found by whom it concerns; nothing else of it holds.
 */
const annulled = <State extends RecordState, E extends EffectiveEvent, R>(
  rules: Rules<State, E>,
  recorded: readonly R[],
): State => {
  const events = recorded as readonly Recorded<Revising>[];
  const openingId = events[0]?.id;
  const before = events.filter((event) => !(event.type === 'annulled' && event.data.eventId === openingId));
  const effective = effectiveHistory(before) as readonly unknown[] as readonly E[];
  const [opening] = effective as readonly [E];
  const sharedWith = foldEffective(rules, effective)?.sharedWith ?? [];
  return { ...evolve(rules, undefined, opening), sharedWith, standing: { state: 'annulled', stoodAt: [] } };
};

/** The history with one more recorded event. Only what puts the record right needs the whole of it folded anew. */
export const extendHistory = <State extends RecordState, E extends EffectiveEvent, R>(
  rules: Rules<State, E>,
  history: History<State, E, R>,
  event: R,
): History<State, E, R> => {
  const recorded = [...history.recorded, event];
  if (isRevising(event as never)) return foldHistory(rules, recorded);
  const effective = asEffective(event as object) as unknown as E;
  return { recorded, effective: [...history.effective, effective], state: evolve(rules, history.state, effective) };
};
