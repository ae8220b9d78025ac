import { everyCase, postponement, safeguards, wordOfHandover } from './common.ts';
import { type CaseLifecycle, type CaseStatus, row } from './vocabulary.ts';

const missing: CaseStatus[] = ['reported', 'identified'];
const inCare: CaseStatus[] = ['rescued', 'in-care'];
const cared: CaseStatus[] = [...inCare, 'transferred', 'handover-refused', 'postponed'];
const ended: CaseStatus[] = [
  'received-by-service',
  'left-care',
  'returned-voluntarily',
  'repatriation-declined',
  'mistaken-identity',
];
const alive: CaseStatus[] = [...missing, ...cared, 'repatriated', ...ended];

/**
 * Missing or identified as a victim; the side that the victim comes from requests, the side that they were brought to rescues
 * and repatriates. Nothing here is a measure against the person: consent can be withdrawn and repatriation declined.
 */
export const traffickingVictim: CaseLifecycle = {
  name: 'trafficking-victim',
  initial: 'not-opened',
  deliveringParty: 'requested',
  rows: [
    row('reported', ['not-opened'], 'reported', 'either'),
    row('identified-as-victim', ['not-opened', 'reported'], 'identified', 'either'),
    row('rescued', [...missing, 'left-care'], 'rescued', 'either'),
    row('taken-into-care', ['rescued', 'left-care'], 'in-care', 'delivering'),
    row('victim-consented', cared, 'unchanged', 'delivering'),
    /** Who declined may think better of it. */
    row('victim-consented', ['repatriation-declined'], 'in-care', 'delivering'),
    row('consent-withdrawn', cared, 'unchanged', 'either', 'consent-given'),
    row('repatriation-declined', cared, 'repatriation-declined', 'delivering'),
    row('risk-assessed', cared, 'unchanged', 'either'),
    row(
      'transferred',
      [...inCare, 'handover-refused'],
      'transferred',
      'delivering',
      'victim-consent',
      'risk-assessment',
      'protection-check',
      'legal-basis',
      'guardian-of-minor',
      'fit-to-travel',
    ),
    row(
      'repatriated-at-border-pass',
      [...inCare, 'transferred', 'handover-refused'],
      'repatriated',
      'either',
      'victim-consent',
      'risk-assessment',
      'protection-check',
      'legal-basis',
      'guardian-of-minor',
      'fit-to-travel',
    ),
    row('receipt-acknowledged', ['repatriated'], 'unchanged', 'receiving'),
    row('received-by-service', ['repatriated'], 'received-by-service', 'receiving'),
    ...wordOfHandover(['repatriated', 'received-by-service']),
    ...safeguards(cared),
    row('handover-refused', [...inCare, 'transferred'], 'handover-refused', 'either'),
    ...postponement([...inCare, 'transferred', 'handover-refused']),
    row('left-care', [...cared, 'repatriation-declined'], 'left-care', 'either'),
    row(
      'returned-voluntarily',
      [...missing, 'left-care', 'repatriation-declined'],
      'returned-voluntarily',
      'receiving',
    ),
    row('mistaken-identity', [...missing, ...cared], 'mistaken-identity', 'either'),
    ...everyCase(alive, ended),
  ],
};
