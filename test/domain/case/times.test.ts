import t from 'tap';
import { given, scenario, stateOf } from '../../support/case-scenario.ts';
import { check, wayTo } from '../../support/ordinary-ways.ts';

const reported = (occurredAt: string) => {
  const [opening] = wayTo('fugitive', 'reported');
  return [{ ...opening, occurredAt }];
};

/** Whether an event of the second time, the word of a side, is accepted after one of China's of the first. */
const follows = (first: string, second: string, by: 'CN' | 'VN' = 'CN'): boolean => {
  try {
    given([...reported(first), { by, type: 'located', occurredAt: second }]);
    return true;
  } catch {
    return false;
  }
};

t.test('times are as exact as they are known, and only what is certainly earlier is out of order', async (t) => {
  for (const [first, second, accepted] of [
    ['2024-01-15', '2024-01-15', true],
    ['2024-01-15', '2024-01-16', true],
    ['2024-01-15', '2024-01-14', false],
    ['2024-01-15', '2024-01-13', false],
    ['2024-01-15', '2024-01', true],
    ['2024-01', '2024-01-01', true],
    ['2024-01', '2023-12-31', false],
    ['2024-01', '2023-12-30', false],
    ['2024-02', '2023-12', false],
    ['2024-02', '2023-12-31', false],
    ['2024-01-15T10:00:00+08:00', '2024-01-15T09:00:00+07:00', true],
    ['2024-01-15T10:00:00+08:00', '2024-01-15T08:59:59+07:00', false],
    ['2024-01-15T10:00:00+08:00', '2024-01-15', true],
    ['2024-01-15T10:00:00+08:00', '2024-01', true],
    ['2024-01-15T10:00:00+08:00', '2023-12', false],
    ['2024-01-15', '2024-01-15T00:00:00+08:00', true],
    ['2024-01-15', '2024-01-14T23:59:59+08:00', false],
  ] as const) {
    t.equal(follows(first, second), accepted, `${second} after ${first}`);
  }
});

t.test('half past midnight in one side’s book is half past eleven in the other’s', async (t) => {
  t.ok(follows('2024-01-15', '2024-01-14', 'VN'));
  t.ok(follows('2024-01', '2023-12-31', 'VN'));
  t.notOk(follows('2024-01-15', '2024-01-13', 'VN'));
});

t.test('a warrant was issued before it is put on record', async (t) => {
  const [opening] = wayTo('fugitive', 'reported');
  const warrant = { kind: 'warrant', issuedOn: '2199-01-01' };
  scenario(t, given([]))
    .when({ ...opening, particulars: { ...opening.particulars, warrant } })
    .thenRefused('in-the-future', /2199-01-01 is in the future/, '/warrant/issuedOn');
});

t.test('what is out of order says by what, and how it is put right', async (t) => {
  scenario(t, given(reported('2024-01-15')))
    .when({ type: 'located', occurredAt: '2024-01-13' })
    .thenRefused('times-out-of-order', /2024-01-13 is before 2024-01-15.*`recorded-late`.*`corrected`/, '/occurredAt');
});

t.test('a rough time does not hide an exact one before it', async (t) => {
  const history = given([...reported('2024-01-15'), { type: 'located', occurredAt: '2024-01' }]);
  t.equal(stateOf(history).latestAt, '2024-01-15');
  t.equal(stateOf(history).since, '2024-01');
  scenario(t, history)
    .when({ type: 'located', occurredAt: '2024-01-13' })
    .thenRefused('times-out-of-order', /before 2024-01-15/, '/occurredAt');
});

t.test('a case has its status since the event that gave it, not since what was put on record after', async (t) => {
  const noted = given([
    ...reported('2024-01-15'),
    { type: 'incident-assigned', occurredAt: '2024-02-01', data: { incident: 'affair-1' } },
  ]);
  t.equal(stateOf(noted).since, '2024-01-15');
  t.equal(stateOf(noted).latestAt, '2024-02-01');
  t.equal(stateOf(given([{ type: 'located', occurredAt: '2024-02-02' }], { from: noted })).since, '2024-02-02');
});

t.test('the future is refused, by whichever side’s clock is ahead', async (t) => {
  const now = '2024-01-14T16:30:00.000Z';
  const [opening] = reported('2024-01-15');
  scenario(t, given([]), now)
    .when(opening as never)
    .thenStands('reported');
  scenario(t, given([]), now)
    .when({ ...opening, occurredAt: '2024-01-16' } as never)
    .thenRefused('in-the-future', /2024-01-16 is in the future; it is 2024-01-14T16:30/, '/occurredAt');
  scenario(t, given([]), now)
    .when({ ...opening, occurredAt: '2024-01-15T00:30:01+08:00' } as never)
    .thenRefused('in-the-future', /in the future/, '/occurredAt');
  scenario(t, given([]), now)
    .when({ ...opening, occurredAt: '2024-01' } as never)
    .thenStands('reported');
  scenario(t, given([]), now)
    .when({ ...opening, occurredAt: '2024-02' } as never)
    .thenRefused('in-the-future', /2024-02/, '/occurredAt');
});

