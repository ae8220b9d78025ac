import type { Command, Guard } from '../kernel/record.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { isProtected } from './access.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';

/** The field in which an event names another case. */
const NAMED_IN: Readonly<Record<string, string>> = {
  merged: 'into',
  'linked-to-person-of': 'otherCase',
  'found-not-same-person': 'otherCase',
};

export const NAMING_ANOTHER_CASE = Object.keys(NAMED_IN);

/** The id of the case that a command names; undefined where it names none. */
export const caseNamedBy = (command: Command): string | undefined => {
  const field = NAMED_IN[command.type ?? ''];
  const id = command.name === 'record' && field !== undefined ? command.data[field] : undefined;
  return typeof id === 'string' ? id : undefined;
};

/**
 * Another case that stands. What is recorded of a case is read by those who may know its person: that a victim is the person of another
 * case is therefore written down in the case of the victim alone.
 */
export const namesAnotherCase: Guard<CaseState, EffectiveCaseEvent> = ({ state, other }) => {
  if (other === undefined) return undefined;
  if (other.state === undefined) return unsuitable('there is no such case');
  if (other.isItself) return unsuitable('expected another case than this one');
  if (other.state.standing.state === 'annulled') return unsuitable('that case was annulled');
  if (other.state.mergedInto !== undefined) {
    return unsuitable(`that case is merged into ${other.state.mergedInto}: name that one`);
  }
  return isProtected(other.state.kind) && !isProtected(state.kind)
    ? unsuitable(`that is a ${other.state.kind} case: record this in it, where its person is protected`)
    : undefined;
};

const unsuitable = (message: string): Refusal => ({ code: 'unsuitable-case', message, pointer: '/data/otherCase' });
