import type { Recorded } from '../kernel/event.ts';
import * as fold from '../kernel/fold.ts';
import type { CaseEvent, OrdinaryCaseEvent } from './events.ts';
import { caseRules } from './rules.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';

export type RecordedCaseEvent = Recorded<CaseEvent>;

/** A case as its stream tells it: what was recorded, how it is to be read now, and where it stands. */
export type CaseHistory = fold.History<CaseState, EffectiveCaseEvent, RecordedCaseEvent>;

/** An ordinary event as the effective history holds it before anything corrected it. */
export const asEffective = (event: Recorded<OrdinaryCaseEvent>): EffectiveCaseEvent =>
  fold.asEffective(event) as EffectiveCaseEvent;

/** Folds a stream's events, in order of their revision. */
export const foldHistory = (recorded: readonly RecordedCaseEvent[]): CaseHistory =>
  fold.foldHistory(caseRules, recorded);

/** The history with one more recorded event. */
export const extendHistory = (history: CaseHistory, event: RecordedCaseEvent): CaseHistory =>
  fold.extendHistory(caseRules, history, event);

/** The state after one more event of the effective history; `state` is undefined before the first. */
export const evolve = (state: CaseState | undefined, event: EffectiveCaseEvent): CaseState =>
  fold.evolve(caseRules, state, event);

/** The state that some of the effective history leads to; undefined for none of it. */
export const foldEffective = (effective: readonly EffectiveCaseEvent[]): CaseState | undefined =>
  fold.foldEffective(caseRules, effective);
