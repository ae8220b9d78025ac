import type { CaseKind } from '../reference/case-kinds.ts';

/** What a case of a kind is called in messages. */
export const caseNoun = (kind: CaseKind): string => `${kind} case`;
