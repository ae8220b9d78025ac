import type { Instant, OccurredAt } from '../../domain/kernel/time.ts';
import type { DemoStep } from './step.ts';

/** A report or a conference, with what it published. */
interface Publication {
  readonly key: string;
  readonly publisher: string;
  readonly publication: string;
  /** When it was published, as far as that is known, and when it was entered here. */
  readonly publishedOn: OccurredAt;
  readonly recordedAt: Instant;
  /** Said of each of its figures. */
  readonly note?: string;
  readonly figures: readonly Figure[];
}

interface Figure {
  readonly figure: string;
  readonly bound: '=' | '>' | '≈';
  readonly value: number;
  readonly unit: string;
  readonly period?: { readonly from?: string; readonly to?: string };
  readonly scope: Readonly<Record<string, unknown>>;
  readonly wording: string;
}

const national = { level: 'national' };

type Row = readonly [figure: string, bound: Figure['bound'], value: number, unit: string, wording: string];

/** Figures of one period and scope. */
const figuresOf = (common: Pick<Figure, 'period' | 'scope'>, rows: readonly Row[]): readonly Figure[] =>
  rows.map(([figure, bound, value, unit, wording]) => ({ figure, bound, value, unit, wording, ...common }));

const report2017: Publication = {
  key: 'report-2017',
  publisher: 'Liaison bureau of the two ministries',
  publication: 'Report on the cooperation of the liaison bureau, last quarter of 2017',
  publishedOn: '2017-11',
  recordedAt: '2017-11-10T03:00:00.000Z',
  figures: [
    ...figuresOf({ period: { from: '2017-01-01', to: '2017-11' }, scope: national }, [
      ['fugitive.handed-over.VN-CN', '=', 23, 'persons', 'Fugitives handed over by Viet Nam to China in 2017: 23'],
      [
        'fugitive.handed-over.CN-VN',
        '=',
        15,
        'persons',
        'Fugitives handed over by China to Viet Nam in 2017: 15, including a drug dealer and an illegal immigrant',
      ],
      ['cooperation.visits', '=', 24, 'visits', '24 mutual visits in 2017'],
      ['cooperation.training-courses', '=', 9, 'courses', '9 training courses in 2017'],
      ['cooperation.officers-trained', '=', 77, 'persons', '77 Vietnamese officers trained in 2017'],
    ]),
    ...figuresOf({ period: { from: '2014', to: '2017-11' }, scope: national }, [
      ['fugitive.seized', '>', 100, 'persons', 'More than 100 fugitives seized since the liaison bureau of 2014'],
    ]),
    ...figuresOf({ period: { from: '2010', to: '2017-11' }, scope: national }, [
      ['trafficking.cracked', '>', 100, 'incidents', 'More than 100 trafficking incidents cracked since 2010'],
      ['trafficking-victim.rescued', '>', 1000, 'persons', 'More than 1,000 women and children rescued since 2010'],
    ]),
    ...figuresOf({ scope: { level: 'operation', operation: 'Three earlier joint drug campaigns' } }, [
      ['drugs.cracked', '>', 7000, 'incidents', 'More than 7,000 crimes in three joint drug campaigns'],
      ['drugs.arrested', '>', 10_000, 'persons', 'Over 10,000 arrests in three joint drug campaigns'],
      ['drugs.seized', '≈', 6000, 'kg', 'Nearly 6,000 kg of drugs in three joint drug campaigns'],
    ]),
  ],
};

/** The conference year to April 2019: the source does not say when it begins. */
const conference2019: Publication = {
  key: 'conference-2019',
  publisher: 'Conference of Lạng Sơn, Quảng Ninh, Cao Bằng, Hà Giang and Guangxi',
  publication: 'Report of the conference, April 2019',
  publishedOn: '2019-04',
  recordedAt: '2019-05-02T02:00:00.000Z',
  figures: figuresOf(
    {
      period: { to: '2019-04' },
      scope: { level: 'provinces', provinces: ['VN-09', 'VN-13', 'VN-04', 'VN-03', 'CN-GX'] },
    },
    [
      [
        'irregular-entry.handed-over.VN-CN',
        '=',
        10,
        'incidents',
        'Irregular entry, transferred to China: 10 incidents',
      ],
      ['irregular-entry.handed-over.VN-CN', '=', 44, 'persons', 'Irregular entry, transferred to China: 44 persons'],
      ['border-management.violations-handled', '=', 9, 'incidents', '9 violations of border management handled'],
      ['fugitive.handed-over.VN-CN', '=', 46, 'persons', '46 wanted fugitives handed to Guangxi'],
      [
        'unlawful-detention.handed-over',
        '=',
        12,
        'persons',
        '12 persons rescued from detention for gambling debts, transferred',
      ],
      ['high-technology-crime.handled', '=', 5, 'incidents', 'High-technology property crime handled: 5 incidents'],
      ['high-technology-crime.handled', '=', 24, 'persons', 'High-technology property crime handled: 24 persons'],
      ['fugitive.handed-over.CN-VN', '=', 6, 'persons', '6 wanted persons handed to Viet Nam'],
      ['trafficking-victim.rescued', '=', 49, 'persons', '49 victims of trafficking rescued'],
      ['irregular-entry.handed-over.CN-VN', '=', 2602, 'persons', '2,602 Vietnamese immigration violators returned'],
      [
        'cooperation.stations-with-memorandum',
        '=',
        8,
        'pairs',
        '8 pairs of district police stations with a memorandum',
      ],
      ['gambling.hubs-dismantled', '=', 1, 'places', 'A gambling hub dismantled in China'],
    ],
  ),
};

const khanhHoa: Publication = {
  key: 'khanh-hoa',
  publisher: 'The police of the two sides',
  publication: 'Report on a joint operation in Khánh Hòa',
  publishedOn: '2024-12',
  note: 'The source does not say when it was published; entered under the month of its entry',
  recordedAt: '2024-12-31T02:00:00.000Z',
  figures: figuresOf(
    { period: { from: '2023-09' }, scope: { level: 'operation', operation: 'Joint operation in Khánh Hòa' } },
    [
      ['drugs.ketamine-seized', '=', 1.4, 't', 'Since September 2023: 1.4 t of ketamine'],
      ['drugs.precursors-seized', '≈', 80, 't', 'Since September 2023: nearly 80 t of precursor chemicals'],
    ],
  ),
};

/** The published figures of the sources, as statements: each by whom, of what and how exact. */
export const publishedStatements = (): readonly DemoStep[] =>
  [report2017, conference2019, khanhHoa].flatMap(
    ({ key, publisher, publication, publishedOn, recordedAt, note, figures }) =>
      figures.map((figure, index) => ({
        key: `statement-${key}-${index + 1}`,
        category: 'statement',
        recordedAt,
        office: 'CN-MPS',
        type: 'figure-published',
        occurredAt: publishedOn,
        particulars: { ...figure, publisher, publication },
        ...(note !== undefined && { data: { note } }),
      })),
  );
