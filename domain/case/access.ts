import { LEDGER_ITSELF, type Viewer } from '../kernel/access.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import type { CaseStatus } from './lifecycles/vocabulary.ts';
import type { CaseState } from './state.ts';

/** Kinds whose persons are victims: only the protection role reads who they are. */
export const PROTECTED_KINDS: readonly CaseKind[] = ['trafficking-victim', 'unlawful-detention'];

/** Whether the persons of a kind are victims or detained. */
export const isProtected = (kind: CaseKind): boolean => PROTECTED_KINDS.includes(kind);

/** Where a case stands that goes on as another, of whatever kind: that this one may be a victim's is not to be told by it. */
export const CONTINUED: CaseStatus = 'continued-as-another-case';

/** What of a case decides who may know its person. */
export interface Sheltering {
  readonly kind: CaseKind;
  readonly status: CaseStatus;
}

export const shelteringOf = ({ kind, standing }: Pick<CaseState, 'kind' | 'standing'>): Sheltering => ({
  kind,
  status: standing.state,
});

/** Whether who the person of a case is, is for the protection role alone. */
export const isPersonProtected = ({ kind, status }: Sheltering): boolean => isProtected(kind) || status === CONTINUED;

/** Whether a viewer who sees a case may also see who the person is, by whether that is protected. */
export const maySeePersons = ({ role }: Viewer, areProtected: boolean): boolean =>
  areProtected ? role === 'protection' : role === 'recorder' || role === 'liaison';

/** Whether a viewer who sees the case may also see who the person is. */
export const maySeePerson = (viewer: Viewer, itsCase: Sheltering): boolean =>
  maySeePersons(viewer, isPersonProtected(itsCase));

/** Whether a viewer whose role works on records may open a case of a kind. */
export const mayOpen = (viewer: Viewer, kind: CaseKind): boolean => mayWriteOf(viewer, isProtected(kind));

/** Whether a viewer who sees the case may record events of it. */
export const mayRecord = (viewer: Viewer, itsCase: Sheltering): boolean =>
  // Who may not know the person of a case that goes on as another can put nothing right in it.
  itsCase.status === CONTINUED
    ? viewer.role === LEDGER_ITSELF || viewer.role === 'protection'
    : mayWriteOf(viewer, isProtected(itsCase.kind));

const mayWriteOf = ({ role }: Viewer, isPersonProtected: boolean): boolean =>
  role === LEDGER_ITSELF || role === 'recorder' || role === 'liaison' || (role === 'protection' && isPersonProtected);

/**
 * Whether a viewer who sees two cases may see that they are of one person. Beside another case a victim could be known by it, so that is
 * for `protection` alone.
 */
export const maySeeLink = (viewer: Viewer, itsCase: Sheltering, other: Sheltering): boolean =>
  viewer.role === 'protection' || !(isPersonProtected(itsCase) || isPersonProtected(other));
