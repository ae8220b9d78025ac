import type { Side } from '../kernel/sides.ts';
import type { Instant } from '../kernel/time.ts';
import type { AccessPurpose } from './purposes.ts';

/** What of a person's data was read. */
export const ACCESS_PARTS = [
  /** Who the person of a case is. */
  'person',
  /** What else is sealed of a record. */
  'sealed',
  /** Who is found by a name, a document or a number. */
  'search',
  /** Who may be the same person. */
  'candidates',
  /** Which cases are of one person. */
  'person-links',
  /** All of it, in an export. */
  'everything',
] as const;

export type AccessPart = (typeof ACCESS_PARTS)[number];

/** What came of it. */
export const ACCESS_OUTCOMES = [
  'shown',
  /** The viewer may not see it. */
  'refused',
  /** The viewer did not say what for, and has to. */
  'purpose-missing',
] as const;

export type AccessOutcome = (typeof ACCESS_OUTCOMES)[number];

/** A record of which something was read. */
export interface AccessedRecord {
  readonly category: string;
  readonly id: string;
  /** Of the latest event that was shown; left out where it does not matter. */
  readonly revision?: number;
}

/** In which role somebody reads who has no account. */
export const AT_THE_COMMAND_LINE = 'command-line';

/** Who has read. */
export interface AccessedBy {
  readonly subject: string;
  /** Left out of a person at the command line, who has no account. */
  readonly office?: string;
  readonly side: Side;
  readonly role: string;
}

/** That somebody has read what is a person's, or was refused it. It never says what was read there, nor by what it was searched for. */
export interface AccessRecord {
  readonly id: string;
  readonly at: Instant;
  readonly by: AccessedBy;
  readonly part: AccessPart;
  readonly outcome: AccessOutcome;
  /** None where a search found nobody; of `everything` none is named. */
  readonly records: readonly AccessedRecord[];
  /** Of a search: by what, such as `name`; not which. */
  readonly searchedBy?: readonly string[];
  readonly purpose?: AccessPurpose;
  /** Under which the purpose can be looked up, such as the number of an order. */
  readonly reference?: string;
  /** The operation of the interface, or the command. */
  readonly operation: string;
  readonly requestId?: string;
}
