import type { Fields } from '../kernel/event.ts';
import type { Guard } from '../kernel/record.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { isPersonProtected, isProtected, shelteringOf } from './access.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';

/** Events that name another case: in `into` the one that a duplicate is merged into, in `otherCase` another of the same person. */
export const NAMING_ANOTHER_CASE = ['merged', 'linked-to-person-of', 'found-not-same-person'];

/**
 * Another case that stands. What is recorded of a case is read by those who may know its person: that a victim is the person of another
 * case is therefore written down in the case of the victim alone.
 */
export const namesAnotherCase: Guard<CaseState, EffectiveCaseEvent> = ({ state, event, others = [] }) => {
  const named = (event.data as Fields).otherCase;
  const other = others.find(({ id }) => id === named)?.state as CaseState | undefined;
  if (other === undefined) return undefined;
  if (other.mergedInto !== undefined) return unsuitable(`that case is merged into ${other.mergedInto}: name that one`);
  if (!isPersonProtected(shelteringOf(other)) || isPersonProtected(shelteringOf(state))) return undefined;
  const what = isProtected(other.kind) ? `is a ${other.kind} case` : 'goes on as another one';
  return unsuitable(`that case ${what}: record this in it, where its person is protected`);
};

const unsuitable = (message: string): Refusal => ({ code: 'unsuitable-record', message, pointer: '/data/otherCase' });
