import type { CaseDeadlineStart } from '../case/clocks.ts';
import type { CaseState } from '../case/state.ts';
import { clockOf, daysBySide, dueOf, firstDueOf, type RunningClock } from '../case/terms.ts';
import { basesOf } from '../reference/legal-bases.ts';
import type { Deadline, DeadlineEnd } from './deadline.ts';

const STARTS: readonly CaseDeadlineStart[] = ['provisional-arrest', 'agreed-handover', 'temporary-surrender'];

/** A case that stands so goes on nowhere by itself. */
const SET_ASIDE: readonly string[] = ['merged', 'annulled', 'closed'];

/** The deadlines of a case: of each sort the latest that began, as far as a rule is known for it. */
export const deadlinesOfCase = (state: CaseState): readonly Deadline[] =>
  STARTS.flatMap((start) => {
    const running = clockOf(state, start);
    return running === undefined ? [] : (deadlineOf(state, running) ?? []);
  });

const deadlineOf = (state: CaseState, running: RunningClock): Deadline | undefined => {
  const { clock, rule, side } = running;
  if (rule === undefined) return undefined;
  // Before a basis is on record, it can be any that suits the kind of case.
  const possible: readonly string[] = state.legalBasis === undefined ? basesOf(state.kind) : [state.legalBasis];
  if (rule.legalBases?.some((basis) => possible.includes(basis)) === false) return undefined;
  const [first, due] = [firstDueOf(running), dueOf(running)];
  const { first: earliest, last } = daysBySide(clock.start, side);
  return {
    rule,
    side,
    startedBy: clock.startedBy,
    started: clock.start,
    isEarliest: rule.term !== 'stated' && earliest !== last,
    due,
    ...(first !== due && { extendedFrom: first }),
    end: clock.end ?? setAside(state),
  };
};

const setAside = ({ standing, since }: CaseState): DeadlineEnd | undefined =>
  SET_ASIDE.includes(standing.state) ? { type: standing.state, occurredAt: since } : undefined;
