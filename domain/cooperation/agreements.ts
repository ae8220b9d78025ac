import { idOf, oneOf } from '../kernel/codes.ts';
import { exactly } from '../kernel/contribution.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { row } from '../kernel/lifecycle.ts';
import { daysOfRoughDate, doneByThen, endsAfterItBegins, type RoughDate, roughDateSchema } from '../kernel/period.ts';
import type { AnyLifecycle, EffectiveEvent } from '../kernel/record.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Register, RegisterState } from '../kernel/register.ts';
import { sideSchema } from '../kernel/sides.ts';
import { lineSchema, textSchema } from '../kernel/text.ts';
import { type Party, partiesSchema } from './parties.ts';
import { createPublicRegister, valuesOf } from './public-register.ts';

const KINDS = [
  'treaty',
  'agreement',
  'memorandum',
  'coordination-regulation',
  'minutes',
  /** A standing arrangement, such as "1 + 5". */
  'mechanism',
] as const;
export type AgreementKind = (typeof KINDS)[number];

const kindSchema = oneOf(KINDS);

export const agreementId = idOf('an agreement');

const opening = {
  type: 'registered',
  open: {
    kind: kindSchema,
    title: lineSchema(300),
    parties: partiesSchema,
    agreedUntil: roughDateSchema.optional().describe('Until when it is made; left out where it has no end'),
  },
  sealed: {},
};

const events: Register['events'] = {
  'negotiation-opened': { shape: eventShape({ negotiatedSince: roughDateSchema }, {}), effect: 'sets' },
  'negotiation-broken-off': {
    shape: eventShape({ brokenOffOn: roughDateSchema }, { breakOffReason: textSchema(1000).optional() }),
    effect: 'sets',
  },
  signed: {
    shape: eventShape({ signedOn: roughDateSchema, signedIn: lineSchema(200).optional() }, {}),
    effect: 'sets',
  },
  'entered-into-force': { shape: eventShape({ inForceFrom: roughDateSchema }, {}), effect: 'sets' },
  renewed: { shape: eventShape({ agreedUntil: roughDateSchema }, {}), effect: 'sets' },
  amended: {
    shape: eventShape(
      { amendedOn: roughDateSchema, amendedBy: agreementId.optional().describe('The agreement that amends it') },
      { amendment: textSchema(4000).optional() },
    ),
    effect: { addsTo: 'amendments' },
  },
  ended: { shape: eventShape({ endedOn: roughDateSchema }, {}), effect: 'sets' },
  denounced: {
    shape: eventShape({ denouncedOn: roughDateSchema, denouncedBy: sideSchema }, {}),
    effect: 'sets',
  },
  superseded: {
    shape: eventShape({ supersededOn: roughDateSchema, supersededBy: agreementId }, {}),
    effect: 'sets',
  },
};

const standing = ['signed', 'in-force'];

const lifecycle: AnyLifecycle = {
  name: 'agreement',
  initial: 'not-opened',
  rows: [
    row('registered', ['not-opened'], 'registered', 'either'),
    row('negotiation-opened', ['registered', 'broken-off'], 'under-negotiation', 'either'),
    row('negotiation-broken-off', ['under-negotiation'], 'broken-off', 'either'),
    row('signed', ['registered', 'under-negotiation'], 'signed', 'either'),
    row('entered-into-force', ['signed'], 'in-force', 'either'),
    row('renewed', standing, 'unchanged', 'either'),
    row('amended', standing, 'unchanged', 'either'),
    row('ended', standing, 'ended', 'either'),
    row('denounced', standing, 'denounced', 'either'),
    row('superseded', [...standing, 'ended', 'denounced'], 'superseded', 'either'),
  ],
};

const DONE = [
  'negotiatedSince',
  'brokenOffOn',
  'signedOn',
  'inForceFrom',
  'amendedOn',
  'endedOn',
  'denouncedOn',
  'supersededOn',
];

/** Pairs of dates of which the first is not after the second. */
const IN_ORDER = [
  ['negotiatedSince', 'signedOn'],
  ['signedOn', 'inForceFrom'],
  ['signedOn', 'amendedOn'],
  ['signedOn', 'endedOn'],
  ['inForceFrom', 'endedOn'],
  ['signedOn', 'denouncedOn'],
  ['signedOn', 'agreedUntil'],
  ['signedOn', 'supersededOn'],
] as const;

const check = ({ entries }: RegisterState, event: EffectiveEvent): readonly (Refusal | undefined)[] => [
  ...DONE.map((field) => doneByThen(event, event.data[field], `/data/${field}`)),
  ...IN_ORDER.map(([first, second]) => endsAfterItBegins(entries[first], event.data[second], `/data/${second}`)),
];

/** Treaties, agreements, memoranda, regulations, minutes and mechanisms, between parties of whatever level. */
export const agreements = createPublicRegister({
  category: 'agreement',
  noun: 'agreement',
  plural: 'agreements',
  opening,
  events,
  lifecycle,
  check,
  contributes: ({ signedOn }) =>
    signedOn === undefined
      ? []
      : [{ measure: 'agreements-signed', ...daysOfRoughDate(signedOn as RoughDate), ...exactly(1) }],
  partiesOf: ({ parties }) => parties as readonly Party[],
  names: { amendedBy: 'agreement', supersededBy: 'agreement' },
  filters: { kind: kindSchema },
  references: ({ kind }) => ({ kind: valuesOf(kind) }),
});
