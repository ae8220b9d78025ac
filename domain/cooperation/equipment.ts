import { z } from 'zod';
import { exactly } from '../kernel/contribution.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { row } from '../kernel/lifecycle.ts';
import { daysOfRoughDate, doneByThen, endsAfterItBegins, type RoughDate, roughDateSchema } from '../kernel/period.ts';
import { invalid } from '../kernel/refusal.ts';
import { directionSchema, otherSide } from '../kernel/sides.ts';
import { lineSchema } from '../kernel/text.ts';
import { directionOf, type Party, partySchema } from './parties.ts';
import { createPublicRegister } from './public-register.ts';

const giverOf = ({ from }: { readonly from?: unknown }): Party => from as Party;

/** Equipment that one side presents to offices or provinces of the other. */
export const equipment = createPublicRegister({
  category: 'equipment',
  noun: 'presentation of equipment',
  plural: 'equipment',
  opening: {
    type: 'presented',
    open: {
      from: partySchema,
      to: z.array(partySchema).min(1).max(40),
      items: z
        .array(
          z.strictObject({
            what: lineSchema(200),
            quantity: z
              .int()
              .min(1)
              .max(1_000_000)
              .optional()
              .describe('How many; left out where the source does not say'),
          }),
        )
        .min(1)
        .max(100),
      presentedOn: roughDateSchema,
    },
    sealed: {},
  },
  events: { 'receipt-confirmed': { shape: eventShape({ receivedOn: roughDateSchema }, {}), effect: 'sets' } },
  lifecycle: {
    name: 'equipment',
    initial: 'not-opened',
    rows: [
      row('presented', ['not-opened'], 'presented', 'either'),
      row('receipt-confirmed', ['presented'], 'received', 'receiving'),
    ],
  },
  sidesOf: ({ entries }) => [otherSide(giverOf(entries).side)],
  check: ({ entries }, event) => {
    const { from, to = [] } = event.data as { readonly from?: Party; readonly to?: readonly Party[] };
    const ownSide = to.findIndex(({ side }) => side === from?.side);
    return [
      ownSide < 0 ? undefined : invalid('expected parties of the other side', `/to/${ownSide}/side`),
      doneByThen(event, event.data.presentedOn, '/presentedOn'),
      doneByThen(event, event.data.receivedOn, '/data/receivedOn'),
      endsAfterItBegins(entries.presentedOn, event.data.receivedOn, '/data/receivedOn'),
    ];
  },
  contributes: ({ presentedOn }) => [
    { measure: 'equipment-presented', ...daysOfRoughDate(presentedOn as RoughDate), ...exactly(1) },
  ],
  partiesOf: ({ from, to }) => [from as Party, ...(to as readonly Party[])],
  derived: {
    fields: { direction: directionSchema.describe('From the side that presents to the side that receives') },
    of: (entries) => ({ direction: directionOf(giverOf(entries)) }),
    insteadOf: [],
  },
  filters: { direction: directionSchema },
  references: (entries) => ({ direction: [directionOf(giverOf(entries))] }),
});
