import type { Recorder } from '../kernel/event.ts';
import type { Role } from '../kernel/roles.ts';
import { ministryOffice, officeSide } from '../kernel/sides.ts';
import type { CaseKind } from '../reference/case-kinds.ts';

/** What of a case decides who may see it. */
export interface CaseAccess {
  readonly kind: CaseKind;
  /** The office that opened the case. */
  readonly office: string;
  readonly sharedWith: readonly string[];
}

/** Who asks: an account of an office in a role. */
export type Viewer = Pick<Recorder, 'office' | 'role'>;

/** Kinds whose persons are victims: only the protection role reads who they are. */
export const PROTECTED_KINDS: readonly CaseKind[] = ['trafficking-victim', 'unlawful-detention'];

/** Roles that work on cases, those of their office and those that were shared with it. */
export const CASEWORKERS: readonly Role[] = ['recorder', 'liaison', 'protection'];

/** Roles that see cases at all. */
export const SEEING_CASES: readonly Role[] = [...CASEWORKERS, 'auditor'];

export const isCaseworker = (viewer: Viewer): boolean => (CASEWORKERS as readonly string[]).includes(viewer.role);

/** Whether the case is there for the viewer at all: for its office, the offices it was shared with, and their ministries. */
export const maySee = (viewer: Viewer, { office, sharedWith }: CaseAccess): boolean =>
  viewer.role === 'auditor' || (isCaseworker(viewer) && officesThatSee(office, sharedWith).has(viewer.office));

/** Offices that see a case. */
export const officesThatSee = (office: string, sharedWith: readonly string[]): ReadonlySet<string> => {
  const offices = [office, ...sharedWith];
  const ministries = offices.flatMap((id) => {
    const side = officeSide(id);
    return side === undefined ? [] : [ministryOffice(side)];
  });
  return new Set([...offices, ...ministries]);
};

/** Whether a viewer who sees the case may also see who the person is. */
export const maySeePerson = (viewer: Viewer, kind: CaseKind): boolean =>
  PROTECTED_KINDS.includes(kind)
    ? viewer.role === 'protection'
    : viewer.role === 'recorder' || viewer.role === 'liaison';

/** Whether a viewer who sees the case may record events of it. */
export const mayRecord = (viewer: Viewer, kind: CaseKind): boolean =>
  viewer.role === 'recorder' ||
  viewer.role === 'liaison' ||
  (viewer.role === 'protection' && PROTECTED_KINDS.includes(kind));
