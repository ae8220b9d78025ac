import { z } from 'zod';
import { type HandoverDate, handoverDateSchema } from '../kernel/handover-date.ts';
import { type OccurredAt, occurredAtSchema } from '../kernel/time.ts';
import type { OrdinaryEventType } from './events.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';

/** What happened to the person, and the name of the date on which it did. */
const DATES = {
  reported: 'reported',
  found: 'found',
  'identified-as-victim': 'identifiedAsVictim',
  'transfer-requested': 'transferRequested',
  located: 'located',
  captured: 'captured',
  'surrendered-voluntarily': 'surrendered',
  'returned-voluntarily': 'returnedVoluntarily',
  escaped: 'escaped',
  recaptured: 'recaptured',
  released: 'released',
  rescued: 'rescued',
  'taken-into-care': 'takenIntoCare',
  'left-care': 'leftCare',
  'identity-verified': 'identityVerified',
  'nationality-verified': 'nationalityVerified',
  'victim-consented': 'consented',
  'person-consented': 'consented',
  'sentencing-party-consented': 'sentencingPartyConsented',
  'administering-party-consented': 'administeringPartyConsented',
  'risk-assessed': 'riskAssessed',
  'repatriation-declined': 'repatriationDeclined',
  'transfer-approved': 'transferApproved',
  'return-ordered': 'returnOrdered',
  refused: 'refused',
  transferred: 'transferred',
  'temporarily-surrendered': 'temporarilySurrendered',
  'returned-from-temporary-surrender': 'returnedFromTemporarySurrender',
  'handed-over-at-border-pass': 'handedOver',
  'repatriated-at-border-pass': 'repatriated',
  'receipt-acknowledged': 'receiptAcknowledged',
  'received-by-service': 'receivedByService',
  'completion-reported': 'completionReported',
  died: 'died',
} as const satisfies Partial<Record<OrdinaryEventType, string>>;

export type CaseDateName = (typeof DATES)[keyof typeof DATES];

/** Each as exactly as it is known: an instant, a day or a month; of a handover the date in its minutes. */
export type CaseDates = Readonly<Partial<Record<CaseDateName, OccurredAt | HandoverDate>>>;

/** Of which minutes are signed. */
const IN_MINUTES: readonly CaseDateName[] = [
  'temporarilySurrendered',
  'returnedFromTemporarySurrender',
  'handedOver',
  'repatriated',
];

/** A removal does not stand when what was checked for it does not. */
const isCheckedFor = ({ protectionCheck }: CaseState): boolean => protectionCheck !== undefined;

/** What can be taken back, and what rests on a check that is to be made anew: when it does not stand, there is no date of it either. */
const STANDING: Readonly<Partial<Record<CaseDateName, (state: CaseState) => boolean>>> = {
  consented: ({ consents }) => consents.includes('victim') || consents.includes('person'),
  sentencingPartyConsented: ({ consents }) => consents.includes('sentencing-party'),
  administeringPartyConsented: ({ consents }) => consents.includes('administering-party'),
  riskAssessed: ({ risk }) => risk !== undefined,
  transferApproved: isCheckedFor,
  returnOrdered: isCheckedFor,
  transferred: isCheckedFor,
};

/**
 * The dates after an event, by the case as it stands then. Of what happens more than once, or is told by both sides, the last event of
 * the effective history holds: the others are in the history. What a side has otherwise of a handover of the other is no event of
 * its own; it is told with the handover.
 */
export const datesAfter = (state: CaseState, event: EffectiveCaseEvent): CaseDates => {
  const name = isDated(event.type) ? DATES[event.type] : undefined;
  const dates: CaseDates = name === undefined ? state.dates : { ...state.dates, [name]: dateOf(event) };
  const lapsed = namesOf(dates).filter((each) => STANDING[each]?.(state) === false);
  if (lapsed.length === 0) return dates;
  return Object.fromEntries(Object.entries(dates).filter(([each]) => !lapsed.includes(each as CaseDateName)));
};

const isDated = (type: string): type is keyof typeof DATES => Object.hasOwn(DATES, type);

const namesOf = (dates: CaseDates): readonly CaseDateName[] => Object.keys(dates) as CaseDateName[];

/** A handover counts by the date in its minutes. A consent and a receipt may say themselves on which day they were given. */
const dateOf = ({ occurredAt, data }: EffectiveCaseEvent): OccurredAt | HandoverDate => {
  const { handoverDate, givenOn, receivedOn } = data as Readonly<Record<string, string | undefined>>;
  return handoverDate ?? givenOn ?? receivedOn ?? occurredAt;
};

const names = [...new Set<CaseDateName>(Object.values(DATES))];

export const caseDatesSchema = z
  .strictObject(
    Object.fromEntries(
      names.map((name) => [name, (IN_MINUTES.includes(name) ? handoverDateSchema : occurredAtSchema).optional()]),
    ) as Record<CaseDateName, z.ZodOptional<typeof handoverDateSchema | typeof occurredAtSchema>>,
  )
  .describe(
    'When what happened to the person did, the last time: of a handover the date in its minutes; a consent and a removal only as long as ' +
      'they stand, which after an escape or a release they do not',
  );
