import { LEDGER_ITSELF } from '../kernel/access.ts';
import type { Fields } from '../kernel/event.ts';
import type { Guard } from '../kernel/record.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { isPersonProtected, isProtected, maySeeLink, shelteringOf } from './access.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';

/** Events that name another case: in `into` the one that a duplicate is merged into, in `otherCase` another of the same person. */
export const NAMING_ANOTHER_CASE = ['merged', 'linked-to-person-of', 'found-not-same-person'];

/** All links of a case are shown together. As which case one goes on is said by the ledger, however many there are. */
const MOST_LINKS = 100;

/**
 * Another case that stands, and of which this one does not say the same already. What is recorded of a case is read by those who may know
 * its person: that a victim is the person of another case is therefore written down in the case of the victim alone.
 */
export const namesAnotherCase: Guard<CaseState, EffectiveCaseEvent> = ({ state, event, others = [] }) => {
  const isOfLedger = event.recordedBy?.role === LEDGER_ITSELF;
  if (!isOfLedger && state.personLinks.length + state.foundNotSame >= MOST_LINKS) {
    const message = `${MOST_LINKS} events say already of which cases the person is, or is not: link another case of the group`;
    return { code: 'out-of-order', message, pointer: '/type' };
  }
  const named = others.find(({ id }) => id === (event.data as Fields).otherCase);
  const other = named?.state as CaseState | undefined;
  if (other === undefined) return undefined;
  // Who may not know of the link is not told of it here.
  if (named?.isNamedAlready === true && maySeeLink(event.recordedBy, shelteringOf(state), shelteringOf(other))) {
    return unsuitable('this case says so of that one already; what it rests on is put right by `corrected`');
  }
  if (other.mergedInto !== undefined) return unsuitable(`that case is merged into ${other.mergedInto}: name that one`);
  if (!isPersonProtected(shelteringOf(other)) || isPersonProtected(shelteringOf(state))) return undefined;
  const what = isProtected(other.kind) ? `is a ${other.kind} case` : 'goes on as another one';
  return unsuitable(`that case ${what}: record this in it, where its person is protected`);
};

const unsuitable = (message: string): Refusal => ({ code: 'unsuitable-record', message, pointer: '/data/otherCase' });
