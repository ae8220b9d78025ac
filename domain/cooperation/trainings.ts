import { z } from 'zod';
import { exactly } from '../kernel/contribution.ts';
import { invalid } from '../kernel/refusal.ts';
import { type Side, sideSchema } from '../kernel/sides.ts';
import { lineSchema } from '../kernel/text.ts';
import { checkHeld, heldEvents, heldLifecycle, heldOnce, plannedPeriod } from './held.ts';
import { type Party, partySchema } from './parties.ts';
import { createPublicRegister, valuesOf } from './public-register.ts';

const officers = z.int().min(0).max(100_000);

/** Training courses. Officers are counted, never named. */
export const trainings = createPublicRegister({
  category: 'training',
  noun: 'training',
  plural: 'trainings',
  opening: {
    type: 'registered',
    open: {
      course: lineSchema(200),
      provider: partySchema,
      officersOf: sideSchema.describe('The side whose officers are trained'),
      sentBy: z.array(partySchema).min(1).max(40).optional().describe('Who sends them, as far as the source says'),
      officersPlanned: officers.optional(),
      plannedPeriod,
    },
    sealed: {},
  },
  events: heldEvents({ officersTrained: officers.describe('How many officers of that side took part') }),
  lifecycle: heldLifecycle('training'),
  check: (state, event) => {
    const { sentBy = [], officersOf } = event.data as {
      readonly sentBy?: readonly Party[];
      readonly officersOf?: Side;
    };
    const stranger = sentBy.findIndex(({ side }) => side !== officersOf);
    return [
      stranger < 0 ? undefined : invalid('expected parties of the side in `officersOf`', `/sentBy/${stranger}/side`),
      ...checkHeld(state, event),
    ];
  },
  contributes: (entries, state) =>
    heldOnce('courses-held', entries, state).flatMap((course) => [
      course,
      { ...course, measure: 'officers-trained', ...exactly(entries.officersTrained as number) },
    ]),
  partiesOf: ({ provider, sentBy = [] }) => [provider as Party, ...(sentBy as readonly Party[])],
  filters: { provider: sideSchema, officersOf: sideSchema },
  references: ({ provider, officersOf }) => ({
    provider: [(provider as Party).side],
    officersOf: valuesOf(officersOf),
  }),
});
