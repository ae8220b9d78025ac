import fc from 'fast-check';
import t from 'tap';
import {
  daysOf,
  instantSchema,
  monthSchema,
  occurredAtSchema,
  overlap,
  plainDateSchema,
  spanOf,
  spanOfDays,
} from '../../../domain/kernel/time.ts';

const HOUR = 3_600_000;

const plainDate = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const month = plainDate.map((date) => date.slice(0, 7));
const instant = fc
  .tuple(
    fc.date({ min: new Date('1950-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }),
    fc.constantFrom('+07:00', '+08:00'),
  )
  .map(([date, offset]) => date.toISOString().replace('Z', offset));
const occurredAt = fc.oneof(plainDate, month, instant);

t.test('when something happened is an instant with its offset, a date or a month', async (t) => {
  for (const text of ['2017-11-03T10:30:00+08:00', '2017-11-03T10:30:00.123Z', '2017-11-03', '2017-11', '2024-02-29']) {
    t.ok(occurredAtSchema.safeParse(text).success, text);
  }
  for (const text of [
    '2017',
    '2017-13',
    '2017-11-31',
    '2023-02-29',
    '2017-11-03T10:30:00',
    '2017-11-03T10:30+08:00',
    '3 November 2017',
    '',
  ]) {
    t.notOk(occurredAtSchema.safeParse(text).success, text);
  }
  t.match(monthSchema.safeParse('November').error?.issues[0]?.message, 'a month such as 2017-11');
  t.match(plainDateSchema.safeParse('November').error?.issues[0]?.message, 'a date such as 2017-11-03');
  t.match(instantSchema.safeParse('November').error?.issues[0]?.message, 'an RFC 3339 instant');
});

t.test('a month has its days', async (t) => {
  t.same(daysOf('2024-02'), { first: '2024-02-01', last: '2024-02-29' });
  t.same(daysOf('2023-02'), { first: '2023-02-01', last: '2023-02-28' });
  t.same(daysOf('2023-12'), { first: '2023-12-01', last: '2023-12-31' });
  t.same(daysOf('2023-12-05'), { first: '2023-12-05', last: '2023-12-05' });
});

t.test('a day begins in China and ends, an hour later, in Viet Nam', async (t) => {
  t.same(spanOf('2024-01-01'), {
    earliest: Date.parse('2023-12-31T16:00:00Z'),
    latest: Date.parse('2024-01-01T16:59:59.999Z'),
  });
  t.same(spanOf('2024-01-01T00:30:00+08:00'), spanOf('2023-12-31T23:30:00+07:00'));
});

t.test('spans of whatever precision', async (t) => {
  fc.assert(
    fc.property(occurredAt, (text) => {
      const { earliest, latest } = spanOf(text);
      return earliest <= latest && occurredAtSchema.safeParse(text).success;
    }),
  );
  t.pass('run forward');

  fc.assert(
    fc.property(plainDate, (date) => {
      const { earliest, latest } = spanOf(date);
      return latest - earliest === 25 * HOUR - 1;
    }),
  );
  t.pass('a day has 25 hours on the two sides together');

  fc.assert(
    fc.property(plainDate, (date) => {
      const [day, ofMonth] = [spanOf(date), spanOf(date.slice(0, 7))];
      return ofMonth.earliest <= day.earliest && day.latest <= ofMonth.latest;
    }),
  );
  t.pass('a month contains its days');

  fc.assert(
    fc.property(instant, (text) => {
      const { earliest } = spanOf(text);
      const days = [text.slice(0, 10), text.slice(0, 7)];
      return days.every((each) => spanOf(each).earliest <= earliest && earliest <= spanOf(each).latest);
    }),
  );
  t.pass('an instant lies within its date and its month as either side writes them');

  fc.assert(
    fc.property(month, (text) => {
      const { first, last } = daysOf(text);
      const [from, to] = [spanOf(first), spanOf(last)];
      const whole = spanOf(text);
      return (
        whole.earliest === from.earliest &&
        whole.latest === to.latest &&
        spanOfDays({ first, last }).latest === to.latest
      );
    }),
  );
  t.pass('a month runs from its first day to its last');
});

t.test('overlapping', async (t) => {
  fc.assert(
    fc.property(occurredAt, occurredAt, (a, b) => {
      const [one, other] = [spanOf(a), spanOf(b)];
      const apart = one.latest < other.earliest || other.latest < one.earliest;
      return overlap(one, other) === overlap(other, one) && overlap(one, other) === !apart && overlap(one, one);
    }),
  );
  t.pass('is mutual, and is what two spans do of which neither is before the other');
  t.ok(overlap(spanOf('2024-01-14'), spanOf('2024-01-15')), 'two days in a row share an hour');
  t.notOk(overlap(spanOf('2024-01-13'), spanOf('2024-01-15')));
});

t.test('what is no text is refused, whatever it makes of itself as one', async (t) => {
  for (const input of [{ toString: 1, valueOf: null }, Object.create(null), [], 20240101, null, true]) {
    t.equal(plainDateSchema.safeParse(input).success, false);
    t.equal(occurredAtSchema.safeParse(input).success, false);
  }
});
