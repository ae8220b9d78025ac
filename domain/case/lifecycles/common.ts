import { BY_THE_LEDGER } from '../../kernel/access.ts';
import type { GuardName } from '../guards.ts';
import { type CaseRow, type CaseStatus, row, settingAside } from './vocabulary.ts';

/**
 * Rows that several kinds share, each as a function of the states that it applies to in a kind.
 */

/** Safeguards and facts that may be put on record while the person is in somebody's hands; the state stays. */
export const safeguards = (inHands: readonly CaseStatus[]): readonly CaseRow[] => [
  row('protection-check-recorded', inHands, 'unchanged', 'delivering'),
  row('guardian-appointed', inHands, 'unchanged', 'either'),
  row('consular-notified', inHands, 'unchanged', 'delivering'),
  row('interpreter-assigned', inHands, 'unchanged', 'either'),
  row('fitness-to-travel-certified', inHands, 'unchanged', 'delivering'),
];

export const assurances = (before: readonly CaseStatus[]): readonly CaseRow[] => [
  row('assurance-given', before, 'unchanged', 'requesting'),
];

/** An escape from custody on the way, and the two ways back: into the hands of the one side or of the other. */
export const escapes = (from: readonly CaseStatus[], recapturedTo: CaseStatus): readonly CaseRow[] => [
  row('escaped', from, 'escaped', 'either'),
  row('recaptured', ['escaped'], recapturedTo, 'delivering'),
  row('recaptured', ['escaped'], 'held-by-receiving-party', 'receiving'),
  row('surrendered-voluntarily', ['escaped'], recapturedTo, 'delivering'),
  row('surrendered-voluntarily', ['escaped'], 'held-by-receiving-party', 'receiving'),
];

/** It turns out that the person is not the one: taken for another, or another used their identity. */
export const notThePerson = (from: readonly CaseStatus[]): readonly CaseRow[] => [
  row('mistaken-identity', from, 'mistaken-identity', 'either'),
  row('identity-misused', from, 'identity-misused', 'either'),
];

export const postponement = (from: readonly CaseStatus[]): readonly CaseRow[] => [
  settingAside(row('postponed', from, 'postponed', 'delivering')),
  row('resumed', ['postponed'], 'where-it-stood', 'delivering'),
];

/** The handover and its receipt. The safeguards are asked for again at the line; `moreGuards` are those that a kind adds. */
export const handover = (from: readonly CaseStatus[], ...moreGuards: readonly GuardName[]): readonly CaseRow[] => [
  row(
    'handed-over-at-border-pass',
    from,
    'handed-over',
    'either',
    ...moreGuards,
    'legal-basis',
    'protection-check',
    'guardian-of-minor',
    'fit-to-travel',
  ),
  row('receipt-acknowledged', ['handed-over'], 'receipt-acknowledged', 'receiving'),
  ...wordOfHandover(['handed-over', 'receipt-acknowledged']),
];

/** What the side says of a handover whose word it was not. */
export const wordOfHandover = (delivered: readonly CaseStatus[]): readonly CaseRow[] => [
  row('delivery-confirmed', delivered, 'unchanged', 'delivering', 'word-of-the-other'),
  row('handover-disputed', delivered, 'unchanged', 'either', 'word-of-the-other'),
];

/** A handover that was agreed and did not come about: refused at the line, or nobody came for the person in time. */
export const handoverThatFails = (from: readonly CaseStatus[]): readonly CaseRow[] => [
  row('handover-agreed', [...from, 'not-collected', 'handover-refused'], 'unchanged', 'either'),
  row('handover-refused', from, 'handover-refused', 'either'),
  row('not-collected', [...from, 'handover-refused'], 'not-collected', 'delivering'),
];

/**
 * What every kind has: death, additions to the record, closing and reopening, setting aside as a duplicate of another case, and the end
 * of a case that goes on as one of another kind.
 * `alive` are all states of the kind in which its person is not dead, `ended` those of them in which the case can be closed.
 */
export const everyCase = (alive: readonly CaseStatus[], ended: readonly CaseStatus[]): readonly CaseRow[] => {
  const open: CaseStatus[] = [...alive, 'died'];
  const told: CaseStatus[] = [...open, 'closed', 'continued-as-another-case'];
  return [
    row('died', alive, 'died', 'either'),
    row('particulars-recorded', open, 'unchanged', 'either'),
    row('case-number-recorded', [...open, 'closed'], 'unchanged', 'either'),
    row('linked-to-person-of', told, 'unchanged', 'either', 'another-case'),
    row('unlinked-from-person-of', told, 'unchanged', 'either', 'link-on-record'),
    row('found-not-same-person', told, 'unchanged', 'either', 'another-case'),
    row('legal-hold-placed', [...told, 'merged'], 'unchanged', 'either'),
    row('legal-hold-lifted', [...told, 'merged'], 'unchanged', 'either', 'hold-on-record'),
    row('expunged', [...told, 'merged'], 'unchanged', 'either', BY_THE_LEDGER),
    row('incident-assigned', open, 'unchanged', 'either'),
    row('shared-with', [...open, 'closed'], 'unchanged', 'either'),
    row('continued-as-another-case', alive, 'continued-as-another-case', 'either', 'continuable'),
    settingAside(row('closed', [...ended, 'died'], 'closed', 'either')),
    row('reopened', ['closed'], 'where-it-stood', 'either'),
    settingAside(row('merged', [...open, 'closed'], 'merged', 'either', 'mergeable')),
    row('unmerged', ['merged'], 'where-it-stood', 'either'),
  ];
};
