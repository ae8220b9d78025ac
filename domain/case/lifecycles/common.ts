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

/** A handover that was agreed and did not come about: refused at the line, or nobody came for the person in time. */
export const handoverThatFails = (from: readonly CaseStatus[]): readonly CaseRow[] => [
  row('handover-agreed', [...from, 'not-collected', 'handover-refused'], 'unchanged', 'either'),
  row('handover-refused', from, 'handover-refused', 'either'),
  row('not-collected', [...from, 'handover-refused'], 'not-collected', 'delivering'),
];

/** What may be put on record of any case, in whatever state it is open. */
export const always = (open: readonly CaseStatus[]): readonly CaseRow[] => [
  row('particulars-recorded', open, 'unchanged', 'either'),
  row('incident-assigned', open, 'unchanged', 'either'),
  row('shared-with', [...open, 'closed'], 'unchanged', 'either'),
];

/** Death, from every state in which the person is followed. */
export const death = (from: readonly CaseStatus[]): readonly CaseRow[] => [row('died', from, 'died', 'either')];

/** Closing, reopening, and setting aside as a duplicate of another case. */
export const ending = (closable: readonly CaseStatus[], open: readonly CaseStatus[]): readonly CaseRow[] => [
  settingAside(row('closed', closable, 'closed', 'either')),
  row('reopened', ['closed'], 'where-it-stood', 'either'),
  settingAside(row('merged', [...open, 'closed'], 'merged', 'either', 'mergeable')),
  row('unmerged', ['merged'], 'where-it-stood', 'either'),
];
