import type { Recorder } from './event.ts';
import type { Role } from './roles.ts';
import { ministryOffice, officeSide } from './sides.ts';

/** Who asks: an account of an office in a role. */
export type Viewer = Pick<Recorder, 'office' | 'role'>;

/** Roles that work on records: those of their office and those that were shared with it. */
export const CASEWORKERS: readonly Role[] = ['recorder', 'liaison', 'protection'];

/** In which the ledger itself records what follows from something that was recorded; no account has it. */
export const LEDGER_ITSELF = 'ledger';

/** The guard of rows whose events are recorded by the ledger itself: they are offered to nobody. */
export const BY_THE_LEDGER = 'by-the-ledger';

const isLedger = ({ role }: Viewer): boolean => role === LEDGER_ITSELF;

/** Roles that see records at all. */
export const SEEING_RECORDS: readonly Role[] = [...CASEWORKERS, 'auditor'];

export const isCaseworker = (viewer: Viewer): boolean =>
  isLedger(viewer) || (CASEWORKERS as readonly string[]).includes(viewer.role);

/** Offices that see a record: its own, those that it was shared with, and their ministries. */
export const officesThatSee = (office: string, sharedWith: readonly string[]): ReadonlySet<string> => {
  const offices = [office, ...sharedWith];
  const ministries = offices.flatMap((id) => {
    const side = officeSide(id);
    return side === undefined ? [] : [ministryOffice(side)];
  });
  return new Set([...offices, ...ministries]);
};

/** What of a record decides who may see it. */
export interface Shared {
  /** The office that opened it. */
  readonly office: string;
  readonly sharedWith: readonly string[];
}

/** Whether the record is there for the viewer at all. */
export const maySee = (viewer: Viewer, { office, sharedWith }: Shared): boolean =>
  viewer.role === 'auditor' ||
  isLedger(viewer) ||
  (isCaseworker(viewer) && officesThatSee(office, sharedWith).has(viewer.office));
