import type { Viewer } from '../kernel/access.ts';
import { ministryOffice, officeSide } from '../kernel/sides.ts';
import type { AccessPart } from './record.ts';

/** What a person's data may be read for. A code is given once and keeps its meaning. */
export const ACCESS_PURPOSES = [
  /** Working on the case itself. */
  'case-work',
  /** Preparing or carrying out a handover. */
  'handover',
  /** Finding out who somebody is, or whose citizen. */
  'identity-check',
  /** Looking after a victim or a detained person. */
  'care-of-the-person',
  /** Answering a request of the other side. */
  'answer-to-a-request',
  /** For a court, a procurator, or counsel. */
  'legal-proceedings',
  /** A ministry looks into the work of its offices. */
  'supervision',
  /** The person, or somebody for them, has asked. */
  'asked-by-the-person',
] as const;

export type AccessPurpose = (typeof ACCESS_PURPOSES)[number];

/**
 * Whether a viewer has to say what for, to be shown this: `protection` always; of the persons of cases also the other side's officers and
 * ministries, unless it is their office's own case. `office` is the one that opened the case; left out where it is of no case. That cases
 * are of one person does not yet tell who that is.
 */
export const needsPurpose = ({ role, office: its }: Viewer, part: AccessPart, office?: string): boolean => {
  if (part === 'person-links') return false;
  if (role === 'protection') return true;
  if (office === undefined || office === its) return false;
  const side = officeSide(its);
  return side !== officeSide(office) || (side !== undefined && its === ministryOffice(side));
};
