import { LEDGER_ITSELF } from '../kernel/access.ts';
import type { RecordState } from '../kernel/record.ts';
import { directionFrom, otherSide, type Side } from '../kernel/sides.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import { clocksAfter } from './clocks.ts';
import { datesAfter } from './dates.ts';
import type { OrdinaryEventType } from './events.ts';
import { handoverLine, withOtherWord } from './handover-lines.ts';
import { caseLifecycles } from './lifecycles/index.ts';
import type { CaseState, ConsentGiver, EffectiveCaseEvent } from './state.ts';

/** The case as its opening event describes it. */
export const particularsOf = (event: EffectiveCaseEvent): Omit<CaseState, keyof RecordState> => {
  const particulars = 'case' in event.data ? event.data.case : undefined;
  if (particulars === undefined) throw new Error(`event ${event.id} (${event.type}) does not open a case`);
  const deliveringParty = delivering(particulars.kind, particulars.requestingParty, particulars.sentencingParty);
  return {
    kind: particulars.kind,
    requestingParty: particulars.requestingParty,
    deliveringParty,
    receivingParty: otherSide(deliveringParty),
    direction: directionFrom(deliveringParty),
    minor: particulars.minor,
    offences: particulars.offences,
    warrant: particulars.warrant,
    incident: particulars.incident,
    guardianAppointed: false,
    consents: [],
    handovers: [],
    personLinks: [],
    foundNotSame: 0,
    legalHolds: [],
    clocks: {},
    dates: {},
  };
};

const delivering = (kind: CaseKind, requesting: Side, sentencing: Side | undefined): Side => {
  switch (caseLifecycles[kind].deliveringParty) {
    case 'requesting':
      return requesting;
    case 'requested':
      return otherSide(requesting);
    case 'sentencing':
      return sentencing ?? otherSide(requesting);
  }
};

type Effect = Partial<CaseState>;

/** What an event changes besides the status. */
export const effectOf = (state: CaseState, event: EffectiveCaseEvent): Effect => {
  const effect = { ...clocksAfter(state, event), ...ownEffectOf(state, event) };
  return { ...effect, dates: datesAfter({ ...state, ...effect }, event) };
};

const ownEffectOf = (state: CaseState, event: EffectiveCaseEvent): Effect => {
  switch (event.type) {
    case 'transfer-approved':
    case 'return-ordered':
      return { legalBasis: event.data.legalBasis };
    case 'transferred':
      return { legalBasis: event.data.legalBasis ?? state.legalBasis };
    case 'handed-over-at-border-pass':
    case 'repatriated-at-border-pass':
      return {
        legalBasis: event.data.legalBasis ?? state.legalBasis,
        handovers: [...state.handovers, handoverLine(event)],
      };
    case 'receipt-acknowledged':
    case 'received-by-service':
    case 'delivery-confirmed':
    case 'handover-disputed':
      return { handovers: withOtherWord(state.handovers, event) };
    case 'temporarily-surrendered':
      return { legalBasis: event.data.legalBasis ?? state.legalBasis, returnDue: event.data.returnDue };
    case 'returned-from-temporary-surrender':
      return { returnDue: undefined };
    case 'handover-agreed':
      return { agreedHandover: { date: event.data.agreedDate, pass: event.data.pass } };
    case 'escaped':
      return { ...CHECKED_ANEW, returnDue: undefined };
    case 'released':
    case 'mistaken-identity':
      return CHECKED_ANEW;
    case 'left-care':
      return { ...CHECKED_ANEW, ...withdrawn(state, 'victim') };
    case 'repatriation-declined':
      return withdrawn(state, 'victim');
    case 'protection-check-recorded':
      return { protectionCheck: event.data.outcome };
    case 'guardian-appointed':
      return { guardianAppointed: true };
    case 'fitness-to-travel-certified':
      return { fitToTravel: event.data.fit };
    case 'risk-assessed':
      return { risk: event.data.outcome };
    case 'victim-consented':
      return consented(state, 'victim');
    case 'sentencing-party-consented':
      return consented(state, 'sentencing-party');
    case 'administering-party-consented':
      return consented(state, 'administering-party');
    case 'person-consented':
      return consented(state, 'person');
    case 'consent-withdrawn':
      return withdrawn(state, event.data.of);
    case 'refused':
      return { refusalGrounds: event.data.grounds };
    case 'incident-assigned':
      return { incident: event.data.incident };
    case 'linked-to-person-of':
      return { personLinks: [...state.personLinks, event.id], ...linkedByLedger(state, event) };
    case 'found-not-same-person':
      return { foundNotSame: state.foundNotSame + 1 };
    case 'unlinked-from-person-of':
      return { personLinks: state.personLinks.filter((link) => link !== event.data.link) };
    case 'legal-hold-placed':
      return { legalHolds: [...state.legalHolds, event.id] };
    case 'legal-hold-lifted':
      return { legalHolds: state.legalHolds.filter((hold) => hold !== event.data.hold) };
    case 'expunged':
      return event.data.part === 'person' ? { expunged: true } : {};
    case 'continued-as-another-case':
      return { continued: { event: event.id } };
    case 'merged':
      return { mergedInto: event.data.into };
    case 'unmerged':
      return { mergedInto: undefined };
    default:
      return statusOnly(event.type);
  }
};

/** As which case one goes on is said by the ledger, which opened that one. */
const linkedByLedger = ({ continued }: CaseState, { id, recordedBy }: EffectiveCaseEvent): Effect =>
  continued !== undefined && recordedBy.role === LEDGER_ITSELF ? { continued: { ...continued, link: id } } : {};

/** What was checked and agreed does not hold for a removal after an escape or a release, nor for another person. */
const CHECKED_ANEW: Effect = {
  protectionCheck: undefined,
  fitToTravel: undefined,
  risk: undefined,
  agreedHandover: undefined,
};

const consented = (state: CaseState, giver: ConsentGiver): Effect => ({
  consents: [...new Set([...state.consents, giver])],
});

const withdrawn = (state: CaseState, withdrawing: ConsentGiver): Effect => ({
  consents: state.consents.filter((giver) => giver !== withdrawing),
});

/** The events that change the status at most, each named, so that a new type is not passed over unseen. */
type StatusOnly = Extract<
  OrdinaryEventType,
  | 'reported'
  | 'captured'
  | 'found'
  | 'identified-as-victim'
  | 'transfer-requested'
  | 'located'
  | 'surrendered-voluntarily'
  | 'returned-voluntarily'
  | 'recaptured'
  | 'rescued'
  | 'taken-into-care'
  | 'identity-verified'
  | 'identity-misused'
  | 'nationality-verified'
  | 'nationality-denied'
  | 'nationality-inconclusive'
  | 'particulars-recorded'
  | 'case-number-recorded'
  | 'consular-notified'
  | 'interpreter-assigned'
  | 'assurance-given'
  | 'surrender-requested'
  | 'provisional-arrest-extended'
  | 'collection-extended'
  | 'postponed'
  | 'resumed'
  | 'warrant-withdrawn'
  | 'request-withdrawn'
  | 'not-collected'
  | 'handover-refused'
  | 'completion-reported'
  | 'died'
  | 'closed'
  | 'reopened'
  /** It means the same for every kind of record; see kernel/fold.ts. */
  | 'shared-with'
>;

const statusOnly = (_type: StatusOnly): Effect => ({});
