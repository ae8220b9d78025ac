import fc from 'fast-check';
import t from 'tap';
import {
  handoverDateSchema,
  handoverDays,
  otherYearOf,
  spanOfHandover,
  yearOf,
} from '../../../domain/kernel/handover-date.ts';
import { overlap, spanOf } from '../../../domain/kernel/time.ts';

const date = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((each) => each.toISOString().slice(0, 10));
const dateOrMonth = fc.oneof(
  date,
  date.map((each) => each.slice(0, 7)),
);

t.test('the date in the minutes is a date, a month, or an interval of two of them', async (t) => {
  for (const text of ['2017-11-03', '2017-11', '2017-12/2018-01', '2017-12-28/2018-01-03', '2017-12-28/2018-01']) {
    t.ok(handoverDateSchema.safeParse(text).success, text);
  }
  for (const text of [
    '2017',
    '2018-01/2017-12',
    '2017-11/',
    '2017-11/2017-12/2018-01',
    '2017-11-03T00:00:00Z',
    '2017-02-29',
  ]) {
    t.notOk(handoverDateSchema.safeParse(text).success, text);
  }
});

t.test('a handover counts in the year of its minutes, where there is but one', async (t) => {
  t.equal(yearOf('2017-12-31'), 2017);
  t.equal(yearOf('2017-12'), 2017);
  t.equal(yearOf('2017-01/2017-12-31'), 2017);
  t.equal(yearOf('2017-12/2018-01'), undefined);
});

t.test('for any date or interval', async (t) => {
  fc.assert(
    fc.property(dateOrMonth, dateOrMonth, (a, b) => {
      const text = `${a}/${b}`;
      const { first, last } = handoverDays(text);
      return handoverDateSchema.safeParse(text).success === first <= last;
    }),
  );
  t.pass('an interval runs forward, or is none');

  fc.assert(
    fc.property(dateOrMonth, dateOrMonth, (a, b) => {
      const [from, to] = [handoverDays(a).first, handoverDays(b).last].sort() as [string, string];
      const year = yearOf(`${from}/${to}`);
      return year === undefined
        ? from.slice(0, 4) !== to.slice(0, 4)
        : from.startsWith(`${year}`) && to.startsWith(`${year}`);
    }),
  );
  t.pass('its year is the year of both its ends, or open');

  fc.assert(
    fc.property(date, (day) => overlap(spanOfHandover(day), spanOf(day)) && otherYearOf(day, day) === undefined),
  );
  t.pass('a date agrees with itself');
});

t.test('near midnight on 31 December the two sides’ books can differ', async (t) => {
  for (const [handoverDate, occurredAt, otherYear] of [
    ['2017-12-31', '2017-12-31T23:30:00+07:00', 2018],
    ['2018-01-01', '2017-12-31T23:30:00+07:00', 2017],
    ['2018-01-01', '2018-01-01T00:30:00+08:00', 2017],
    ['2017-12-31', '2017-12-31T22:59:59+07:00', undefined],
    ['2018-01-01', '2018-01-01T00:00:00+07:00', undefined],
    ['2017-12-31', '2017-12-31', undefined],
    ['2018-01-01', '2017-12-31', 2017],
    ['2018-01-01', '2017-12', 2017],
    ['2017-12/2018-01', '2017-12-31T23:30:00+07:00', undefined],
    ['2017-07-01', '2017-06-30T23:30:00+07:00', undefined],
  ] as const) {
    t.equal(otherYearOf(handoverDate, occurredAt), otherYear, `minutes of ${handoverDate}, handed over ${occurredAt}`);
  }
});
