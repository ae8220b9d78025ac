import { LEDGER_ITSELF, type Viewer } from '../kernel/access.ts';
import type { CaseKind } from '../reference/case-kinds.ts';

/** Kinds whose persons are victims: only the protection role reads who they are. */
export const PROTECTED_KINDS: readonly CaseKind[] = ['trafficking-victim', 'unlawful-detention'];

/** Whether the persons of a kind are victims or detained. */
export const isProtected = (kind: CaseKind): boolean => PROTECTED_KINDS.includes(kind);

/** Whether a viewer who sees the case may also see who the person is. */
export const maySeePerson = (viewer: Viewer, kind: CaseKind): boolean =>
  isProtected(kind) ? viewer.role === 'protection' : viewer.role === 'recorder' || viewer.role === 'liaison';

/** Whether a viewer who sees the case may record events of it. */
export const mayRecord = (viewer: Viewer, kind: CaseKind): boolean =>
  viewer.role === LEDGER_ITSELF ||
  viewer.role === 'recorder' ||
  viewer.role === 'liaison' ||
  (viewer.role === 'protection' && isProtected(kind));

/**
 * Whether a viewer who sees two cases may see that they are of one person. Beside another case a victim could be known by it, so that is
 * for `protection` alone.
 */
export const maySeeLink = (viewer: Viewer, kind: CaseKind, other: CaseKind): boolean =>
  viewer.role === 'protection' || !(isProtected(kind) || isProtected(other));
