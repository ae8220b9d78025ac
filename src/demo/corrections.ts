import { handedOverFugitive } from './fugitives.ts';
import { type AnyHistory, type DemoStep, INVENTED, nextMorning, RECORDING_OFFICE } from './step.ts';

/** What was known then and what is known now differ in these cases, or their year is in question. All are invented. */
export const correctedCases = (): readonly DemoStep[] => [
  ...movedToTheNextYear(),
  ...learnedOfLater(),
  ...countedTwiceAtFirst(),
  ...atNewYear(),
  ...inAnUnknownYear(),
];

const invented = { requestingParty: 'CN', pass: 'youyi-guan', offence: '0701', source: INVENTED } as const;

const stepOf = (key: string, type: string, occurredAt: string, data: DemoStep['data']): DemoStep => ({
  key,
  recordedAt: nextMorning(occurredAt.slice(0, 10)),
  office: RECORDING_OFFICE.guangxi,
  type,
  occurredAt,
  ...(data !== undefined && { data }),
});

const handoverIn = (history: AnyHistory): string => {
  const handover = history.effective.findLast(({ type }) => type === 'handed-over-at-border-pass');
  if (handover === undefined) throw new Error('the case has no handover');
  return handover.id;
};

/** Counted in 2018 until March 2019, when the minutes were found to be of January 2019; in Yunnan, see years.ts. */
const movedToTheNextYear = (): readonly DemoStep[] => {
  const key = 'moved-to-2019';
  const steps = handedOverFugitive({
    ...invented,
    key,
    number: 900_001,
    handedOverOn: '2018-12-28',
    pass: 'hekou',
  });
  const correction = (
    type: string,
    changes: Readonly<Record<string, unknown>>,
    data: (history: AnyHistory) => string,
  ) => ({
    ...stepOf(key, 'corrected', '2019-03-14', (history) => ({
      eventId: data(history),
      occurredAt: type,
      changes,
      reason: 'The minutes are dated 2 January 2019 (invented)',
    })),
    office: RECORDING_OFFICE.yunnan,
  });
  const idOf = (type: string) => (history: AnyHistory) => {
    const event = history.effective.find((each) => each.type === type);
    if (event === undefined) throw new Error(`the case has no ${type}`);
    return event.id;
  };
  // The latest first, so that at each step the times stay in order.
  return [
    ...steps,
    correction('2019-01-03', {}, idOf('closed')),
    correction('2019-01-02', { receivedOn: '2019-01-02' }, idOf('receipt-acknowledged')),
    correction('2019-01-02', { handoverDate: '2019-01-02' }, handoverIn),
  ];
};

/** Handed over in November 2016; recorded only in February 2017. */
const learnedOfLater = (): readonly DemoStep[] =>
  handedOverFugitive({
    ...invented,
    key: 'learned-of-later',
    number: 900_002,
    handedOverOn: '2016-11-21',
    recordedLateOn: '2017-02-09',
  });

/** Two warrants, two cases, one handover: counted twice in 2019 until the cases were merged in 2020. */
const countedTwiceAtFirst = (): readonly DemoStep[] => {
  const first = {
    ...invented,
    key: 'two-warrants-1',
    number: 900_003,
    handedOverOn: '2019-06-18',
    incident: 'demo-two-warrants-1',
  };
  return [
    ...handedOverFugitive(first),
    ...handedOverFugitive({ ...first, key: 'two-warrants-2' }),
    stepOf('two-warrants-2', 'merged', '2020-02-20', (_history, caseId) => ({
      into: caseId('two-warrants-1'),
      reason: 'Two warrants for one person, who was handed over once (invented)',
    })),
  ];
};

/** Signed at 23:30 in Viet Nam on New Year's Eve, when it was half past midnight in China: the minutes say 31 December. */
export const AT_NEW_YEAR = { ...invented, key: 'at-new-year', number: 900_004, handedOverOn: '2021-12-31' } as const;

const atNewYear = (): readonly DemoStep[] =>
  handedOverFugitive(AT_NEW_YEAR).map((step) =>
    step.type === 'handed-over-at-border-pass' ? { ...step, occurredAt: '2021-12-31T23:30:00+07:00' } : step,
  );

/** The source says "at the turn of the year": counted in no year, and listed apart. */
const inAnUnknownYear = (): readonly DemoStep[] => {
  const key = 'in-an-unknown-year';
  return handedOverFugitive({
    ...invented,
    key,
    number: 900_005,
    handedOverOn: '2016-01-10',
    recordedLateOn: '2016-02-01',
  }).map((step) => {
    if (step.type === 'handed-over-at-border-pass') {
      return { ...step, occurredAt: '2016-01', data: { ...step.data, handoverDate: '2015-12/2016-01' } };
    }
    return step.type === 'receipt-acknowledged' ? { ...step, occurredAt: '2016-01', data: { source: INVENTED } } : step;
  });
};
