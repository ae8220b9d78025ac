import { particularsOf } from '../case/effects.ts';
import type { CaseEventType, OrdinaryEventType } from '../case/events.ts';
import { handoverLine, type WordOfHandover, withOtherWord } from '../case/handover-lines.ts';
import type { CaseHistory } from '../case/history.ts';
import type { CaseState, CountedHandover, EffectiveCaseEvent, HandoverLine } from '../case/state.ts';
import type { Side } from '../kernel/sides.ts';
import { statingOffice, statingSide } from '../kernel/stated-by.ts';
import type { OccurredAt } from '../kernel/time.ts';

/** What is counted of a person besides handovers, by the event that tells it. */
export const OCCURRENCES = ['captured', 'rescued'] as const;
export type Occurrence = (typeof OCCURRENCES)[number];

/** That a person was captured, or rescued. */
export interface CountedOccurrence {
  readonly type: Occurrence;
  readonly eventId: string;
  readonly occurredAt: OccurredAt;
  /** Where, as far as the event says it. */
  readonly province?: string | undefined;
  readonly statedBy: Side;
  readonly office: string;
}

/** A handover with the office of the delivering side that had decided on it. */
export interface RemovalLine extends HandoverLine {
  readonly removingOffice?: string | undefined;
}

/** What is needed of a case to count what it contributes to figures. */
export interface CountedCase extends Pick<CaseState, 'kind' | 'direction' | 'incident' | 'mergedInto'> {
  /** The case goes on as another, in which its person is counted from then on. */
  readonly continued?: true;
  /** Codes of the offences. */
  readonly offences: readonly string[];
  readonly handovers: readonly RemovalLine[];
  readonly occurrences: readonly CountedOccurrence[];
  /** The office of the delivering side that decided on the removal last. */
  readonly removingOffice?: string | undefined;
}

type Change<T extends OrdinaryEventType> = (
  counted: CountedCase,
  event: Extract<EffectiveCaseEvent, { type: T }>,
) => CountedCase;

const handedOver = (counted: CountedCase, event: CountedHandover): CountedCase => ({
  ...counted,
  handovers: [...counted.handovers, { ...handoverLine(event), removingOffice: counted.removingOffice }],
});

const told = (counted: CountedCase, event: WordOfHandover): CountedCase => {
  const handovers = withOtherWord(counted.handovers, event);
  return handovers === counted.handovers ? counted : { ...counted, handovers };
};

const occurred = (counted: CountedCase, event: Extract<EffectiveCaseEvent, { type: Occurrence }>): CountedCase => ({
  ...counted,
  occurrences: [
    ...counted.occurrences,
    {
      type: event.type,
      eventId: event.id,
      occurredAt: event.occurredAt,
      province: event.data.province,
      statedBy: statingSide(event),
      office: statingOffice(event),
    },
  ],
});

const removed = (counted: CountedCase, event: EffectiveCaseEvent): CountedCase => ({
  ...counted,
  removingOffice: statingOffice(event),
});

/**
 * Whoever turned out to be another was not captured, or rescued, as what this case has them for. It is so whatever the kinds are, so that
 * what is counted no more tells nothing. A handover stays counted as it was made: the minutes of it stand.
 */
const continued = (counted: CountedCase): CountedCase => ({ ...counted, occurrences: [], continued: true });

/** The events that change nothing of what is counted, each named, so that a new type is not passed over unseen. */
type CountsNothing = Extract<
  OrdinaryEventType,
  | 'reported'
  | 'found'
  | 'identified-as-victim'
  | 'transfer-requested'
  | 'located'
  | 'surrendered-voluntarily'
  | 'returned-voluntarily'
  | 'escaped'
  | 'recaptured'
  | 'released'
  | 'provisional-arrest-extended'
  | 'taken-into-care'
  | 'left-care'
  | 'identity-verified'
  | 'mistaken-identity'
  | 'identity-misused'
  | 'nationality-verified'
  | 'nationality-denied'
  | 'nationality-inconclusive'
  | 'particulars-recorded'
  | 'linked-to-person-of'
  | 'unlinked-from-person-of'
  | 'found-not-same-person'
  | 'case-number-recorded'
  | 'protection-check-recorded'
  | 'guardian-appointed'
  | 'consular-notified'
  | 'interpreter-assigned'
  | 'fitness-to-travel-certified'
  | 'assurance-given'
  | 'risk-assessed'
  | 'victim-consented'
  | 'sentencing-party-consented'
  | 'administering-party-consented'
  | 'person-consented'
  | 'consent-withdrawn'
  | 'surrender-requested'
  | 'handover-agreed'
  | 'refused'
  | 'postponed'
  | 'resumed'
  | 'warrant-withdrawn'
  | 'request-withdrawn'
  | 'repatriation-declined'
  | 'temporarily-surrendered'
  | 'returned-from-temporary-surrender'
  | 'collection-extended'
  | 'not-collected'
  | 'handover-refused'
  | 'completion-reported'
  | 'shared-with'
  | 'expunged'
  | 'legal-hold-placed'
  | 'legal-hold-lifted'
  | 'died'
  | 'closed'
  | 'reopened'
>;

/** The events that change what is counted of a case that is open, and how. */
const CHANGES: { readonly [T in Exclude<OrdinaryEventType, CountsNothing>]: Change<T> } = {
  captured: occurred,
  rescued: occurred,
  'transfer-approved': removed,
  'return-ordered': removed,
  transferred: removed,
  'handed-over-at-border-pass': handedOver,
  'repatriated-at-border-pass': handedOver,
  'receipt-acknowledged': told,
  'received-by-service': told,
  'delivery-confirmed': told,
  'handover-disputed': told,
  'incident-assigned': (counted, event) => ({ ...counted, incident: event.data.incident }),
  'continued-as-another-case': continued,
  merged: (counted, event) => ({ ...counted, mergedInto: event.data.into }),
  unmerged: (counted) => ({ ...counted, mergedInto: undefined }),
};

/** Whether an ordinary event can change what is counted of a case that is open. */
export const changesCount = (type: CaseEventType): type is keyof typeof CHANGES => Object.hasOwn(CHANGES, type);

/** A case of which nothing that counts is known yet. */
const opened = ({
  kind,
  direction,
  incident,
  offences = [],
}: Pick<CaseState, 'kind' | 'direction' | 'incident' | 'offences'>): CountedCase => ({
  kind,
  direction,
  incident,
  offences: offences.map(({ iccs }) => iccs),
  handovers: [],
  occurrences: [],
  mergedInto: undefined,
});

/** What counts after one more event of the effective history; most change nothing of it, and then the same object comes back. */
export const evolveCounted = (before: CountedCase | undefined, event: EffectiveCaseEvent): CountedCase => {
  const counted = before ?? opened(particularsOf(event));
  return changesCount(event.type) ? CHANGES[event.type](counted, event as never) : counted;
};

/** What counts of a whole history: of a case that was annulled, nothing. Undefined where nothing was recorded. */
export const countedOf = ({ effective, state }: Pick<CaseHistory, 'effective' | 'state'>): CountedCase | undefined =>
  effective.reduce<CountedCase | undefined>(evolveCounted, undefined) ?? (state && opened(state));
