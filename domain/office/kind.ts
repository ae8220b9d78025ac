import { z } from 'zod';
import { oneOf } from '../kernel/codes.ts';
import { exactly, TERRITORY } from '../kernel/contribution.ts';
import type { Fields } from '../kernel/event.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { row } from '../kernel/lifecycle.ts';
import { daysOfRoughDate, doneByThen, roughDateSchema } from '../kernel/period.ts';
import type { AnyLifecycle, EffectiveEvent } from '../kernel/record.ts';
import { invalid, type Refusal } from '../kernel/refusal.ts';
import { createRegister, type Register, type RegisterState } from '../kernel/register.ts';
import { officeSchema, officeSide, sideSchema } from '../kernel/sides.ts';
import { lineSchema } from '../kernel/text.ts';
import { provinceCodeSchema } from '../reference/codes.ts';

export const OFFICE_KINDS = [
  'ministry',
  /** Of the two ministries, such as that of 2014. */
  'police-liaison-bureau',
  'border-liaison-office',
  'anti-trafficking-liaison-office',
  'provincial-department',
  'district-station',
  'border-station',
  'embassy',
  'procuratorate',
  'victim-service',
  'other',
] as const;

const kindSchema = oneOf(OFFICE_KINDS);

/** Names are kept as supplied, each in its language (BCP 47) and script (ISO 15924). */
const namesSchema = z
  .array(
    z.strictObject({
      text: lineSchema(200),
      language: z.enum(['zh', 'vi', 'en'], { error: 'expected the tag of a language: zh, vi, en' }),
      script: z.enum(['Hans', 'Hant', 'Latn'], { error: 'expected the code of a script: Hans, Hant, Latn' }),
    }),
  )
  .min(1)
  .max(20);

const jurisdictionSchema = z
  .array(provinceCodeSchema)
  .max(40)
  .describe('The provinces (ISO 3166-2) for which it works, those of the other side included');

/** An office is public: its names are those of the office, never of an officer. */
const opening = {
  type: 'entered',
  open: {
    code: officeSchema.describe('The id by which the office is named everywhere'),
    kind: kindSchema,
    names: namesSchema,
    jurisdiction: jurisdictionSchema.optional(),
    seat: lineSchema(200).optional().describe('Where it is, in words'),
    counterpart: officeSchema.optional().describe('Its opposite number on the other side'),
    openedOn: roughDateSchema.optional().describe('When it began to work, as exactly as the source says'),
  },
  sealed: {},
};

const events: Register['events'] = {
  renamed: { shape: eventShape({ names: namesSchema }, {}), effect: 'sets' },
  moved: { shape: eventShape({ seat: lineSchema(200) }, {}), effect: 'sets' },
  'jurisdiction-changed': { shape: eventShape({ jurisdiction: jurisdictionSchema }, {}), effect: 'sets' },
  'counterpart-named': { shape: eventShape({ counterpart: officeSchema }, {}), effect: 'sets' },
  closed: { shape: eventShape({ closedOn: roughDateSchema.optional() }, {}), effect: 'sets' },
  reopened: { shape: eventShape({ reopenedOn: roughDateSchema.optional() }, {}), effect: 'sets' },
  superseded: {
    shape: eventShape({ supersededBy: officeSchema.describe('The office that took its place') }, {}),
    effect: 'sets',
  },
};

const lifecycle: AnyLifecycle = {
  name: 'office',
  initial: 'not-opened',
  rows: [
    row('entered', ['not-opened'], 'open', 'either'),
    ...['renamed', 'moved', 'jurisdiction-changed', 'counterpart-named'].map((event) =>
      row(event, ['open', 'closed'], 'unchanged', 'either'),
    ),
    row('closed', ['open'], 'closed', 'either'),
    row('reopened', ['closed'], 'open', 'either'),
    row('superseded', ['open', 'closed'], 'superseded', 'either'),
  ],
};

/** Where a field of an event stands in what is sent. */
const pointerTo = ({ type }: EffectiveEvent, field: string): string =>
  type === opening.type ? `/${field}` : `/data/${field}`;

const check = ({ entries }: RegisterState, event: EffectiveEvent): readonly (Refusal | undefined)[] => {
  const { data } = event;
  const code = String(entries.code);
  const side = officeSide(code);
  return [
    typeof data.counterpart === 'string' && officeSide(data.counterpart) === side
      ? invalid('expected an office of the other side', pointerTo(event, 'counterpart'))
      : undefined,
    data.supersededBy === code ? invalid('expected another office', '/data/supersededBy') : undefined,
    event.type === 'claimed' ? doneByThen(event, data.value, '/data/value') : undefined,
    ...['openedOn', 'closedOn', 'reopenedOn'].map((field) => doneByThen(event, data[field], pointerTo(event, field))),
  ];
};

const codeStays = ({ type }: EffectiveEvent, changes: Fields): Refusal | undefined =>
  type === opening.type && 'code' in changes
    ? invalid('the office is named by it everywhere: annul this record and enter the office anew', '/data/changes/code')
    : undefined;

/** Offices of both sides, each with the code by which everything else names it. */
export const offices = createRegister({
  category: 'office',
  noun: 'office',
  plural: 'offices',
  opening,
  identifiedBy: ['code'],
  events,
  lifecycle,
  sidesOf: () => [],
  forEverybody: true,
  letIn: ({ code }) => [String(code)],
  fixed: codeStays,
  check,
  maySeeSealed: () => true,
  claimable: ['openedOn'],
  derived: {
    fields: { side: sideSchema },
    of: ({ code }) => ({ side: officeSide(String(code)) }),
    insteadOf: [],
  },
  // By its own side's provinces it is told which handovers are of a scope.
  contributes: ({ code, jurisdiction = [], openedOn }, { openedAt }) => [
    {
      measure: TERRITORY,
      first: daysOfRoughDate((openedOn ?? openedAt.slice(0, 'YYYY-MM-DD'.length)) as string).first,
      ...exactly(1),
      provinces: (jurisdiction as readonly string[]).filter((province) =>
        province.startsWith(String(officeSide(String(code)))),
      ),
      offices: [String(code)],
    },
  ],
  filters: {
    code: officeSchema,
    kind: kindSchema,
    side: sideSchema,
    province: provinceCodeSchema,
    counterpart: officeSchema,
  },
  references: ({ code, kind, jurisdiction = [], counterpart }) => ({
    code: [String(code)],
    kind: [String(kind)],
    side: [String(officeSide(String(code)))],
    province: jurisdiction as readonly string[],
    counterpart: counterpart === undefined ? [] : [String(counterpart)],
  }),
});
