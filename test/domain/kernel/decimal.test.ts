import fc from 'fast-check';
import t from 'tap';
import { decimalSchema, formatDecimal, parseDecimal } from '../../../domain/kernel/decimal.ts';

const decimals = fc
  .record({ whole: fc.bigInt({ min: 0n, max: 999_999_999_999n }), fraction: fc.stringMatching(/^\d{0,6}$/) })
  .map(({ whole, fraction }) => (fraction === '' ? String(whole) : `${whole}.${fraction}`));

t.test('every decimal number is read and written without loss', async () => {
  fc.assert(
    fc.property(decimals, (text) => {
      const shortest = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
      return decimalSchema.safeParse(text).success && formatDecimal(parseDecimal(text)) === shortest;
    }),
  );
});

t.test('a power of ten moves the point and nothing else', async () => {
  fc.assert(
    fc.property(decimals, fc.integer({ min: -3, max: 6 }), (text, power) => {
      const [up, down] = power < 0 ? [0, -power] : [power, 0];
      return parseDecimal(text, power) * 10n ** BigInt(down) === parseDecimal(text) * 10n ** BigInt(up);
    }),
  );
});

t.test('what is no plain decimal number is refused', async (t) => {
  for (const text of ['', '.', '1.', '.5', '-1', '+1', '1e3', '01', '1,4', '0.1234567', '1234567890123', ' 1', '１']) {
    t.notOk(decimalSchema.safeParse(text).success, text);
  }
  t.throws(() => parseDecimal('0.1234567', -3), /more than 9 places/);
});
