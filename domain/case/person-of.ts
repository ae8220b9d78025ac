import { type Person, withParticulars } from '../person/person.ts';
import type { CaseEventOf } from './events.ts';
import type { EffectiveCaseEvent } from './state.ts';

/** What a case says of its person and names it by: all of it sealed in the log. */
export interface CasePerson {
  readonly person: Person;
  readonly caseNumbers: NonNullable<CaseEventOf<'reported'>['data']['caseNumbers']>;
  readonly warrantNumber?: string | undefined;
}

/**
 * The person after one more event of the effective history, which must have been unsealed. Undefined as long as no event
 * names a person.
 */
export const evolvePerson = (known: CasePerson | undefined, event: EffectiveCaseEvent): CasePerson | undefined => {
  if (event.type === 'particulars-recorded') {
    const { particulars } = event.data;
    return known === undefined || particulars === undefined
      ? known
      : { ...known, person: withParticulars(known.person, particulars) };
  }
  if (event.type === 'case-number-recorded') {
    const { side, number } = event.data;
    return known === undefined || side === undefined || number === undefined
      ? known
      : { ...known, caseNumbers: [...known.caseNumbers, { side, number }] };
  }
  if (!('person' in event.data) || event.data.person === undefined) return known;
  const { person, caseNumbers, warrantNumber } = event.data;
  return { person, caseNumbers: caseNumbers ?? [], warrantNumber };
};

/** The person as the whole of an unsealed effective history gives it. */
export const personOf = (effective: readonly EffectiveCaseEvent[]): CasePerson | undefined =>
  effective.reduce<CasePerson | undefined>(evolvePerson, undefined);
