import type { CaseKind } from '../../domain/reference/case-kinds.ts';
import { type Opening, person, type Step } from './case-scenario.ts';

export const check: Step = {
  type: 'protection-check-recorded',
  data: {
    outcome: 'no-bar',
    considered: ['torture-risk'],
    decidedOn: '2010-01-01',
    decidedBy: 'T. V. B.',
    basis: 'interview',
  },
};
export const handover = { handoverDate: '2024-01-01', pass: 'youyi-guan' };
export const approval = { type: 'transfer-approved', data: { legalBasis: 'police-cooperation' } };

/** Every kind's ordinary way as `domain.md` gives it, requested by China except where the kind has it otherwise. */
export const ordinaryWays: Readonly<Record<CaseKind, readonly [Opening, ...Step[]]>> = {
  fugitive: [
    {
      type: 'reported',
      particulars: { kind: 'fugitive', requestingParty: 'CN', minor: false, person, warrant: { kind: 'warrant' } },
    },
    { type: 'located' },
    { by: 'VN', type: 'captured' },
    { type: 'identity-verified' },
    { by: 'VN', ...check },
    { by: 'VN', ...approval },
    { by: 'VN', type: 'transferred' },
    { type: 'handed-over-at-border-pass', data: handover },
    { type: 'receipt-acknowledged' },
    { type: 'closed' },
  ],
  suspect: [
    {
      by: 'VN',
      type: 'captured',
      particulars: { kind: 'suspect', requestingParty: 'CN', minor: false, person },
      data: { provisional: true },
    },
    { type: 'identity-verified' },
    { by: 'VN', ...check },
    { by: 'VN', ...approval },
    { by: 'VN', type: 'transferred' },
    { type: 'handed-over-at-border-pass', data: handover },
    { type: 'receipt-acknowledged' },
    { type: 'closed' },
  ],
  'irregular-entry': [
    { type: 'found', particulars: { kind: 'irregular-entry', requestingParty: 'CN', minor: false, person } },
    { by: 'VN', type: 'nationality-verified' },
    check,
    { type: 'return-ordered', data: { legalBasis: 'readmission' } },
    { type: 'handed-over-at-border-pass', data: handover },
    { by: 'VN', type: 'receipt-acknowledged' },
    { type: 'closed' },
  ],
  'trafficking-victim': [
    { type: 'reported', particulars: { kind: 'trafficking-victim', requestingParty: 'VN', minor: false, person } },
    { type: 'rescued' },
    { type: 'taken-into-care' },
    { type: 'victim-consented' },
    { type: 'risk-assessed', data: { outcome: 'safe-to-return' } },
    check,
    { type: 'repatriated-at-border-pass', data: { ...handover, legalBasis: 'protection-of-victims' } },
    { by: 'VN', type: 'received-by-service' },
    { type: 'closed' },
  ],
  'unlawful-detention': [
    { type: 'reported', particulars: { kind: 'unlawful-detention', requestingParty: 'CN', minor: false, person } },
    { by: 'VN', type: 'rescued' },
    { by: 'VN', ...check },
    { by: 'VN', type: 'transferred', data: { legalBasis: 'protection-of-victims' } },
    { type: 'handed-over-at-border-pass', data: handover },
    { type: 'closed' },
  ],
  'sentenced-person': [
    {
      by: 'VN',
      type: 'transfer-requested',
      particulars: { kind: 'sentenced-person', requestingParty: 'VN', sentencingParty: 'CN', minor: false, person },
    },
    { type: 'sentencing-party-consented' },
    { by: 'VN', type: 'administering-party-consented' },
    { type: 'person-consented' },
    check,
    { type: 'transfer-approved', data: { legalBasis: 'transfer-of-sentenced-persons-treaty' } },
    { type: 'transferred' },
    { type: 'handed-over-at-border-pass', data: handover },
    { by: 'VN', type: 'receipt-acknowledged' },
    { by: 'VN', type: 'completion-reported', data: { outcome: 'served' } },
    { type: 'closed' },
  ],
};

/** The steps of a kind's ordinary way up to an event, that one included. */
export const wayTo = (kind: CaseKind, type: string): readonly [Opening, ...Step[]] => {
  const [opening, ...steps] = ordinaryWays[kind];
  const last = [opening, ...steps].findIndex((step) => step.type === type);
  if (last < 0) throw new Error(`${type} is not on the ordinary way of a ${kind} case`);
  return [opening, ...steps.slice(0, last)];
};
