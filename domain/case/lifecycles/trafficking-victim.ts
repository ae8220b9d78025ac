import { always, death, ending, postponement, safeguards } from './common.ts';
import { type CaseLifecycle, type CaseStatus, row } from './vocabulary.ts';

const missing: CaseStatus[] = ['reported', 'identified'];
const inCare: CaseStatus[] = ['rescued', 'in-care'];
const onTheWay: CaseStatus[] = ['transferred', 'handover-refused'];
const cared: CaseStatus[] = [...inCare, ...onTheWay, 'postponed'];
const ended: CaseStatus[] = ['returned-voluntarily', 'repatriation-declined', 'mistaken-identity', 'died'];
const followed: CaseStatus[] = [
  ...missing,
  ...cared,
  'left-care',
  'repatriated',
  'received-by-service',
  'repatriation-declined',
];
const open: CaseStatus[] = [...new Set([...followed, ...ended])];

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
    row('victim-consented', inCare, 'unchanged', 'delivering'),
    row('risk-assessed', inCare, 'unchanged', 'either'),
    row('consent-withdrawn', [...inCare, ...onTheWay, 'postponed'], 'unchanged', 'either', 'consent-given'),
    row('repatriation-declined', cared, 'repatriation-declined', 'delivering'),
    row(
      'transferred',
      ['rescued', 'in-care', 'handover-refused'],
      'transferred',
      'delivering',
      'victim-consent',
      'risk-assessment',
      'protection-check',
      'legal-basis',
      'guardian-of-minor',
    ),
    row(
      'repatriated-at-border-pass',
      [...inCare, ...onTheWay],
      'repatriated',
      'either',
      'victim-consent',
      'risk-assessment',
      'protection-check',
      'legal-basis',
      'guardian-of-minor',
      'fit-to-travel',
    ),
    row('received-by-service', ['repatriated'], 'received-by-service', 'receiving'),
    ...safeguards(cared),
    row('handover-refused', ['transferred'], 'handover-refused', 'either'),
    ...postponement([...inCare, 'transferred']),
    row('left-care', [...inCare, ...onTheWay, 'postponed'], 'left-care', 'either'),
    row('returned-voluntarily', [...missing, 'left-care'], 'returned-voluntarily', 'receiving'),
    row('mistaken-identity', [...missing, ...inCare], 'mistaken-identity', 'either'),
    ...death(followed),
    ...always(open),
    ...ending(['received-by-service', 'left-care', ...ended], open),
  ],
};
