import { assurances, escapes, everyCase, handover, handoverThatFails, postponement, safeguards } from './common.ts';
import { type CaseLifecycle, type CaseStatus, row } from './vocabulary.ts';

const approved: CaseStatus[] = ['transfer-approved', 'transferred'];
const failed: CaseStatus[] = ['handover-refused', 'not-collected'];
const serving: CaseStatus[] = ['transfer-requested', ...approved, ...failed, 'postponed'];
const delivered: CaseStatus[] = ['handed-over', 'receipt-acknowledged', 'held-by-receiving-party'];
const ended: CaseStatus[] = ['refused', 'request-withdrawn', 'released', 'completion-reported'];
const alive: CaseStatus[] = [...serving, 'escaped', ...delivered, ...ended];

/** Serving a final judgment; the side that passed it delivers, the other administers the rest of the sentence. */
export const sentencedPerson: CaseLifecycle = {
  name: 'sentenced-person',
  initial: 'not-opened',
  deliveringParty: 'sentencing',
  rows: [
    row('transfer-requested', ['not-opened'], 'transfer-requested', 'requesting', 'sentencing-party'),
    row('sentencing-party-consented', serving, 'unchanged', 'delivering'),
    row('administering-party-consented', serving, 'unchanged', 'receiving'),
    row('person-consented', serving, 'unchanged', 'delivering'),
    row('consent-withdrawn', serving, 'unchanged', 'either', 'consent-given'),
    row(
      'transfer-approved',
      ['transfer-requested'],
      'transfer-approved',
      'delivering',
      'three-consents',
      'legal-basis',
      'protection-check',
      'guardian-of-minor',
    ),
    row(
      'transferred',
      ['transfer-approved', ...failed],
      'transferred',
      'delivering',
      'three-consents',
      'protection-check',
      'fit-to-travel',
    ),
    ...handover([...approved, ...failed], 'three-consents'),
    row('completion-reported', ['receipt-acknowledged', 'held-by-receiving-party'], 'completion-reported', 'receiving'),
    ...safeguards(serving),
    ...assurances(serving),
    ...handoverThatFails(approved),
    ...postponement(['transfer-requested', ...approved, ...failed]),
    row('refused', serving, 'refused', 'either'),
    row('request-withdrawn', serving, 'request-withdrawn', 'requesting'),
    row('released', serving, 'released', 'delivering'),
    ...escapes([...serving, ...delivered], 'transfer-requested'),
    ...everyCase(alive, ended),
  ],
};
