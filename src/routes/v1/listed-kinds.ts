import { isProtected, maySeePersons, PROTECTED_KINDS } from '../../../domain/case/access.ts';
import type { Viewer } from '../../../domain/kernel/access.ts';
import { oneOf } from '../../../domain/kernel/codes.ts';
import { CASE_KINDS, type CaseKind } from '../../../domain/reference/case-kinds.ts';
import { oneOrMore } from '../../http/query.ts';

const kindSchema = oneOf(CASE_KINDS);

const OTHER_KINDS = CASE_KINDS.filter((kind) => !isProtected(kind));

/** Kinds of cases in a list: victims and detained persons are never in one list with fugitives and suspects, nor with any others. */
export const listedKindsSchema = oneOrMore(kindSchema)
  .refine((kinds) => new Set(kinds.map(isProtected)).size === 1, {
    error: `expected either victims and detained persons (${PROTECTED_KINDS.join(', ')}) or others: never in one list`,
  })
  .optional()
  .describe(
    'One or several, repeated or separated by commas; victims and detained persons apart from all others. ' +
      `Left out: ${PROTECTED_KINDS.join(' and ')} for the role \`protection\`, the other kinds for everybody else`,
  );

/** The kinds that were asked for; else those that the role works on. */
export const kindsToList = (viewer: Viewer, asked: readonly CaseKind[] | undefined): readonly CaseKind[] =>
  asked ?? (maySeePersons(viewer, true) ? PROTECTED_KINDS : OTHER_KINDS);
