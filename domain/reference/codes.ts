import { z } from 'zod';
import { BORDER_PASSES } from './border-passes.ts';
import type { ReferenceEntry } from './entry.ts';
import { FIGURES } from './figures.ts';
import { LEGAL_BASES } from './legal-bases.ts';
import { OFFENCES } from './offences.ts';
import { PROVINCES } from './provinces.ts';
import { REFUSAL_GROUNDS } from './refusal-grounds.ts';
import { SUBSTANCES } from './substances.ts';
import { UNITS } from './units.ts';

/** A code of a reference list; the message lists what there is. */
const codeOf = <Code extends string>(noun: string, entries: readonly (ReferenceEntry & { readonly code: Code })[]) => {
  const codes = entries.map((entry) => entry.code) as [Code, ...Code[]];
  return z.enum(codes, { error: `expected the code of ${noun}: ${codes.join(', ')}` });
};

export const figureSchema = codeOf('a published figure', FIGURES);
export const passCodeSchema = codeOf('a border pass', BORDER_PASSES);
export const provinceCodeSchema = codeOf('a province (ISO 3166-2)', PROVINCES);
export const offenceCodeSchema = codeOf('an offence (UNODC ICCS)', OFFENCES);
export const refusalGroundSchema = codeOf('a ground for refusal', REFUSAL_GROUNDS);
export const legalBasisSchema = codeOf('a legal basis', LEGAL_BASES);
export const substanceSchema = codeOf('a substance', SUBSTANCES);
export const unitSchema = codeOf('a unit', UNITS);
