import { openingsOf } from '../kernel/lifecycle.ts';
import * as next from '../kernel/next.ts';
import { caseInput } from './decide.ts';
import { caseLifecycles } from './lifecycles/index.ts';
import { caseRules } from './rules.ts';
import type { CaseState } from './state.ts';

/** What may be recorded of a case next, by whom, and what each step still needs. */
export const nextSteps = (state: CaseState): readonly next.NextStep[] => next.nextSteps(caseRules, caseInput, state);

/** The event types that can open a case of a kind. */
export const openingTypes = (kind: CaseState['kind']): readonly string[] => openingsOf(caseLifecycles[kind]);
