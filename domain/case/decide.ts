import { createDecider } from '../kernel/decide.ts';
import type { Decider } from '../kernel/decider.ts';
import type { Command, Context } from '../kernel/record.ts';
import type { CaseEvent } from './events.ts';
import type { CaseHistory } from './history.ts';
import { caseRules } from './rules.ts';

const decider = createDecider(caseRules);

export const caseDecider = decider as unknown as Decider<CaseHistory, Command, CaseEvent, Context>;

/** Checks what comes in for cases. */
export const caseInput = decider.input;
