import type { RegisterContribution } from '../kernel/contribution.ts';
import type { Fields } from '../kernel/event.ts';
import { createRegister, type Register, type RegisterKind, type RegisterState } from '../kernel/register.ts';
import { officeSchema } from '../kernel/sides.ts';
import { provinceCodeSchema } from '../reference/codes.ts';
import { levelSchema, type Party } from './parties.ts';

type Filled = 'forEverybody' | 'letIn' | 'maySeeSealed' | 'sidesOf' | 'filters' | 'references' | 'contributes';

/** What a record contributes to a figure, besides whose matter it is: that of its parties. */
export type Contribution = Omit<RegisterContribution, 'provinces' | 'offices'>;

interface CooperationRegister
  extends Omit<Register, Filled>,
    Partial<Pick<Register, 'sidesOf' | 'filters' | 'references'>> {
  /** Whose matter a record is: their offices write it, and lists are filtered by them. */
  readonly partiesOf: (entries: Fields) => readonly Party[];
  readonly contributes?: (entries: Fields, state: RegisterState) => readonly Contribution[];
}

const known = <Value>(values: readonly (Value | undefined)[]): readonly Value[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];

/** A register of cooperation between the sides: public, written by the offices of its parties and found by what these are. */
export const createPublicRegister = ({ partiesOf, contributes, ...table }: CooperationRegister): RegisterKind =>
  createRegister({
    ...table,
    sidesOf: table.sidesOf ?? (() => []),
    forEverybody: true,
    letIn: (opening) => known(partiesOf(opening).map(({ office }) => office)),
    maySeeSealed: () => true,
    filters: { party: officeSchema, level: levelSchema, province: provinceCodeSchema, ...table.filters },
    contributes: (entries, state) => {
      const parties = partiesOf(entries);
      const matterOf = {
        provinces: known(parties.map(({ province }) => province)),
        offices: known(parties.map(({ office }) => office)),
      };
      return (contributes?.(entries, state) ?? []).map((contribution) => ({ ...contribution, ...matterOf }));
    },
    references: (entries, state) => {
      const parties = partiesOf(entries);
      return {
        party: known(parties.map(({ office }) => office)),
        level: known(parties.map(({ level }) => level)),
        province: known(parties.map(({ province }) => province)),
        ...table.references?.(entries, state),
      };
    },
  });

/** A field as a list of values to be found by; empty where the record has none. */
export const valuesOf = (value: unknown): readonly string[] => (value === undefined ? [] : [String(value)]);
