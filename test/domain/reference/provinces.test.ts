import t from 'tap';
import { PROVINCES, provinceDuring } from '../../../domain/reference/provinces.ts';
import { entryOf, on } from '../../support/reference.ts';

t.test('Hà Giang ends with the mergers of 1 July 2025', async (t) => {
  t.ok(provinceDuring('VN-03', on('2025-06-30')).ok);
  t.match(provinceDuring('VN-03', on('2025-07-01')), {
    ok: false,
    error: {
      reason: 'not-valid',
      validTo: '2025-07-01',
      message: 'province VN-03 is valid until 2025-07-01 (exclusive), not on 2025-07-01',
    },
  });
});

t.test('a merged province names the one that it became part of', async (t) => {
  t.equal(entryOf(PROVINCES, 'VN-03')?.successor, 'VN-07');
  t.equal(entryOf(PROVINCES, 'VN-06')?.successor, 'VN-02');
});

t.test('a province has a successor exactly if it has an end, and the successor exists from that day', async (t) => {
  for (const { code, successor, validTo } of PROVINCES) {
    t.equal(successor === undefined, validTo === undefined, code);
    if (successor !== undefined && validTo !== undefined) t.ok(provinceDuring(successor, on(validTo)).ok, code);
  }
});

t.test('a code begins with its side', async (t) => {
  for (const { code, side } of PROVINCES) t.ok(code.startsWith(`${side}-`), code);
});

t.test('a province that is not in the list is unknown', async (t) => {
  t.match(provinceDuring('VN-99', on('2020-01-01')), { ok: false, error: { reason: 'unknown' } });
});
