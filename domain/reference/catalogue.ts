import { BORDER_PASSES } from './border-passes.ts';
import { DEADLINE_RULES } from './deadline-rules.ts';
import type { ReferenceEntry } from './entry.ts';
import { FIGURES } from './figures.ts';
import { LEGAL_BASES } from './legal-bases.ts';
import { OFFENCES } from './offences.ts';
import { PROVINCES } from './provinces.ts';
import { REFUSAL_GROUNDS } from './refusal-grounds.ts';
import { RETENTION_RULES } from './retention-rules.ts';
import { DIRECTIONS, SIDES } from './sides.ts';
import { SUBSTANCES } from './substances.ts';
import { UNITS } from './units.ts';

/** Every reference list under the name by which it is asked for. `REFERENCE_VERSION` names the state of all of them. */
export const CATALOGUE = {
  'border-passes': BORDER_PASSES,
  'deadline-rules': DEADLINE_RULES,
  directions: DIRECTIONS,
  figures: FIGURES,
  'legal-bases': LEGAL_BASES,
  offences: OFFENCES,
  provinces: PROVINCES,
  'refusal-grounds': REFUSAL_GROUNDS,
  'retention-rules': RETENTION_RULES,
  sides: SIDES,
  substances: SUBSTANCES,
  units: UNITS,
} as const satisfies Record<string, readonly ReferenceEntry[]>;

export type ReferenceListName = keyof typeof CATALOGUE;

export const REFERENCE_LISTS = Object.keys(CATALOGUE) as readonly ReferenceListName[];
