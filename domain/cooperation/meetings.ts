import { z } from 'zod';
import { oneOf } from '../kernel/codes.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { lineSchema, textSchema } from '../kernel/text.ts';
import { agreementId } from './agreements.ts';
import { checkHeld, heldEvents, heldLifecycle, heldOnce, plannedPeriod } from './held.ts';
import { levelSchema, type Party, partiesSchema, partySchema } from './parties.ts';
import { createPublicRegister, valuesOf } from './public-register.ts';

const KINDS = ['conference', 'dialogue', 'working-meeting', 'procuratorate-conference'] as const;
export type MeetingKind = (typeof KINDS)[number];

const kindSchema = oneOf(KINDS);

const venue = lineSchema(200).optional().describe('Where it is held, in words');

/** Conferences, dialogues and working meetings, with what they adopted. */
export const meetings = createPublicRegister({
  category: 'meeting',
  noun: 'meeting',
  plural: 'meetings',
  opening: {
    type: 'registered',
    open: {
      kind: kindSchema,
      name: lineSchema(200),
      ordinal: z.int().min(1).max(1000).optional().describe('9 of the ninth of its kind'),
      level: levelSchema.describe('The level at which it is held'),
      hosts: z.array(partySchema).min(1).max(10).optional().describe('Left out where the source does not say'),
      parties: partiesSchema,
      plannedPeriod,
      venue,
    },
    sealed: {},
  },
  events: {
    ...heldEvents({ venue }),
    'conclusions-recorded': {
      shape: eventShape({}, { text: textSchema(8000) }),
      effect: { addsTo: 'conclusions' },
    },
    'agreement-adopted': { shape: eventShape({ agreement: agreementId }, {}), effect: { addsTo: 'adopted' } },
  },
  lifecycle: heldLifecycle('meeting', ['conclusions-recorded', 'agreement-adopted']),
  check: checkHeld,
  contributes: (entries, state) => heldOnce('meetings-held', entries, state),
  partiesOf: ({ hosts = [], parties }) => [...(hosts as readonly Party[]), ...(parties as readonly Party[])],
  names: { agreement: 'agreement' },
  filters: { kind: kindSchema, level: levelSchema, agreement: agreementId },
  references: ({ kind, level, adopted = [] }) => ({
    kind: valuesOf(kind),
    level: valuesOf(level),
    agreement: (adopted as readonly { readonly agreement: string }[]).map(({ agreement }) => agreement),
  }),
});
