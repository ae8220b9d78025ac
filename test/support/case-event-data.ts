import type { OrdinaryEventType } from '../../domain/case/events.ts';
import { check, handover } from './ordinary-ways.ts';

type Data = Readonly<Record<string, unknown>>;

const agreedDate = '2024-01-01';
const signed = { signatories: [{ side: 'CN', name: 'T. V. B.' }] };
const everyLegalBasis: readonly Data[] = [{ legalBasis: 'police-cooperation' }, { legalBasis: 'readmission' }];
const plain: readonly Data[] = [{}, { place: 'a ferry landing', note: 'in the rain' }];
const consent: readonly Data[] = [{}, { givenOn: '2024-01-01', document: 'form 7' }];

/** Data with which each event can be recorded at the beginning of 2024, in each way that matters to the rules. */
export const eventData: Readonly<Record<OrdinaryEventType, readonly Data[]>> = {
  reported: plain,
  captured: [{ provisional: true, province: 'VN-09' }, {}],
  found: [{}, { province: 'CN-GX' }],
  'identified-as-victim': plain,
  'transfer-requested': plain,
  located: [{}, { province: 'VN-04', place: 'near the market' }],
  'surrendered-voluntarily': plain,
  'returned-voluntarily': plain,
  escaped: plain,
  recaptured: plain,
  released: [{ cause: 'no-formal-request' }, { cause: 'other', note: 'on bail' }],
  'provisional-arrest-extended': [{ until: '2024-02-15', reason: 'the papers are being translated' }],
  rescued: [{}, { province: 'CN-YN' }],
  'taken-into-care': [{}, { service: 'a shelter' }],
  'left-care': plain,
  'identity-verified': [{}, { method: 'fingerprints' }],
  'mistaken-identity': plain,
  'identity-misused': plain,
  'nationality-verified': [{}, { nationality: 'VN' }],
  'nationality-denied': plain,
  'nationality-inconclusive': plain,
  'particulars-recorded': [{ particulars: { residence: 'Tràng Định' } }],
  'linked-to-person-of': [
    { otherCase: '00000000-0000-4000-8000-00000000cafe', basis: 'fingerprints', reason: 'the prints agree' },
  ],
  'unlinked-from-person-of': [{ link: '00000000-0000-4000-8000-000000000000', reason: 'the prints were mixed up' }],
  'found-not-same-person': [
    { otherCase: '00000000-0000-4000-8000-00000000cafe', basis: 'photograph', reason: 'another face' },
  ],
  'case-number-recorded': [{ side: 'VN', number: '12/QĐ' }],
  'protection-check-recorded': [check.data as Data, { ...check.data, outcome: 'bar' }],
  'guardian-appointed': [{ guardian: 'an aunt' }],
  'consular-notified': [{}, { notifiedOn: '2024-01-01' }],
  'interpreter-assigned': [{ language: 'zh-Hans' }],
  'fitness-to-travel-certified': [{ fit: true, physician: 'Dr. L.' }, { fit: false }],
  'assurance-given': [{ subject: 'death-penalty', reference: 'note 12' }],
  'risk-assessed': [{ outcome: 'safe-to-return' }, { outcome: 'not-safe-to-return' }],
  'victim-consented': consent,
  'sentencing-party-consented': consent,
  'administering-party-consented': consent,
  'person-consented': consent,
  'consent-withdrawn': [{ of: 'victim' }, { of: 'person' }, { of: 'administering-party' }],
  'surrender-requested': [{}, { reference: 'request 3' }],
  'transfer-approved': [{ legalBasis: 'extradition-treaty' }, ...everyLegalBasis],
  'return-ordered': everyLegalBasis,
  'handover-agreed': [{ agreedDate }, { agreedDate, pass: 'dongxing' }],
  refused: [{ grounds: ['torture-risk'] }],
  postponed: [{}, { until: '2024-09-01' }],
  resumed: plain,
  'warrant-withdrawn': plain,
  'request-withdrawn': plain,
  'repatriation-declined': plain,
  transferred: [{}, { legalBasis: 'deportation', pass: 'hekou' }],
  'handed-over-at-border-pass': [handover, { ...handover, legalBasis: 'deportation', minutes: signed }],
  'repatriated-at-border-pass': [handover, { ...handover, legalBasis: 'protection-of-victims' }],
  'temporarily-surrendered': [
    { handoverDate: '2024-01-01', returnDue: '2024-03-01' },
    { handoverDate: '2024-01-01', returnDue: '2024-03-01', legalBasis: 'extradition-treaty' },
  ],
  'returned-from-temporary-surrender': [{ handoverDate: '2024-01-01' }],
  'collection-extended': [{ until: '2024-02-01', reason: 'a flood' }],
  'not-collected': [{ agreedDate }],
  'handover-refused': [{ cause: 'no-show' }],
  'delivery-confirmed': [{}, { inOwnBook: { handoverDate: '2024-01-01', pass: 'youyi-guan' } }],
  'handover-disputed': [{ differsIn: ['person'] }],
  'receipt-acknowledged': [{}, { receivedOn: '2024-01-01', minutes: signed }],
  'received-by-service': [{}, { service: 'a women’s union' }],
  'completion-reported': [{ outcome: 'served' }],
  'incident-assigned': [{ incident: 'compound-7' }],
  'shared-with': [{ offices: ['VN-04-BLO', 'CN-GX-BLO'] }],
  died: plain,
  closed: plain,
  reopened: [{ reason: 'closed too early' }],
  'continued-as-another-case': [
    { as: { kind: 'fugitive', warrant: { kind: 'warrant' }, warrantNumber: 'W 7' }, reason: 'wanted by a red notice' },
    { as: { kind: 'trafficking-victim' }, reason: 'sold in a village' },
    { as: { kind: 'unlawful-detention' }, reason: 'held for debts' },
  ],
  merged: [{ into: '00000000-0000-4000-8000-00000000cafe', reason: 'the same person' }],
  unmerged: [{ reason: 'not the same person' }],
};
