import type { OccurredAt } from '../../domain/kernel/time.ts';
import { type DemoStep, RECORDING_OFFICE } from './step.ts';

type Data = Readonly<Record<string, unknown>>;

/** What a source tells of an operation. */
interface Told {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly subject: string;
  /** When the source was published, and when it was entered here. */
  readonly occurredAt: OccurredAt;
  readonly recordedOn: string;
  readonly source: string;
  readonly begunOn?: string;
  /** Left out: the two ministries. */
  readonly offices?: { readonly codes: readonly string[]; readonly note: string };
  readonly isOver: boolean;
  readonly reports: readonly Data[];
}

const OPERATIONS: readonly Told[] = [
  {
    key: 'operation-drug-campaigns',
    name: 'Three earlier joint drug campaigns',
    kind: 'campaign',
    subject: 'drugs',
    occurredAt: '2017-11',
    recordedOn: '2017-11-10',
    source: 'Report on the cooperation of the liaison bureau, last quarter of 2017',
    isOver: true,
    reports: [
      { result: 'incidents', measure: 'incidents-cracked', bound: '>', count: 7000 },
      { result: 'arrests', measure: 'arrests', bound: '>', count: 10_000 },
      { result: 'drugs', measure: 'seizure', bound: '≈', substance: 'drugs-unspecified', quantity: '6000', unit: 'kg' },
    ],
  },
  {
    key: 'operation-gambling-hub',
    name: 'Gambling hub dismantled in China',
    kind: 'operation',
    subject: 'gambling',
    occurredAt: '2019-04',
    recordedOn: '2019-05-02',
    source: 'Report of the conference, April 2019',
    isOver: true,
    offices: {
      codes: ['CN-GX-DPS', 'VN-09-DPS', 'VN-13-DPS', 'VN-04-DPS', 'VN-03-DPS'],
      note: 'The source does not name the offices that took part: entered under the departments of the provinces of the conference, with codes of the demonstration',
    },
    reports: [{ result: 'hub', measure: 'hubs-dismantled', bound: '=', count: 1, period: { to: '2019-04' } }],
  },
  {
    key: 'operation-khanh-hoa',
    name: 'Joint operation in Khánh Hòa',
    kind: 'operation',
    subject: 'drugs',
    occurredAt: '2024-12',
    recordedOn: '2024-12-31',
    source: 'Report on a joint operation in Khánh Hòa',
    begunOn: '2023-09',
    isOver: false,
    reports: [
      { result: 'ketamine', measure: 'seizure', bound: '=', substance: 'ketamine', quantity: '1.4', unit: 't' },
      {
        result: 'precursors',
        measure: 'seizure',
        bound: '≈',
        substance: 'precursor-chemicals',
        quantity: '80',
        unit: 't',
      },
    ].map((report) => ({ ...report, period: { from: '2023-09' } })),
  },
];

const MINISTRIES = {
  codes: ['CN-MPS', 'VN-MPS'],
  note: 'The source does not name the offices that took part: entered under the two ministries',
};

/** Operations that the sources name, with the results that they give and no others. */
export const toldOperations = (): readonly DemoStep[] =>
  OPERATIONS.flatMap(
    ({ key, name, kind, subject, occurredAt, recordedOn, source, begunOn, isOver, offices = MINISTRIES, reports }) => {
      const events: readonly Pick<DemoStep, 'type' | 'data' | 'particulars'>[] = [
        {
          type: 'planned',
          particulars: { name, kind, subjects: [subject], offices: offices.codes },
          data: { note: offices.note },
        },
        { type: 'begun', data: begunOn === undefined ? {} : { begunOn } },
        ...reports.map((data) => ({ type: 'result-reported', data })),
        ...(isOver ? [{ type: 'concluded' }] : []),
      ];
      return events.map((event, index) => ({
        key,
        category: 'operation',
        recordedAt: `${recordedOn}T05:0${index}:00.000Z`,
        office: RECORDING_OFFICE.ministry,
        occurredAt,
        ...event,
        data: { ...(event.data as Data | undefined), source },
      }));
    },
  );
