import { parseDecimal } from '../kernel/decimal.ts';
import type { ReferenceEntry } from './entry.ts';

/** What totals are given in: mass in grams, volume in litres; pieces and tablets are never weighed against each other. */
export const BASE_UNITS = ['g', 'l', 'piece', 'tablet'] as const;
export type BaseUnit = (typeof BASE_UNITS)[number];

export interface UnitEntry extends ReferenceEntry {
  /** The unit in which quantities of it are added up. */
  readonly base: BaseUnit;
  /** One of it is ten to this power of the base unit. */
  readonly power: number;
  /** It is counted, in whole numbers. */
  readonly counted?: true;
}

/** Units of seizures: those of the SI (BIPM, SI Brochure, 9th edition), and things that are counted. */
export const UNITS: readonly UnitEntry[] = [
  { code: 'mg', base: 'g', power: -3, labels: { en: 'milligram', 'zh-Hans': '毫克', vi: 'miligam' }, verified: true },
  { code: 'g', base: 'g', power: 0, labels: { en: 'gram', 'zh-Hans': '克', vi: 'gam' }, verified: true },
  { code: 'kg', base: 'g', power: 3, labels: { en: 'kilogram', 'zh-Hans': '千克', vi: 'kilôgam' }, verified: true },
  { code: 't', base: 'g', power: 6, labels: { en: 'tonne', 'zh-Hans': '吨', vi: 'tấn' }, verified: true },
  { code: 'ml', base: 'l', power: -3, labels: { en: 'millilitre', 'zh-Hans': '毫升', vi: 'mililít' }, verified: true },
  { code: 'l', base: 'l', power: 0, labels: { en: 'litre', 'zh-Hans': '升', vi: 'lít' }, verified: true },
  {
    code: 'piece',
    base: 'piece',
    power: 0,
    counted: true,
    labels: { en: 'piece, brick or package', 'zh-Hans': '件', vi: 'bánh, gói, chiếc' },
    verified: false,
  },
  {
    code: 'tablet',
    base: 'tablet',
    power: 0,
    counted: true,
    labels: { en: 'tablet', 'zh-Hans': '片', vi: 'viên' },
    verified: false,
  },
];

const BY_CODE = new Map(UNITS.map((unit) => [unit.code, unit]));

/** The unit of a code. Throws where there is none such. */
export const unitOf = (code: string): UnitEntry => {
  const unit = BY_CODE.get(code);
  if (unit === undefined) throw new Error(`there is no unit ${code}`);
  return unit;
};

/** A quantity as it was reported, in 10^-9 of the base unit of its unit: exact, whatever the unit. */
export const inBaseUnit = (quantity: string, unit: string): bigint => parseDecimal(quantity, unitOf(unit).power);
