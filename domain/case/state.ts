import type { Effective } from '../kernel/history.ts';
import type { RecordState } from '../kernel/record.ts';
import type { Direction, Side } from '../kernel/sides.ts';
import type { OccurredAt } from '../kernel/time.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import type { ClockEnd, Clocks } from './clocks.ts';
import type { CaseDates } from './dates.ts';
import type { CaseEvent, CaseEventOf, COUNTED_HANDOVERS, HANDOVER_FIELDS, OrdinaryCaseEvent } from './events.ts';
import type { CaseStatus } from './lifecycles/vocabulary.ts';

/** An event of the effective history of a case. */
export type EffectiveCaseEvent = Effective<CaseEvent> & OrdinaryCaseEvent;

/** A handover that is counted. */
export type CountedHandover = Extract<EffectiveCaseEvent, { type: (typeof COUNTED_HANDOVERS)[number] }>;

/** One person's line in one handover: the unit of counting. */
export interface HandoverLine {
  readonly eventId: string;
  readonly handoverDate: string;
  readonly occurredAt: OccurredAt;
  readonly pass?: string | undefined;
  /** The minutes for many persons in which it stands. */
  readonly minutes?: string | undefined;
  /** Whose word it is. */
  readonly statedBy: Side;
  readonly office: string;
  /** What the other side has said of it, in the order in which it happened: the last word holds. */
  readonly otherWords: readonly OtherWord[];
}

/** What the other side says of a handover: that it is so, or what it has otherwise. */
export interface OtherWord {
  readonly eventId: string;
  readonly occurredAt: OccurredAt;
  readonly office: string;
  readonly differsIn: readonly (typeof HANDOVER_FIELDS)[number][];
}

/** The consents that are on record. */
export type ConsentGiver = CaseEventOf<'consent-withdrawn'>['data']['of'];

/** A case as its open history tells it: all that rules and counts need, and nothing that identifies the person. */
export interface CaseState extends RecordState<CaseStatus> {
  readonly kind: CaseKind;
  readonly requestingParty: Side;
  readonly deliveringParty: Side;
  readonly receivingParty: Side;
  /** Deliverer first. */
  readonly direction: Direction;
  readonly minor: boolean;
  readonly offences: NonNullable<CaseEventOf<'reported'>['data']['case']>['offences'];
  readonly warrant: NonNullable<CaseEventOf<'reported'>['data']['case']>['warrant'];
  readonly incident?: string | undefined;

  readonly legalBasis?: string | undefined;
  readonly protectionCheck?: 'no-bar' | 'bar' | undefined;
  readonly guardianAppointed: boolean;
  readonly fitToTravel?: boolean | undefined;
  readonly consents: readonly ConsentGiver[];
  readonly risk?: 'safe-to-return' | 'not-safe-to-return' | undefined;
  readonly agreedHandover?: { readonly date: string; readonly pass?: string | undefined } | undefined;
  readonly returnDue?: string | undefined;
  readonly refusalGrounds?: readonly string[] | undefined;
  readonly mergedInto?: string | undefined;
  /** By which event the case goes on as another, and by which the ledger says as which, once it has opened that one. */
  readonly continued?: { readonly event: string; readonly link?: string | undefined } | undefined;
  readonly handovers: readonly HandoverLine[];
  /** Ids of the events that link the person to that of another case. */
  readonly personLinks: readonly string[];
  /** How often another case was found to be of another person. */
  readonly foundNotSame: number;
  /** Ids of the events that placed legal holds which stand. */
  readonly legalHolds: readonly string[];
  /** All that identifies the person was erased by order. */
  readonly expunged?: true | undefined;
  readonly surrenderRequested?: ClockEnd | undefined;
  readonly clocks: Clocks;
  readonly dates: CaseDates;
}
