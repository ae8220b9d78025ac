import fc from 'fast-check';

/** Values that some program somewhere did not expect. */
export const nastyValue: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202egnp.exe',
  'e\u0301'.repeat(50),
  'x'.repeat(10_000),
  '👩‍👩‍👧‍👦𝔘\u{10ffff}',
  '__proto__',
  'constructor',
  'toString',
  '../../../etc/passwd',
  "'; DROP TABLE event; --",
  '%00%ff',
  '{{7*7}}',
  '2024-02-30',
  '0000-00-00',
  '9999-12-31T23:59:60+99:99',
  '+275760-09-13T00:00:00.001Z',
  '-0',
  0,
  -1,
  -0,
  1.5,
  2 ** 53 + 2,
  -(2 ** 63),
  1e308,
  5e-324,
  true,
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  { toString: 1, valueOf: null, hasOwnProperty: false },
  Array(3_000).fill({ a: 1 }),
);

const KEYS = ['unknown', 'constructor', 'toString', 'length', '', '\u0000', 'x'.repeat(1_000), 'ＮＦＫＣ'];

/** A value with one place in it otherwise: another value, a key too many, one too few. `place` and `how` choose. */
export const spoilt = (value: unknown, place: number, how: number, nasty: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return nasty;
  const keys = Object.keys(value);
  if (keys.length === 0 || how % 5 === 0) {
    return Array.isArray(value) ? [...value, nasty] : { ...value, [KEYS[place % KEYS.length] as string]: nasty };
  }
  const key = keys[place % keys.length] as string;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  if (how % 5 === 1) delete copy[key];
  else if (how % 5 === 2) copy[key] = nasty;
  else copy[key] = spoilt(copy[key], Math.floor(place / keys.length) + 1, how, nasty);
  return copy;
};

/** Bodies that are no JSON, or JSON that nobody writes. */
export const nastyBody: fc.Arbitrary<string | Buffer> = fc.constantFrom<string | Buffer>(
  '',
  '{',
  'null',
  '""',
  '[]',
  '1e400',
  '{"type":1e400}',
  '\ufeff{}',
  '['.repeat(100_000),
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"data":{"__proto__":{"role":"admin"}}}',
  '{"type":"noted","type":"annulled"}',
  '{"type":"\\ud800"}',
  '{"type":"\\u0000"}',
  `{"occurredAt":${'9'.repeat(5_000)}}`,
  `"${'x'.repeat(300_000)}"`,
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  Buffer.from([0xed, 0xa0, 0x80]),
);

/** Parts of addresses; none that makes it another address. */
export const nastyPart: fc.Arbitrary<string> = fc.constantFrom(
  '',
  '..%2f..%2fetc%2fpasswd',
  '%00',
  '%ff',
  '%',
  '%c0%ae',
  '%f0%9f%98%80',
  '%ed%a0%80',
  '__proto__',
  'constructor',
  'NaN',
  '-1',
  '1e3',
  '0x10',
  '9'.repeat(40),
  'x'.repeat(101),
  'x'.repeat(5_000),
  'a;b=c',
  'a%20b',
  "'%20OR%201=1",
);
