import { LEDGER_ITSELF, type Viewer } from '../kernel/access.ts';
import type { CaseKind } from '../reference/case-kinds.ts';

/** Kinds whose persons are victims: only the protection role reads who they are. */
export const PROTECTED_KINDS: readonly CaseKind[] = ['trafficking-victim', 'unlawful-detention'];

/** Whether a viewer who sees the case may also see who the person is. */
export const maySeePerson = (viewer: Viewer, kind: CaseKind): boolean =>
  PROTECTED_KINDS.includes(kind)
    ? viewer.role === 'protection'
    : viewer.role === 'recorder' || viewer.role === 'liaison';

/** Whether a viewer who sees the case may record events of it. */
export const mayRecord = (viewer: Viewer, kind: CaseKind): boolean =>
  viewer.role === LEDGER_ITSELF ||
  viewer.role === 'recorder' ||
  viewer.role === 'liaison' ||
  (viewer.role === 'protection' && PROTECTED_KINDS.includes(kind));
