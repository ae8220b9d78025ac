import { otherSide, type Side } from '../kernel/sides.ts';
import type { PartyRole } from './lifecycles/vocabulary.ts';
import type { CaseState } from './state.ts';

/** Which side is which in a case. */
export type Parties = Pick<CaseState, 'requestingParty' | 'deliveringParty' | 'receivingParty'>;

/** The sides that a role means in a case. */
export const sidesOf = (state: Parties, role: PartyRole): readonly Side[] => {
  switch (role) {
    case 'requesting':
      return [state.requestingParty];
    case 'delivering':
      return [state.deliveringParty];
    case 'receiving':
      return [state.receivingParty];
    case 'either':
      return [state.requestingParty, otherSide(state.requestingParty)];
  }
};
