import type { Lifecycle, Row } from '../../kernel/lifecycle.ts';
import type { CaseKind } from '../../reference/case-kinds.ts';
import type { OrdinaryEventType } from '../events.ts';
import type { GuardName } from '../guards.ts';

/** Where a case can stand. The names say what happened last; every kind uses those that suit it. */
export type CaseStatus =
  | 'not-opened'
  | 'reported'
  | 'located'
  | 'captured'
  | 'found'
  | 'identified'
  | 'rescued'
  | 'in-care'
  | 'identity-verified'
  | 'nationality-verified'
  | 'nationality-denied'
  | 'nationality-inconclusive'
  | 'transfer-requested'
  | 'transfer-approved'
  | 'return-ordered'
  | 'transferred'
  | 'handed-over'
  | 'repatriated'
  | 'receipt-acknowledged'
  | 'received-by-service'
  | 'completion-reported'
  | 'escaped'
  | 'left-care'
  | 'held-by-receiving-party'
  | 'released'
  | 'returned-voluntarily'
  | 'refused'
  | 'postponed'
  | 'temporarily-surrendered'
  | 'warrant-withdrawn'
  | 'request-withdrawn'
  | 'repatriation-declined'
  | 'mistaken-identity'
  | 'identity-misused'
  | 'not-collected'
  | 'handover-refused'
  | 'died'
  | 'merged'
  | 'continued-as-another-case'
  | 'closed'
  /** Opened in error. No row leads here or on: the event that opened the case was annulled. */
  | 'annulled';

/** Whose word an event is, as the case sees the two sides. */
export type PartyRole =
  /** The side that asks for the person, or asks to return them. */
  | 'requesting'
  /** The side that has the person and hands them over. */
  | 'delivering'
  /** The side that receives the person. */
  | 'receiving'
  | 'either';

export type CaseRow = Row<CaseStatus, OrdinaryEventType, PartyRole, GuardName>;

export interface CaseLifecycle extends Lifecycle<CaseStatus, OrdinaryEventType, PartyRole, GuardName> {
  readonly name: CaseKind;
  /** Which side hands the person over, seen from the side that requests. */
  readonly deliveringParty: 'requesting' | 'requested' | 'sentencing';
}

/** One row: an event, the states it leaves from, the state it leads to, whose word it is, what must be on record. */
export const row = (
  event: OrdinaryEventType,
  from: readonly CaseStatus[],
  to: CaseRow['to'],
  by: PartyRole,
  ...guards: GuardName[]
): CaseRow => ({ event, from, to, by, guards });

/** A row that sets the case aside: `where-it-stood` leads back. */
export const settingAside = (caseRow: CaseRow): CaseRow => ({ ...caseRow, setsAside: true });
