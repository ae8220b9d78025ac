import { type DemoStep, RECORDING_OFFICE } from './step.ts';

const CODE_INVENTED = 'The code is of the demonstration';

const entered = (
  key: string,
  day: string,
  particulars: Readonly<Record<string, unknown>>,
  source: string,
): DemoStep => ({
  key,
  category: 'office',
  recordedAt: `${day}T04:00:00.000Z`,
  office: RECORDING_OFFICE.ministry,
  type: 'entered',
  occurredAt: day,
  particulars,
  data: { source, note: CODE_INVENTED },
});

/** Offices that the sources name. They do not say which of the four anti-trafficking offices is where. */
export const liaisonOffices = (): readonly DemoStep[] => [
  entered(
    'office-liaison-bureau',
    '2017-11-10',
    {
      code: 'CN-MPS-LB',
      kind: 'police-liaison-bureau',
      names: [{ text: 'Police liaison bureau in Viet Nam', language: 'en', script: 'Latn' }],
      openedOn: '2014',
    },
    'Report on the cooperation of the liaison bureau, last quarter of 2017',
  ),
  ...[1, 2, 3, 4].map((number) =>
    entered(
      `office-anti-trafficking-${number}`,
      '2017-11-11',
      {
        code: `CN-ATLO-${number}`,
        kind: 'anti-trafficking-liaison-office',
        names: [
          {
            text: `Anti-trafficking liaison office, ${number} of four in Guangxi and Yunnan`,
            language: 'en',
            script: 'Latn',
          },
        ],
        jurisdiction: ['CN-GX', 'CN-YN'],
      },
      'Reports name four such offices in Guangxi and Yunnan',
    ),
  ),
  ...caoBangGuangxi(),
];

/** Two sources date its opening differently; neither is preferred. */
const caoBangGuangxi = (): readonly DemoStep[] => {
  const key = 'office-cao-bang-guangxi';
  const claimed = (minute: string, value: string, accordingTo: string): DemoStep => ({
    key,
    category: 'office',
    recordedAt: `2023-09-22T04:${minute}:00.000Z`,
    office: RECORDING_OFFICE.ministry,
    type: 'claimed',
    occurredAt: '2023-09-22',
    data: { field: 'openedOn', value, accordingTo },
  });
  return [
    entered(
      key,
      '2023-09-22',
      {
        code: 'VN-CB-BLO',
        kind: 'border-liaison-office',
        names: [{ text: 'Border liaison office of Cao Bằng and Guangxi', language: 'en', script: 'Latn' }],
        jurisdiction: ['VN-04', 'CN-GX'],
        counterpart: 'CN-GX-BLO',
      },
      'Report on the handover of 20 September 2023',
    ),
    claimed('10', '2022-08', 'A source that dates the opening August 2022'),
    claimed('20', '2020-08-18', 'Another source, which dates it 18 August 2020'),
  ];
};
