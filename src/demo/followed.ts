import { type DemoStep, wordOf } from './step.ts';

/**
 * The two cases that published reports tell step by step, one with the request that it begins with. Names are shortened, dates are as exact as the reports are, and what
 * they do not say is not filled in, except the steps without which no case can go on; those say so.
 */
export const followedRecords = (): readonly DemoStep[] => [...caseOfL(), ...requestAboutDtu(), ...caseOfDtu()];

const NOT_REPORTED = 'Not told by the report; a step that the handover implies';

/** Timber smuggling and tax evasion; one of the 23 of 2017. */
const caseOfL = (): readonly DemoStep[] => {
  const source = 'Report on the cooperation of the liaison bureau, last quarter of 2017';
  const step = (recordedAt: string, type: string, occurredAt: string, rest: Partial<DemoStep> = {}): DemoStep => ({
    key: 'followed-L',
    recordedAt,
    office: 'CN-MPS',
    type,
    occurredAt,
    ...rest,
    data: { source, ...(rest.data as object) },
  });
  const vietnam = wordOf('VN', 'Report, last quarter of 2017');
  const implied = { note: NOT_REPORTED };
  return [
    step('2017-07-31T02:00:00.000Z', 'reported', '2017-07', {
      particulars: {
        kind: 'fugitive',
        requestingParty: 'CN',
        minor: false,
        person: { names: [{ text: 'L.', script: 'Latn', role: 'alias' }] },
        // Smuggling of goods and tax evasion.
        offences: [{ iccs: '08044' }, { iccs: '08041' }],
        warrant: { kind: 'warrant' },
      },
      data: { note: 'Escape to Viet Nam reported by China' },
    }),
    step('2017-11-01T02:00:00.000Z', 'captured', '2017-10', {
      ...vietnam,
      data: { place: 'An airport in Hanoi', note: 'In the month before the report', province: 'VN-HN' },
    }),
    step('2017-11-01T02:10:00.000Z', 'identity-verified', '2017-10', { data: implied }),
    step('2017-11-02T02:00:00.000Z', 'protection-check-recorded', '2017-11', {
      ...vietnam,
      data: {
        ...implied,
        outcome: 'no-bar',
        considered: ['torture-risk'],
        decidedOn: '2017-11-01',
        decidedBy: 'Not told by the report',
        basis: 'Not told by the report',
      },
    }),
    step('2017-11-02T02:10:00.000Z', 'transfer-approved', '2017-11', {
      ...vietnam,
      data: { ...implied, legalBasis: 'police-cooperation' },
    }),
    step('2017-11-10T02:00:00.000Z', 'handed-over-at-border-pass', '2017-11', {
      data: { handoverDate: '2017-11', pass: 'youyi-guan', note: 'Recently, at the Friendship Pass in Pingxiang' },
    }),
    step('2017-11-10T02:10:00.000Z', 'receipt-acknowledged', '2017-11', { data: implied }),
  ];
};

/** Drugs; resided in Tràng Định, Lạng Sơn, escaped to Guangxi. An information request between two liaison offices led to the arrest. */
const caseOfDtu = (): readonly DemoStep[] => {
  const source = 'Report on the handover of 20 September 2023';
  const step = (recordedAt: string, type: string, occurredAt: string, rest: Partial<DemoStep> = {}): DemoStep => ({
    key: 'followed-DTU',
    recordedAt,
    office: 'CN-GX-BLO',
    type,
    occurredAt,
    ...rest,
    data: { source, ...(rest.data as object) },
  });
  const caoBang = { statedBy: { office: 'VN-CB-BLO', document: 'Request for information, 2023' } };
  const implied = { note: NOT_REPORTED };
  return [
    step('2023-08-01T02:00:00.000Z', 'reported', '2023-08', {
      ...caoBang,
      particulars: {
        kind: 'fugitive',
        requestingParty: 'VN',
        minor: false,
        person: { names: [{ text: 'D. T. U.', script: 'Latn', role: 'native' }], residence: 'Tràng Định, Lạng Sơn' },
        offences: [{ iccs: '0601' }],
        warrant: { kind: 'warrant' },
      },
      data: { note: 'Escaped to Guangxi; information from Cao Bằng to Guangxi' },
    }),
    step('2023-08-31T02:00:00.000Z', 'captured', '2023-08', {
      data: { province: 'CN-GX', note: 'Arrested in Guangxi' },
    }),
    step('2023-08-31T02:10:00.000Z', 'identity-verified', '2023-08', { data: implied }),
    step('2023-09-15T02:00:00.000Z', 'protection-check-recorded', '2023-09', {
      data: {
        ...implied,
        outcome: 'no-bar',
        considered: ['torture-risk', 'asylum-claim'],
        decidedOn: '2023-09-14',
        decidedBy: 'Not told by the report',
        basis: 'Not told by the report',
      },
    }),
    step('2023-09-15T02:10:00.000Z', 'transfer-approved', '2023-09', {
      data: { ...implied, legalBasis: 'police-cooperation' },
    }),
    step('2023-09-20T08:00:00.000Z', 'handed-over-at-border-pass', '2023-09-20', {
      data: { handoverDate: '2023-09-20', note: 'Handed over to Cao Bằng; the report does not name the pass' },
    }),
    step('2023-09-21T02:00:00.000Z', 'receipt-acknowledged', '2023-09-20', { ...caoBang, data: implied }),
    step('2023-09-21T02:10:00.000Z', 'closed', '2023-09-20', { data: implied }),
  ];
};

/** What Cao Bằng let Guangxi know: entered here, where it came in, as the word of the office that asked. */
const requestAboutDtu = (): readonly DemoStep[] => {
  const common = { key: 'followed-DTU-request', category: 'request', office: 'CN-GX-BLO' };
  const source = 'Report on the handover of 20 September 2023';
  return [
    {
      ...common,
      recordedAt: '2023-08-01T01:00:00.000Z',
      type: 'requested',
      occurredAt: '2023-08',
      statedBy: { office: 'VN-CB-BLO', document: 'Request for information, 2023' },
      particulars: {
        kind: 'information',
        addressee: 'CN-GX-BLO',
        urgency: 'routine',
        question:
          'Information that D. T. U., who resided in Tràng Định, Lạng Sơn, is in Guangxi (words not told by the report)',
      },
      data: { source },
    },
    {
      ...common,
      recordedAt: '2023-08-01T02:30:00.000Z',
      type: 'led-to-case',
      occurredAt: '2023-08',
      data: (_history, recordId) => ({ case: recordId('followed-DTU'), source }),
    },
    {
      ...common,
      recordedAt: '2023-08-31T02:30:00.000Z',
      type: 'replied',
      occurredAt: '2023-08',
      data: { outcome: 'answered', answer: 'Arrested in Guangxi', source },
    },
  ];
};
