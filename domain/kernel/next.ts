import { BY_THE_LEDGER } from './access.ts';
import { REVISING_TYPES } from './history.ts';
import type { Input } from './input.ts';
import { rowsFrom } from './lifecycle.ts';
import type { AnyLifecycle, EffectiveEvent, RecordState, Rules } from './record.ts';
import type { Side } from './sides.ts';

/** Something that may be recorded next. */
export interface NextStep {
  readonly type: string;
  /** A role of the table, or the side itself that stated what is put right. */
  readonly by: string;
  readonly sides: readonly Side[];
  /** Where it leads. */
  readonly status: string;
  /** What is still to be put on record before, or to be given with it; empty where nothing stands in the way. */
  readonly needs: readonly string[];
  /** The guards of the table that ask for it, one for each of the needs. */
  readonly unmet: readonly string[];
  /** JSON Schema (2020-12) of its `data`. */
  readonly data: object;
}

/** What may be recorded next, by whom, and what each step still needs. */
export const nextSteps = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
  input: Input,
  state: State,
): readonly NextStep[] => {
  const { standing } = state;
  const step = (type: string, by: string, sides: readonly Side[], status: string): NextStep => ({
    type,
    by,
    sides,
    status,
    needs: [],
    unmet: [],
    data: input.dataJsonSchema(type),
  });
  const rows = rowsFrom(rules.lifecycleOf(state), standing.state).filter(
    ({ guards }) => !guards.includes(BY_THE_LEDGER),
  );
  const steps = rows.map((row) => {
    const unmet = row.guards.flatMap((name) => {
      const refusal = rules.guards[name]?.({ state, event: emptyEvent(row.event) as E });
      return refusal === undefined ? [] : [{ name, message: refusal.message }];
    });
    return {
      ...step(row.event, row.by, rules.sidesOf(state, row.by), targetOf(state, row)),
      needs: unmet.map(({ message }) => message),
      unmet: unmet.map(({ name }) => name),
    };
  });
  if (standing.state === 'annulled') return steps;
  // A side puts right what it stated itself, in whatever state the record is.
  const revisions = REVISING_TYPES.map((type) =>
    step(type, 'its-own-side', rules.sidesOf(state, 'either'), standing.state),
  );
  return [...steps, ...revisions];
};

const targetOf = ({ standing }: RecordState, row: AnyLifecycle['rows'][number]): string => {
  if (row.to === 'unchanged') return standing.state;
  return row.to === 'where-it-stood' ? (standing.stoodAt.at(-1) ?? standing.state) : row.to;
};

/** Guards look at an event's data for what may be given with it; here nothing is given yet. */
const emptyEvent = (type: string): object => ({ type, data: {} });
