import t from 'tap';
import { directionFrom, ministryOffice, officeSide, otherSide } from '../../../domain/kernel/sides.ts';
import { DIRECTIONS, SIDES } from '../../../domain/reference/sides.ts';

t.test('each side is the other of the other', async (t) => {
  t.equal(otherSide('CN'), 'VN');
  t.equal(otherSide('VN'), 'CN');
});

t.test('a direction names the delivering side first', async (t) => {
  t.equal(directionFrom('VN'), 'VN-CN');
  t.equal(directionFrom('CN'), 'CN-VN');
  for (const { code, delivering, receiving } of DIRECTIONS) {
    t.equal(code, `${delivering}-${receiving}`);
    t.equal(directionFrom(delivering), code);
    t.equal(otherSide(delivering), receiving);
  }
});

t.test('the offset of a side is that of its time zone', async (t) => {
  for (const { timeZone, utcOffset } of SIDES) {
    for (const month of [0, 6]) {
      const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
        .formatToParts(Date.UTC(2020, month, 1))
        .find(({ type }) => type === 'timeZoneName')?.value;
      t.equal(name, `GMT${utcOffset}`);
    }
  }
});

t.test('an office id tells its side', async (t) => {
  t.equal(officeSide('CN-GX-BLO'), 'CN');
  t.equal(officeSide('VN-04-BLO-2'), 'VN');
  for (const side of ['CN', 'VN'] as const) t.equal(officeSide(ministryOffice(side)), side);
});

t.test('what is no office id has no side', async (t) => {
  for (const text of ['', 'CN', 'CN-', 'LA-MPS', 'cn-mps', 'CN-MPS-', 'CN--MPS', 'CN-MPS\n', ' CN-MPS', 'CN_MPS']) {
    t.equal(officeSide(text), undefined, JSON.stringify(text));
  }
});
