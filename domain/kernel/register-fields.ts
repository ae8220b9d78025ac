import { ownFieldsOf } from './event-shapes.ts';
import type { Register } from './register-table.ts';

/** Fields of a document, of a command and of an entry in a list that no table may use. */
const RESERVED =
  'id revision status since openedAt openedBy office sharedWith claims disputed links type data occurredAt statedBy eventId by'.split(
    ' ',
  );

/** Throws where two events would set one field in two meanings, or a field has the name of something else. */
export const assertFieldsApart = ({ noun, opening, events, derived, claimable = [] }: Register): void => {
  const owners = new Map(Object.keys({ ...opening.open, ...opening.sealed }).map((field) => [field, opening.type]));
  const claim = (field: string, owner: string, mayBeSetAnew: boolean): void => {
    if (RESERVED.includes(field)) throw new Error(`${noun}: ${owner} cannot have a field ${field}`);
    const other = owners.get(field);
    if (other !== undefined && other !== owner && !(mayBeSetAnew && other === opening.type)) {
      throw new Error(`${noun}: both ${other} and ${owner} have the field ${field}`);
    }
    owners.set(field, other ?? owner);
  };
  for (const field of owners.keys()) claim(field, opening.type, false);
  for (const [type, { shape, effect }] of Object.entries(events)) {
    if (effect === 'sets') {
      for (const field of Object.keys(ownFieldsOf(shape))) claim(field, type, !claimable.includes(field));
    } else if (effect !== 'none' && 'addsTo' in effect) claim(effect.addsTo, type, false);
  }
  for (const field of Object.keys(derived?.fields ?? {})) claim(field, 'what is derived', false);
};
