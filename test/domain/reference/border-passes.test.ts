import fc from 'fast-check';
import t from 'tap';
import { BORDER_PASSES, passDuring } from '../../../domain/reference/border-passes.ts';
import { provinceDuring } from '../../../domain/reference/provinces.ts';
import { entryOf, isValidOn, on } from '../../support/reference.ts';

const passArb = fc.constantFrom(...BORDER_PASSES);
const dateArb = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

t.test('the Friendship Pass has both names', async (t) => {
  t.match(entryOf(BORDER_PASSES, 'youyi-guan'), {
    labels: { en: 'Friendship Pass', 'zh-Hans': '友谊关', vi: 'Hữu Nghị' },
    chineseProvince: 'CN-GX',
    vietnameseProvinces: [{ province: 'VN-09' }],
  });
});

t.test('what nobody has checked is marked', async (t) => {
  t.same(
    BORDER_PASSES.filter(({ verified }) => !verified).map(({ code }) => code),
    ['pingxiang-railway'],
  );
});

t.test('a pass that is not in the list is unknown', async (t) => {
  t.match(passDuring('mong-cai', on('2017-11-03')), { ok: false, error: { reason: 'unknown', code: 'mong-cai' } });
});

t.test('a pass was a pass before it became international', async (t) => {
  t.ok(passDuring('longbang', on('2017-11-03')).ok);
});

t.test('a pass of which it is known is international from a day on', async (t) => {
  t.match(entryOf(BORDER_PASSES, 'longbang')?.statuses, [{ status: 'international', validFrom: '2023-12-28' }]);
});

t.test('a handover dated by a month needs one valid day in it', async (t) => {
  t.ok(passDuring('shuolong', { first: '2025-02-01', last: '2025-02-28' }).ok);
  t.match(passDuring('shuolong', { first: '2025-01-01', last: '2025-01-31' }), {
    ok: false,
    error: { reason: 'not-valid', message: /not between 2025-01-01 and 2025-01-31/ },
  });
});

t.test('Thanh Thủy lay in Hà Giang until the mergers, then in Tuyên Quang', async (t) => {
  const provincesOn = (date: string) =>
    entryOf(BORDER_PASSES, 'tianbao')?.vietnameseProvinces.filter((dated) => isValidOn(dated, date));
  t.match(provincesOn('2025-06-30'), [{ province: 'VN-03' }]);
  t.match(provincesOn('2025-07-01'), [{ province: 'VN-07' }]);
});

t.test('on every day each pass lies in exactly one province on either side, and both exist then', async () => {
  fc.assert(
    fc.property(passArb, dateArb, (pass, date) => {
      const provinces = pass.vietnameseProvinces.filter((dated) => isValidOn(dated, date));
      const [vietnamese] = provinces;
      return (
        provinces.length === 1 &&
        vietnamese !== undefined &&
        provinceDuring(pass.chineseProvince, on(date)).ok &&
        provinceDuring(vietnamese.province, on(date)).ok
      );
    }),
  );
});

t.test('a pass is accepted exactly on the days on which it is valid', async () => {
  fc.assert(
    fc.property(passArb, dateArb, (pass, date) => passDuring(pass.code, on(date)).ok === isValidOn(pass, date)),
  );
});

t.test('a pass is refused on a day before it was opened, with the day from which it is valid', async (t) => {
  const before = passDuring('shuolong', on('2025-02-26'));
  t.equal(before.ok, false);
  t.match(before.ok ? '' : before.error.message, /valid from 2025-02-27, not on 2025-02-26/);
  t.equal(passDuring('shuolong', on('2025-02-27')).ok, true);
});
