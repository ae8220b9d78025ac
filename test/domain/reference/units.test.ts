import fc from 'fast-check';
import t from 'tap';
import { formatDecimal } from '../../../domain/kernel/decimal.ts';
import { inBaseUnit, UNITS, unitOf } from '../../../domain/reference/units.ts';

const inGrams = (...quantities: readonly (readonly [string, string])[]): string =>
  formatDecimal(quantities.map(([quantity, unit]) => inBaseUnit(quantity, unit)).reduce((a, b) => a + b));

t.test('quantities of different units add up exactly', async (t) => {
  t.equal(inGrams(['1.4', 't'], ['80', 'kg'], ['0.5', 'g']), '1480000.5');
  t.equal(inGrams(['0.1', 'kg'], ['0.2', 'kg']), '300', 'which floating point does not say');
  t.equal(inGrams(['999999999999.999999', 't'], ['0.000001', 'mg']), '999999999999999999.000000001');
  t.equal(inGrams(['1.5', 'l'], ['250', 'ml']), '1.75');
});

t.test('a thousand of a unit is one of the next', async () => {
  const quantities = fc.integer({ min: 0, max: 999_999_999 });
  const next = fc.constantFrom(['mg', 'g'], ['g', 'kg'], ['kg', 't'], ['ml', 'l']);
  fc.assert(
    fc.property(quantities, next, (quantity, [small = '', great = '']) => {
      return inBaseUnit(String(quantity * 1000), small) === inBaseUnit(String(quantity), great);
    }),
  );
});

t.test('the order in which quantities are added makes no difference', async () => {
  const quantity = fc.tuple(
    fc.tuple(fc.nat(), fc.nat(999_999)).map(([whole, fraction]) => `${whole}.${fraction}`),
    fc.constantFrom('mg', 'g', 'kg', 't'),
  );
  fc.assert(
    fc.property(fc.array(quantity, { minLength: 1 }), (quantities) => {
      return inGrams(...quantities) === inGrams(...quantities.toReversed());
    }),
  );
});

t.test('every unit is added up in a unit of the list', async (t) => {
  for (const { code, base, power } of UNITS) {
    t.equal(unitOf(base).base, base, code);
    t.ok(power >= -3 && power <= 6, code);
  }
  t.throws(() => unitOf('stone'), /no unit stone/);
});
