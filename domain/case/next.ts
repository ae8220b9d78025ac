import { REVISING_TYPES } from '../kernel/history.ts';
import { openingsOf, rowsFrom } from '../kernel/lifecycle.ts';
import type { Side } from '../kernel/sides.ts';
import type { CaseEventType } from './events.ts';
import { guards } from './guards.ts';
import { dataJsonSchema } from './input.ts';
import { caseLifecycles } from './lifecycles/index.ts';
import type { CaseRow, CaseStatus, PartyRole } from './lifecycles/vocabulary.ts';
import { sidesOf } from './rows.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';

/** Something that may be recorded next. */
export interface NextStep {
  readonly type: CaseEventType;
  readonly by: PartyRole | 'its-own-side';
  readonly sides: readonly Side[];
  /** Where it leads. */
  readonly status: CaseStatus;
  /** What is still to be put on record before, or to be given with it; empty where nothing stands in the way. */
  readonly needs: readonly string[];
  /** JSON Schema (2020-12) of its `data`. */
  readonly data: object;
}

/** What may be recorded of a case next, by whom, and what each step still needs. */
export const nextSteps = (state: CaseState): readonly NextStep[] => {
  const rows = rowsFrom(caseLifecycles[state.kind], state.standing.state);
  const steps = rows.map((row) => stepOf(state, row));
  return state.standing.state === 'annulled'
    ? steps
    : [...steps, ...REVISING_TYPES.map((type) => revision(state, type))];
};

const stepOf = (state: CaseState, row: CaseRow): NextStep => ({
  type: row.event,
  by: row.by,
  sides: sidesOf(state, row.by),
  status: targetOf(state, row),
  needs: row.guards.flatMap((name) => guards[name]({ state, event: emptyEvent(row.event) })?.message ?? []),
  data: dataJsonSchema(row.event),
});

const targetOf = ({ standing }: CaseState, row: CaseRow): CaseStatus => {
  if (row.to === 'unchanged') return standing.state;
  return row.to === 'where-it-stood' ? (standing.stoodAt.at(-1) ?? standing.state) : row.to;
};

/** A side puts right what it stated itself, in whatever state the case is. */
const revision = (state: CaseState, type: (typeof REVISING_TYPES)[number]): NextStep => ({
  type,
  by: 'its-own-side',
  sides: sidesOf(state, 'either'),
  status: state.standing.state,
  needs: [],
  data: dataJsonSchema(type),
});

/** Guards look at an event's data for what may be given with it; here nothing is given yet. */
const emptyEvent = (type: string): EffectiveCaseEvent => ({ type, data: {} }) as EffectiveCaseEvent;

/** The event types that can open a case of a kind. */
export const openingTypes = (kind: CaseState['kind']): readonly string[] => openingsOf(caseLifecycles[kind]);
