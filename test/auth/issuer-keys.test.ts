import { generateKeyPairSync } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { JSONWebKeySet } from 'jose';
import t from 'tap';
import { BELIEVED_MS, createIssuerKeys, FRESH_MS, PAUSE_MS } from '../../src/auth/issuer-keys.ts';

const jwks = (kid: string): JSONWebKeySet => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { keys: [{ ...publicKey.export({ format: 'jwk' }), kid }] } as JSONWebKeySet;
};

/** Keys of an issuer whose answer, and the time, the test sets. */
const keysOf = (first: JSONWebKeySet) => {
  const issuer = { answer: first as JSONWebKeySet | Error, asked: 0, time: 0 };
  const keys = createIssuerKeys({
    load: async () => {
      issuer.asked++;
      if (issuer.answer instanceof Error) throw issuer.answer;
      return issuer.answer;
    },
    now: () => issuer.time,
  });
  return { issuer, keys };
};

t.test('keys are looked up once, and again when they are not fresh any more', async (t) => {
  const { issuer, keys } = keysOf(jwks('a'));
  const [first, same] = await Promise.all([keys.current(), keys.current()]);
  t.equal(first, same, 'who asks at once waits for the same answer');
  issuer.time = FRESH_MS - 1;
  t.equal(keys.current(), first);
  t.equal(issuer.asked, 1);

  issuer.time = FRESH_MS;
  issuer.answer = { ...(issuer.answer as JSONWebKeySet) };
  t.equal(keys.current(), first, 'nobody waits for it');
  await turn();
  t.equal(keys.current(), first, 'the same keys are the same set');
  t.equal(issuer.asked, 2);

  issuer.time += FRESH_MS;
  issuer.answer = jwks('b');
  t.equal(keys.current(), first);
  await turn();
  t.not(keys.current(), first, 'others are another');
});

t.test('while the issuer does not answer, the known keys are believed for a while and no longer', async (t) => {
  const { issuer, keys } = keysOf(jwks('a'));
  const first = await keys.current();
  issuer.answer = new Error('away');
  issuer.time = FRESH_MS;
  for (let times = 0; times < 10; times++) {
    t.equal(keys.current(), first);
    await turn();
  }
  t.equal(issuer.asked, 2, 'it is not asked again and again');
  issuer.time = BELIEVED_MS - 1;
  t.equal(keys.current(), first);
  await turn();
  issuer.time = BELIEVED_MS;
  const asked = issuer.asked;
  for (let times = 0; times < 10; times++) await t.rejects(Promise.resolve(keys.current()), /away/);
  t.equal(issuer.asked, asked, 'what keeps them away was told a moment ago');
  issuer.answer = jwks('b');
  issuer.time += PAUSE_MS;
  t.not(await keys.current(), first);
});

t.test('a token whose key is not known asks for the keys, and a thousand ask once', async (t) => {
  const { issuer, keys } = keysOf(jwks('a'));
  const first = await keys.current();
  for (let times = 0; times < 1_000; times++) t.equal(await keys.renewed(), first);
  t.equal(issuer.asked, 1, 'they were looked up a moment ago');
  issuer.time = PAUSE_MS;
  issuer.answer = jwks('b');
  const [one, other] = await Promise.all([keys.renewed(), keys.renewed()]);
  t.equal(one, other);
  t.not(one, first);
  t.equal(issuer.asked, 2);
});