t.test(
  'what was decided, consented or received was so before it is recorded; what is agreed may lie ahead',
  async (t) => {
    const identified = given(wayTo('fugitive', 'identity-verified'));
    scenario(t, identified)
      .when({ by: 'VN', ...check, data: { ...check.data, decidedOn: '2030-01-01' } })
      .thenRefused('in-the-future', /2030-01-01 is in the future/, '/data/decidedOn');
    scenario(t, identified)
      .when({ by: 'VN', ...check, data: { ...check.data, decidedOn: '2024-03-01' }, occurredAt: '2024-02-28' })
      .thenRefused('times-out-of-order', /2024-03-01 is after the event, which happened 2024-02-28/, '/data/decidedOn');
    scenario(t, identified)
      .when({ by: 'VN', type: 'consular-notified', data: { notifiedOn: '2030-01-01' } })
      .thenRefused('in-the-future', /2030-01-01/, '/data/notifiedOn');
    scenario(t, given(wayTo('trafficking-victim', 'taken-into-care')))
      .when({ type: 'victim-consented', data: { givenOn: '2030-01-01' } })
      .thenRefused('in-the-future', /2030-01-01/, '/data/givenOn');
    scenario(t, given(wayTo('fugitive', 'handed-over-at-border-pass')))
      .when({ type: 'receipt-acknowledged', data: { receivedOn: '2030-01-01' } })
      .thenRefused('in-the-future', /2030-01-01/, '/data/receivedOn');
    scenario(t, given(wayTo('fugitive', 'transferred')))
      .when({ type: 'handover-agreed', data: { agreedDate: '2030-01-01' } })
      .thenStands('transferred');
  },
);

t.test('a time that is none is refused with what would be one', async (t) => {
  for (const occurredAt of ['yesterday', '2024', '2024-01-15T10:00:00', '2024-01-15T10:00+08:00', '']) {
    scenario(t, given(reported('2024-01-01')))
      .when({ type: 'located', occurredAt })
      .thenRefused('invalid', /an instant with its offset.*a date.*or a month/, '/occurredAt');
  }
  for (const occurredAt of ['2024-13', '2024-02-30', '2024-01-15T24:00:00+08:00', '2024-01-15T10:00:00+25:00']) {
    scenario(t, given(reported('2024-01-01')))
      .when({ type: 'located', occurredAt })
      .thenRefused('invalid', /there is no such day/, '/occurredAt');
  }
});

const transferred = wayTo('fugitive', 'transferred').map((step) => ({ ...step, occurredAt: '2023-12-01' }));
const handOver = (occurredAt: string, handoverDate: string) =>
  ({ type: 'handed-over-at-border-pass', occurredAt, data: { handoverDate } }) as const;

t.test(
  'the date in the minutes agrees with the time of the handover, on one side of the border or the other',
  async (t) => {
    for (const [occurredAt, handoverDate] of [
      ['2024-01-03', '2024-01-03'],
      ['2024-01', '2024-01-31'],
      ['2024-01-03T10:00:00+08:00', '2024-01-03'],
      ['2024-01-03', '2024-01'],
      ['2024-01', '2023-12/2024-02'],
      ['2023-12-31T23:30:00+07:00', '2023-12-31'],
      ['2023-12-31T23:30:00+07:00', '2024-01-01'],
    ] as const) {
      scenario(t, given(transferred)).when(handOver(occurredAt, handoverDate)).thenStands('handed-over');
    }
    for (const [occurredAt, handoverDate] of [
      ['2024-01-03', '2024-01-05'],
      ['2024-01', '2024-02-02'],
      ['2023-12-31T22:30:00+07:00', '2024-01-01'],
      ['2024-02-10', '2023-12/2024-01'],
    ] as const) {
      scenario(t, given(transferred))
        .when(handOver(occurredAt, handoverDate))
        .thenRefused(
          'times-out-of-order',
          new RegExp(`the date in the minutes \\(${handoverDate}\\)`),
          '/data/handoverDate',
        );
    }
  },
);

t.test('a date in the minutes that is none is refused', async (t) => {
  for (const handoverDate of [
    '2024',
    '2024-01/2023-12',
    '2024-01-03/',
    '2024-01-03T10:00:00Z',
    '2024-01/2024-02/2024-03',
  ]) {
    scenario(t, given(transferred))
      .when(handOver('2024-01-03', handoverDate))
      .thenRefused('invalid', /the date in the minutes: a date/, '/data/handoverDate');
  }
});
