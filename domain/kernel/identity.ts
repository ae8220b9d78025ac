import { z } from 'zod';
import type { Fields } from './event.ts';
import { invalid, type Refusal } from './refusal.ts';
import type { Register, RegisterState } from './register-table.ts';

/** Tells by what a record is opened with whether it is another one. */
export interface Identity<State> {
  /** The same for what is the same; undefined where the fields that tell it are not as they should be. */
  readonly of: (particulars: Fields) => readonly string[] | undefined;
  /** Why no other can be opened beside a record; undefined where that was annulled. */
  readonly taken: (state: State) => Refusal | undefined;
}

/** Undefined where a register does not say by what its records are told apart. */
export const identityOf = ({ plural, opening, identifiedBy }: Register): Identity<RegisterState> | undefined => {
  const [first] = identifiedBy ?? [];
  if (identifiedBy === undefined || first === undefined) return undefined;
  const schema = z.object(opening.open).pick(Object.fromEntries(identifiedBy.map((field) => [field, true])));
  const of = (particulars: Fields): readonly string[] | undefined => {
    const parsed = schema.safeParse(particulars);
    return parsed.success ? identifiedBy.map((field) => String(parsed.data[field] ?? '').normalize('NFC')) : undefined;
  };
  return {
    of,
    taken: ({ standing }) =>
      standing.state === 'annulled'
        ? undefined
        : invalid(`another of the ${plural} has the same ${identifiedBy.join(', ')}`, `/${first}`),
  };
};
