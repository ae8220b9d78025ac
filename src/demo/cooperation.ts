import { addDays } from '../../domain/kernel/time.ts';
import { type DemoStep, INVENTED, nextMorning, RECORDING_OFFICE } from './step.ts';

type Data = Readonly<Record<string, unknown>>;

const ministry = {
  CN: { side: 'CN', level: 'ministry', office: 'CN-MPS' },
  VN: { side: 'VN', level: 'ministry', office: 'VN-MPS' },
} as const;
const guangxi = { side: 'CN', level: 'province', province: 'CN-GX' } as const;
const fourProvinces = ['VN-09', 'VN-13', 'VN-04', 'VN-03'].map((province) => ({
  side: 'VN',
  level: 'province',
  province,
}));

/** One record, opened and then told further; `data` of the opening says where it is known from. */
const record = (
  key: string,
  category: string,
  opening: Pick<DemoStep, 'type' | 'occurredAt' | 'recordedAt'> & {
    readonly particulars: Data;
    readonly source: string;
  },
  ...events: readonly (Pick<DemoStep, 'type' | 'occurredAt' | 'recordedAt'> & { readonly data: DemoStep['data'] })[]
): readonly DemoStep[] => {
  const { source, ...first } = opening;
  const common = { key, category, office: RECORDING_OFFICE.ministry };
  return [
    { ...common, ...first, data: { source } },
    ...events.map(({ data, ...event }) => ({
      ...common,
      ...event,
      data: typeof data === 'function' ? data : { ...data, source },
    })),
  ];
};

/** What the sources say of conferences and of equipment, and no more than that. */
const told = (): readonly DemoStep[] => [
  ...record(
    'meeting-2019',
    'meeting',
    {
      type: 'registered',
      occurredAt: '2019-04',
      recordedAt: '2019-05-02T06:00:00.000Z',
      particulars: {
        kind: 'conference',
        name: 'Conference of Lạng Sơn, Quảng Ninh, Cao Bằng, Hà Giang and Guangxi',
        level: 'province',
        parties: [guangxi, ...fourProvinces],
      },
      source: 'Report of the conference, April 2019',
    },
    { type: 'held', occurredAt: '2019-04', recordedAt: '2019-05-02T06:01:00.000Z', data: { heldFrom: '2019-04' } },
  ),
  ...record('equipment-2019', 'equipment', {
    type: 'presented',
    occurredAt: '2019-04',
    recordedAt: '2019-05-02T06:02:00.000Z',
    particulars: {
      from: guangxi,
      to: fourProvinces,
      items: [{ what: 'Equipment; the source does not say which, nor how much' }],
      presentedOn: '2019-04',
    },
    source: 'Report of the conference, April 2019',
  }),
  ...record(
    'meeting-ninth-ministerial',
    'meeting',
    {
      type: 'registered',
      occurredAt: '2026-03',
      recordedAt: '2026-04-01T06:00:00.000Z',
      particulars: {
        kind: 'conference',
        name: 'Ninth ministerial conference',
        ordinal: 9,
        level: 'ministry',
        parties: [ministry.CN, ministry.VN],
      },
      source: 'Report on the ninth ministerial conference',
    },
    { type: 'held', occurredAt: '2026-03', recordedAt: '2026-04-01T06:01:00.000Z', data: { heldFrom: '2026-03' } },
  ),
];

const SOURCE_2017 = 'Invented to make up the published counts of 2017: 24 visits, 9 courses, 77 officers';

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Planned and held on one day, and written down on the next. */
const heldOn = (key: string, category: string, day: string, particulars: Data, held: Data): readonly DemoStep[] =>
  record(
    key,
    category,
    { type: 'registered', occurredAt: day, recordedAt: nextMorning(day), particulars, source: SOURCE_2017 },
    { type: 'held', occurredAt: day, recordedAt: nextMorning(day), data: { heldFrom: day, ...held } },
  );

/** The report counts them; that each was of these and on this day is invented. */
const visitsAndCoursesOf2017 = (): readonly DemoStep[] => [
  ...numbers(24).flatMap((number) => {
    const [visitors, hosts] = number % 2 === 0 ? [ministry.CN, ministry.VN] : [ministry.VN, ministry.CN];
    return heldOn(
      `visit-2017-${number}`,
      'visit',
      addDays('2017-01-04', number * 12),
      { visitors: { ...visitors, name: `Delegation ${number} of 2017 (invented)` }, hosts },
      {},
    );
  }),
  ...numbers(9).flatMap((number) =>
    heldOn(
      `training-2017-${number}`,
      'training',
      addDays('2017-01-20', number * 30),
      { course: `Course ${number} of 2017 (invented)`, provider: ministry.CN, officersOf: 'VN' },
      // Five courses with nine officers and four with eight are 77.
      { officersTrained: number <= 5 ? 9 : 8 },
    ),
  ),
];

const SOURCE_OF_PAIRS = 'Invented to make up the published count of April 2019: 8 pairs of stations with a memorandum';

/** Which stations they are, and when they signed, is invented. */
const stationsWithMemorandum = (): readonly DemoStep[] =>
  numbers(8).flatMap((number) => {
    const day = addDays('2018-05-10', number * 30);
    const { province } = fourProvinces[number % 4] as { readonly province: string };
    const parties = [
      { side: 'CN', level: 'district', province: 'CN-GX', name: `District station ${number} in Guangxi (invented)` },
      { side: 'VN', level: 'district', province, name: `District station ${number} in Viet Nam (invented)` },
    ];
    const [memorandum, pair] = [`memorandum-${number}`, `pair-${number}`];
    const at = (minute: number) => ({ occurredAt: day, recordedAt: nextMorning(day).replace(':00:', `:0${minute}:`) });
    return [
      ...record(
        memorandum,
        'agreement',
        {
          type: 'registered',
          ...at(0),
          particulars: { kind: 'memorandum', title: `Memorandum of pair ${number} (invented)`, parties },
          source: SOURCE_OF_PAIRS,
        },
        { type: 'signed', ...at(1), data: { signedOn: day } },
      ),
      ...record(
        pair,
        'twinning',
        {
          type: 'twinned',
          ...at(2),
          particulars: { kind: 'district-stations', parties, agreedOn: day },
          source: SOURCE_OF_PAIRS,
        },
        {
          type: 'memorandum-named',
          ...at(3),
          data: (_history, recordId) => ({ memorandum: recordId(memorandum), source: SOURCE_OF_PAIRS }),
        },
      ),
    ];
  });

/** Sources speak of sister villages and twinned localities without naming any: one of each, invented. */
const sistersAndTwins = (): readonly DemoStep[] =>
  (['villages', 'localities'] as const).flatMap((kind) =>
    record(`twinned-${kind}`, 'twinning', {
      type: 'twinned',
      occurredAt: '2018-06',
      recordedAt: `2018-07-02T0${kind === 'villages' ? 3 : 4}:00:00.000Z`,
      particulars: {
        kind,
        parties: [
          { ...guangxi, level: kind === 'villages' ? 'village' : 'locality', name: `One of the ${kind} (invented)` },
          {
            ...(fourProvinces[0] as object),
            level: kind === 'villages' ? 'village' : 'locality',
            name: `The other of the ${kind} (invented)`,
          },
        ],
      },
      source: INVENTED,
    }),
  );

/** What the sides agreed and did together, apart from cases and operations. */
export const cooperationRecords = (): readonly DemoStep[] => [
  ...told(),
  ...visitsAndCoursesOf2017(),
  ...stationsWithMemorandum(),
  ...sistersAndTwins(),
];
