import { escapes, everyCase, handover, handoverThatFails, notThePerson, postponement, safeguards } from './common.ts';
import { type CaseLifecycle, type CaseStatus, row } from './vocabulary.ts';

const unverified: CaseStatus[] = ['found', 'nationality-denied', 'nationality-inconclusive'];
const ordered: CaseStatus[] = ['return-ordered', 'transferred'];
const failed: CaseStatus[] = ['handover-refused', 'not-collected'];
const inHands: CaseStatus[] = [...unverified, 'nationality-verified', ...ordered, ...failed, 'postponed'];
const delivered: CaseStatus[] = ['handed-over', 'receipt-acknowledged', 'held-by-receiving-party'];
const notTheOne: CaseStatus[] = ['mistaken-identity', 'identity-misused'];
const ended: CaseStatus[] = ['released', 'returned-voluntarily', ...notTheOne];
const alive: CaseStatus[] = [...inHands, 'escaped', ...delivered, ...ended];

/** Crossed or stayed in breach of immigration law; the side that found the person asks the other to take them back. */
export const irregularEntry: CaseLifecycle = {
  name: 'irregular-entry',
  initial: 'not-opened',
  deliveringParty: 'requesting',
  rows: [
    row('found', ['not-opened'], 'found', 'delivering'),
    row('nationality-verified', unverified, 'nationality-verified', 'receiving'),
    row('nationality-denied', ['found', 'nationality-inconclusive'], 'nationality-denied', 'receiving'),
    row('nationality-inconclusive', ['found'], 'nationality-inconclusive', 'receiving'),
    row(
      'return-ordered',
      ['nationality-verified'],
      'return-ordered',
      'delivering',
      'legal-basis',
      'protection-check',
      'guardian-of-minor',
    ),
    row('transferred', ['return-ordered', ...failed], 'transferred', 'delivering', 'protection-check', 'fit-to-travel'),
    ...handover([...ordered, ...failed]),
    ...safeguards(inHands),
    ...handoverThatFails(ordered),
    ...postponement(['nationality-verified', ...ordered, ...failed]),
    row('returned-voluntarily', [...inHands, 'escaped', 'released'], 'returned-voluntarily', 'either'),
    ...escapes([...inHands, ...delivered], 'found'),
    ...notThePerson([...inHands, ...delivered]),
    row('released', inHands, 'released', 'delivering'),
    /** Whichever side holds the wrong person. */
    row('released', notTheOne, 'released', 'either'),
    ...everyCase(alive, ['receipt-acknowledged', 'held-by-receiving-party', ...ended]),
  ],
};
