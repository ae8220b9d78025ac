import { everyCase, handover, handoverThatFails, postponement, safeguards } from './common.ts';
import { type CaseLifecycle, type CaseStatus, row } from './vocabulary.ts';

const detained: CaseStatus[] = ['reported', 'located'];
const failed: CaseStatus[] = ['handover-refused', 'not-collected'];
const inHands: CaseStatus[] = ['rescued', 'transferred', ...failed, 'postponed'];
const delivered: CaseStatus[] = ['handed-over', 'receipt-acknowledged'];
const ended: CaseStatus[] = ['released', 'returned-voluntarily', 'mistaken-identity'];
const alive: CaseStatus[] = [...detained, ...inHands, ...delivered, ...ended];

/** Held by private persons, for instance for gambling debts; the side that the person comes from asks for the rescue. */
export const unlawfulDetention: CaseLifecycle = {
  name: 'unlawful-detention',
  initial: 'not-opened',
  deliveringParty: 'requested',
  rows: [
    row('reported', ['not-opened'], 'reported', 'either'),
    row('located', detained, 'located', 'either'),
    row('rescued', detained, 'rescued', 'delivering'),
    row(
      'transferred',
      ['rescued', ...failed],
      'transferred',
      'delivering',
      'legal-basis',
      'protection-check',
      'guardian-of-minor',
      'fit-to-travel',
    ),
    ...handover(['transferred', ...failed]),
    ...safeguards(inHands),
    ...handoverThatFails(['transferred']),
    ...postponement(['rescued', 'transferred', ...failed]),
    /** Freed by the detainers, by payment or otherwise, or let go after the rescue. */
    row('released', [...detained, ...inHands], 'released', 'either'),
    row('returned-voluntarily', [...detained, 'rescued', 'released'], 'returned-voluntarily', 'either'),
    row('mistaken-identity', [...detained, ...inHands], 'mistaken-identity', 'either'),
    ...everyCase(alive, [...delivered, ...ended]),
  ],
};
