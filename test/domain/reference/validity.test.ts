import fc from 'fast-check';
import t from 'tap';
import { describeValidity, isValidDuring, type Validity } from '../../../domain/reference/validity.ts';
import { isValidOn } from '../../support/reference.ts';

const dateArb = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const validityArb: fc.Arbitrary<Validity> = fc.record({ validFrom: dateArb, validTo: dateArb }, { requiredKeys: [] });

t.test('the first day counts, the end does not', async (t) => {
  const validity = { validFrom: '2023-12-28', validTo: '2025-07-01' };
  t.notOk(isValidOn(validity, '2023-12-27'));
  t.ok(isValidOn(validity, '2023-12-28'));
  t.ok(isValidOn(validity, '2025-06-30'));
  t.notOk(isValidOn(validity, '2025-07-01'));
});

t.test('without bounds it holds on every day', async () => {
  fc.assert(fc.property(dateArb, (date) => isValidOn({}, date)));
});

t.test('an interval and what begins where it ends share no day and leave none out', async () => {
  fc.assert(
    fc.property(dateArb, dateArb, (change, date) => {
      return isValidOn({ validTo: change }, date) !== isValidOn({ validFrom: change }, date);
    }),
  );
});

t.test('it holds during some days exactly if it holds on one of them', async () => {
  const nextDay = (date: string): string => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
  fc.assert(
    fc.property(validityArb, dateArb, fc.nat({ max: 40 }), (validity, first, more) => {
      fc.pre(
        validity.validFrom === undefined || validity.validTo === undefined || validity.validFrom < validity.validTo,
      );
      const days = [first];
      for (let i = 0; i < more; i++) days.push(nextDay(days[i] as string));
      const last = days.at(-1) as string;
      return isValidDuring(validity, { first, last }) === days.some((day) => isValidOn(validity, day));
    }),
  );
});

t.test('an interval is described in words', async (t) => {
  t.equal(describeValidity({ validFrom: '2023-12-28' }), 'from 2023-12-28');
  t.equal(
    describeValidity({ validFrom: '2023-12-28', validTo: '2025-07-01' }),
    'from 2023-12-28 until 2025-07-01 (exclusive)',
  );
  t.equal(describeValidity({}), 'at all times');
});
