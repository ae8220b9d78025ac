import t from 'tap';
import { entryDuring, type ReferenceEntry } from '../../../domain/reference/entry.ts';

const labels = { en: 'x', 'zh-Hans': 'x', vi: 'x' };
const GATES: readonly ReferenceEntry[] = [
  { code: 'always', labels, verified: true },
  { code: 'dated', labels, verified: true, validFrom: '2010-05-01', validTo: '2020-02-01' },
];

t.test('a code is found on a day on which it holds', async (t) => {
  t.match(entryDuring('gate', GATES, 'always', { first: '1990-01-01', last: '1990-01-01' }), { ok: true });
  t.match(entryDuring('gate', GATES, 'dated', { first: '2010-05-01', last: '2010-05-01' }), {
    ok: true,
    value: { code: 'dated' },
  });
});

t.test('a code without an entry is unknown', async (t) => {
  t.same(entryDuring('gate', GATES, 'nowhere', { first: '2015-01-01', last: '2015-01-01' }), {
    ok: false,
    error: { reason: 'unknown', code: 'nowhere', message: 'there is no gate with the code nowhere' },
  });
});

t.test('a code that does not hold then is refused with its interval', async (t) => {
  t.same(entryDuring('gate', GATES, 'dated', { first: '2020-02-01', last: '2020-02-01' }), {
    ok: false,
    error: {
      reason: 'not-valid',
      code: 'dated',
      message: 'gate dated is valid from 2010-05-01 until 2020-02-01 (exclusive), not on 2020-02-01',
      validFrom: '2010-05-01',
      validTo: '2020-02-01',
    },
  });
});

t.test('of days that are only roughly known one is enough', async (t) => {
  t.ok(entryDuring('gate', GATES, 'dated', { first: '2020-01-01', last: '2020-03-31' }).ok);
  t.match(entryDuring('gate', GATES, 'dated', { first: '2020-02-01', last: '2020-02-29' }), {
    ok: false,
    error: { message: /not between 2020-02-01 and 2020-02-29$/ },
  });
});
