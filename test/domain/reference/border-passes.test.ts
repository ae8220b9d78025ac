import fc from 'fast-check';
import t from 'tap';
import {
  BORDER_PASSES,
  findPass,
  passDuring,
  passOn,
  vietnameseProvinceOn,
} from '../../../domain/reference/border-passes.ts';
import { provinceOn } from '../../../domain/reference/provinces.ts';
import { isValidOn } from '../../../domain/reference/validity.ts';

const passArb = fc.constantFrom(...BORDER_PASSES);
const dateArb = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

t.test('the Friendship Pass has both names', async (t) => {
  t.match(findPass('youyi-guan'), {
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
  t.match(passOn('mong-cai', '2017-11-03'), { ok: false, error: { reason: 'unknown', code: 'mong-cai' } });
});

t.test('a pass was a pass before it became international', async (t) => {
  t.ok(passOn('longbang', '2017-11-03').ok);
});

t.test('a pass named international before it was is not valid on that date', async (t) => {
  t.ok(passOn('longbang', '2023-12-28', 'international').ok);
  t.same(passOn('longbang', '2023-12-27', 'international'), {
    ok: false,
    error: {
      reason: 'not-valid',
      code: 'longbang',
      message: 'border pass longbang as international is valid from 2023-12-28, not on 2023-12-27',
      validFrom: '2023-12-28',
    },
  });
});

t.test('in the year of which no day is known nothing is refused', async (t) => {
  t.ok(passOn('tianbao', '2014-03-01', 'international').ok);
  t.notOk(passOn('tianbao', '2013-12-31', 'international').ok);
});

t.test('a rank whose dates are not known is not judged', async (t) => {
  t.ok(passOn('hekou', '1999-01-01', 'international').ok);
});

t.test('a handover dated by a month needs one valid day in it', async (t) => {
  t.ok(passDuring('longbang', { first: '2023-12-01', last: '2023-12-31' }, 'international').ok);
  t.match(passDuring('longbang', { first: '2023-11-01', last: '2023-11-30' }, 'international'), {
    ok: false,
    error: { reason: 'not-valid', message: /not between 2023-11-01 and 2023-11-30/ },
  });
});

t.test('Thanh Thủy lay in Hà Giang until the mergers, then in Tuyên Quang', async (t) => {
  const pass = findPass('tianbao');
  t.ok(pass);
  t.equal(pass && vietnameseProvinceOn(pass, '2025-06-30'), 'VN-03');
  t.equal(pass && vietnameseProvinceOn(pass, '2025-07-01'), 'VN-07');
});

t.test('on every day each pass lies in exactly one province on either side, and both exist then', async () => {
  fc.assert(
    fc.property(passArb, dateArb, (pass, date) => {
      const provinces = pass.vietnameseProvinces.filter((dated) => isValidOn(dated, date));
      const [vietnamese] = provinces;
      return (
        provinces.length === 1 &&
        vietnamese !== undefined &&
        provinceOn(pass.chineseProvince, date).ok &&
        provinceOn(vietnamese.province, date).ok
      );
    }),
  );
});

t.test('without a rank, a pass is accepted exactly on the days on which it is valid', async () => {
  fc.assert(fc.property(passArb, dateArb, (pass, date) => passOn(pass.code, date).ok === isValidOn(pass, date)));
});

t.test('a pass is refused on a day before it was opened, with the day from which it is valid', async (t) => {
  const before = passOn('shuolong', '2025-02-26');
  t.equal(before.ok, false);
  t.match(before.ok ? '' : before.error.message, /valid from 2025-02-27, not on 2025-02-26/);
  t.equal(passOn('shuolong', '2025-02-27').ok, true);
  t.equal(passDuring('shuolong', { first: '2025-02-01', last: '2025-02-28' }).ok, true, 'on some day of the month');
});
