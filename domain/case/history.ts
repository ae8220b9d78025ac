import type { Recorded } from '../kernel/event.ts';
import { effectiveHistory, isRevising } from '../kernel/history.ts';
import type { CaseEvent, OrdinaryCaseEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';

export type RecordedCaseEvent = Recorded<CaseEvent>;

/** A case as its stream tells it: what was recorded, how it is to be read now, and where it stands. */
export interface CaseHistory {
  readonly recorded: readonly RecordedCaseEvent[];
  readonly effective: readonly EffectiveCaseEvent[];
  /** Undefined where nothing was recorded yet. */
  readonly state: CaseState | undefined;
}

export const EMPTY_HISTORY: CaseHistory = { recorded: [], effective: [], state: undefined };

/** The history with one more recorded event. Only what puts the record right needs the whole of it folded anew. */
export const extendHistory = (history: CaseHistory, event: RecordedCaseEvent): CaseHistory => {
  const recorded = [...history.recorded, event];
  if (isRevising(event)) return foldHistory(recorded);
  const effective = asEffective(event as Recorded<OrdinaryCaseEvent>);
  return { recorded, effective: [...history.effective, effective], state: evolve(history.state, effective) };
};

/** An ordinary event as the effective history holds it before anything corrected it. */
export const asEffective = (event: Recorded<OrdinaryCaseEvent>): EffectiveCaseEvent =>
  ({ ...event, correctedBy: [] }) as EffectiveCaseEvent;

export const effectiveCaseHistory = (recorded: readonly RecordedCaseEvent[]): readonly EffectiveCaseEvent[] =>
  effectiveHistory<CaseEvent>(recorded) as readonly EffectiveCaseEvent[];

/** Folds a stream's events, in order of their revision. */
export const foldHistory = (recorded: readonly RecordedCaseEvent[]): CaseHistory => {
  const effective = effectiveCaseHistory(recorded);
  const opening = recorded[0];
  if (opening !== undefined && effective.length === 0) return { recorded, effective, state: annulledCase(opening) };
  return { recorded, effective, state: foldEffective(effective) };
};

/** The state that some of the effective history leads to; `undefined` for none of it. */
export const foldEffective = (effective: readonly EffectiveCaseEvent[]): CaseState | undefined =>
  effective.reduce<CaseState | undefined>(evolve, undefined);

/** A case that was opened in error keeps what it was opened as, so that it can be found; nothing else of it holds. */
const annulledCase = (opening: RecordedCaseEvent): CaseState => ({
  ...evolve(undefined, asEffective(opening as Recorded<OrdinaryCaseEvent>)),
  standing: { state: 'annulled', stoodAt: [] },
});
