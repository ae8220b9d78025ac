import { z } from 'zod';
import { oneOf } from '../kernel/codes.ts';
import { invalid } from '../kernel/refusal.ts';
import { directionSchema } from '../kernel/sides.ts';
import { checkHeld, heldEvents, heldLifecycle, heldOnce, plannedPeriod } from './held.ts';
import { directionOf, type Party, partySchema } from './parties.ts';
import { createPublicRegister, valuesOf } from './public-register.ts';

const PURPOSES = ['working', 'friendship', 'study', 'inspection', 'other'] as const;
export type VisitPurpose = (typeof PURPOSES)[number];

const purposeSchema = oneOf(PURPOSES);

const members = z.int().min(1).max(10_000).optional().describe('How many came; left out where the source does not say');

const visitorsOf = ({ visitors }: { readonly visitors?: unknown }): Party => visitors as Party;

/** Visits of one side to the other. */
export const visits = createPublicRegister({
  category: 'visit',
  noun: 'visit',
  plural: 'visits',
  opening: {
    type: 'registered',
    open: {
      visitors: partySchema,
      hosts: partySchema.describe('Whom they visit, of the other side'),
      purpose: purposeSchema.optional(),
      members,
      plannedPeriod,
    },
    sealed: {},
  },
  events: heldEvents({ members }),
  lifecycle: heldLifecycle('visit'),
  check: (state, event) => {
    const { visitors, hosts } = event.data as { readonly visitors?: Party; readonly hosts?: Party };
    const stayedAtHome = event.type === 'registered' && visitors?.side === hosts?.side;
    return [
      stayedAtHome ? invalid('expected hosts of the other side', '/hosts/side') : undefined,
      ...checkHeld(state, event),
    ];
  },
  contributes: (entries, state) => heldOnce('visits-held', entries, state),
  partiesOf: ({ visitors, hosts }) => [visitors as Party, hosts as Party],
  derived: {
    fields: { direction: directionSchema.describe('From the side that visits to the side that is visited') },
    of: (entries) => ({ direction: directionOf(visitorsOf(entries)) }),
    insteadOf: [],
  },
  filters: { direction: directionSchema, purpose: purposeSchema },
  references: (entries) => ({
    direction: [directionOf(visitorsOf(entries))],
    purpose: valuesOf(entries.purpose),
  }),
});
