import * as next from '../kernel/next.ts';
import { caseInput } from './decide.ts';
import { caseRules } from './rules.ts';
import type { CaseState } from './state.ts';

/** What may be recorded of a case next, by whom, and what each step still needs. */
export const nextSteps = (state: CaseState): readonly next.NextStep[] => next.nextSteps(caseRules, caseInput, state);
