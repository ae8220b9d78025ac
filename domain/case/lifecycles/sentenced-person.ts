import { always, assurances, death, ending, escapes, handoverThatFails, postponement, safeguards } from './common.ts';
import { type CaseLifecycle, type CaseStatus, row } from './vocabulary.ts';

const approved: CaseStatus[] = ['transfer-approved', 'transferred'];
const failed: CaseStatus[] = ['handover-refused', 'not-collected'];
const serving: CaseStatus[] = ['transfer-requested', ...approved, ...failed, 'postponed'];
const delivered: CaseStatus[] = ['handed-over', 'receipt-acknowledged', 'held-by-receiving-party'];
const ended: CaseStatus[] = ['refused', 'request-withdrawn', 'released', 'died', 'completion-reported'];
const followed: CaseStatus[] = [...serving, 'escaped', ...delivered];
const open: CaseStatus[] = [...followed, ...ended];

/** Serving a final judgment; the side that passed it delivers, the other administers the rest of the sentence. */
export const sentencedPerson: CaseLifecycle = {
  name: 'sentenced-person',
  initial: 'not-opened',
  deliveringParty: 'sentencing',
  rows: [
    row('transfer-requested', ['not-opened'], 'transfer-requested', 'requesting', 'sentencing-party'),
    row('sentencing-party-consented', ['transfer-requested'], 'unchanged', 'delivering'),
    row('administering-party-consented', ['transfer-requested'], 'unchanged', 'receiving'),
    row('person-consented', ['transfer-requested'], 'unchanged', 'delivering'),
    row(
      'consent-withdrawn',
      ['transfer-requested', ...approved, ...failed, 'postponed'],
      'unchanged',
      'either',
      'consent-given',
    ),
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
      'fit-to-travel',
    ),
    row(
      'handed-over-at-border-pass',
      [...approved, ...failed],
      'handed-over',
      'either',
      'three-consents',
      'legal-basis',

      'guardian-of-minor',
      'fit-to-travel',
    ),
    row('receipt-acknowledged', ['handed-over'], 'receipt-acknowledged', 'receiving'),
    row('completion-reported', ['receipt-acknowledged', 'held-by-receiving-party'], 'completion-reported', 'receiving'),
    ...safeguards(serving),
    ...assurances(serving),
    ...handoverThatFails(approved),
    ...postponement(['transfer-requested', ...approved]),
    row('refused', ['transfer-requested', ...approved, 'postponed'], 'refused', 'either'),
    row('request-withdrawn', serving, 'request-withdrawn', 'requesting'),
    row('released', serving, 'released', 'delivering'),
    ...escapes([...serving, ...delivered], 'transfer-requested'),
    ...death(followed),
    ...always(open),
    ...ending(ended, open),
  ],
};
