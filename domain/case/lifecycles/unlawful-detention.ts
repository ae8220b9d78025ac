import { always, death, ending, handoverThatFails, postponement, safeguards } from './common.ts';
import { type CaseLifecycle, type CaseStatus, row } from './vocabulary.ts';

const ready: CaseStatus[] = ['rescued', 'transferred'];
const failed: CaseStatus[] = ['handover-refused', 'not-collected'];
const inHands: CaseStatus[] = [...ready, ...failed, 'postponed'];
const ended: CaseStatus[] = ['released', 'returned-voluntarily', 'mistaken-identity', 'died'];
const followed: CaseStatus[] = ['reported', 'located', ...inHands, 'handed-over', 'receipt-acknowledged'];
const open: CaseStatus[] = [...followed, ...ended];

/** Held by private persons, for instance for gambling debts; the side that the person comes from asks for the rescue. */
export const unlawfulDetention: CaseLifecycle = {
  name: 'unlawful-detention',
  initial: 'not-opened',
  deliveringParty: 'requested',
  rows: [
    row('reported', ['not-opened'], 'reported', 'either'),
    row('located', ['reported', 'located'], 'located', 'either'),
    row('rescued', ['reported', 'located'], 'rescued', 'delivering'),
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
    row(
      'handed-over-at-border-pass',
      ['transferred', ...failed],
      'handed-over',
      'either',
      'legal-basis',

      'guardian-of-minor',
      'fit-to-travel',
    ),
    row('receipt-acknowledged', ['handed-over'], 'receipt-acknowledged', 'receiving'),
    ...safeguards(inHands),
    ...handoverThatFails(['transferred']),
    ...postponement(ready),
    /** Freed by the detainers, by payment or otherwise, or let go after the rescue. */
    row('released', ['reported', 'located', ...inHands], 'released', 'either'),
    row('returned-voluntarily', ['reported', 'located', 'rescued', 'released'], 'returned-voluntarily', 'either'),
    row('mistaken-identity', ['reported', 'located', ...ready], 'mistaken-identity', 'either'),
    ...death(followed),
    ...always(open),
    ...ending(['handed-over', 'receipt-acknowledged', ...ended], open),
  ],
};
