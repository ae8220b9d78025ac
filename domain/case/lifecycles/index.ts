import type { CaseKind } from '../../reference/case-kinds.ts';
import { fugitive } from './fugitive.ts';
import { irregularEntry } from './irregular-entry.ts';
import { sentencedPerson } from './sentenced-person.ts';
import { suspect } from './suspect.ts';
import { traffickingVictim } from './trafficking-victim.ts';
import { unlawfulDetention } from './unlawful-detention.ts';
import type { CaseLifecycle } from './vocabulary.ts';

/** The table of each case kind. */
export const caseLifecycles: Readonly<Record<CaseKind, CaseLifecycle>> = {
  fugitive,
  suspect,
  'irregular-entry': irregularEntry,
  'trafficking-victim': traffickingVictim,
  'unlawful-detention': unlawfulDetention,
  'sentenced-person': sentencedPerson,
};
