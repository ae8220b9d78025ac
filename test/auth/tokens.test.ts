import { createHmac, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import t, { type Test } from 'tap';
import { FRESH_MS, type IssuerKeys, PAUSE_MS } from '../../src/auth/issuer-keys.ts';
import { openIssuers } from '../../src/auth/issuers.ts';
import { createTokenVerifier, IssuerUnavailable, TokenRefused } from '../../src/auth/tokens.ts';

const keyPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** An issuer that publishes what the test gives it, at an address of its own; counts how often it is asked. */
const publishing = async (t: Test, keys: Readonly<Record<string, KeyObject>>) => {
  const published = { keys, asked: 0, status: 200 };
  const server = createServer((_request, response) => {
    published.asked++;
    const jwks = Object.entries(published.keys).map(([kid, key]) => ({ ...key.export({ format: 'jwk' }), kid }));
    response.writeHead(published.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: [...jwks, { kty: 'another', kid: 'of a kind that is not known' }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  return { published, url };
};

const ISSUER = 'https://issuer.example/CN';

/** A verifier that trusts one issuer; counts how often keys are looked for, without which no signature is looked at. */
const verifying = async (t: Test, keys: Readonly<Record<string, KeyObject>>) => {
  const { published, url } = await publishing(t, keys);
  const time = { ms: 0 };
  const settings = { issuer: ISSUER, audience: 'ledger', side: 'CN', offices: ['CN-MPS'], jwks: { url } } as const;
  const signatures = { looked: 0 };
  const counted = ({ current, renewed }: IssuerKeys): IssuerKeys => ({
    current: () => {
      signatures.looked++;
      return current();
    },
    renewed,
  });
  const issuers = openIssuers([{ ...settings, offices: [...settings.offices] }], () => time.ms);
  const tokens = createTokenVerifier(
    issuers.map((issuer) => ({ ...issuer, keys: counted(issuer.keys) })),
    () => new Date(),
  );
  return { published, time, tokens, signatures };
};

const claims = () => ({
  iss: ISSUER,
  aud: 'ledger',
  sub: 'officer-1',
  role: 'recorder',
  side: 'CN',
  office: 'CN-MPS',
  exp: Math.floor(Date.now() / 1000) + 600,
  jti: randomUUID(),
});

const sign = (key: KeyObject, payload: JWTPayload = claims(), header: Partial<JWTHeaderParameters> = {}) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'a', ...header }).sign(key);

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const built = (header: unknown, payload: unknown, signature = 'AAAA'): string =>
  `${encode(header)}.${encode(payload)}.${signature}`;

t.test('a token that is refused by its form costs no signature, and nothing is kept of it', async (t) => {
  const { publicKey, privateKey } = keyPair();
  const { tokens, signatures, published } = await verifying(t, { a: publicKey });
  const header = { alg: 'ES256', kid: 'a' };
  const unsigned = `${encode({ alg: 'HS256', kid: 'a' })}.${encode(claims())}`;
  const hmac = createHmac('sha256', publicKey.export({ format: 'pem', type: 'spki' })).update(unsigned);
  const seconds = Math.floor(Date.now() / 1000);
  const cases: readonly [what: string, token: string, message: RegExp][] = [
    ['nothing', '', /not a signed JWT/],
    ['two parts', `${encode(header)}.${encode(claims())}`, /not a signed JWT/],
    ['five parts, encrypted', `${built(header, claims())}.AAAA.AAAA`, /not a signed JWT/],
    ['padding', `${built(header, claims())}=`, /not a signed JWT/],
    ['a header that is no JSON', built('{', claims()), /not a signed JWT/],
    ['a header that is a list', built([], claims()), /not a signed JWT|algorithm/],
    ['claims that are no object', built(header, '"text"'), /not a signed JWT/],
    ['no algorithm', built({ kid: 'a' }, claims()), /algorithm is not accepted/],
    ['algorithm none', built({ alg: 'none' }, claims(), ''), /algorithm is not accepted/],
    ['algorithm nOnE', built({ alg: 'nOnE' }, claims()), /algorithm is not accepted/],
    ['a list of algorithms', built({ alg: ['ES256'] }, claims()), /algorithm is not accepted/],
    ['HMAC with the public key', `${unsigned}.${hmac.digest('base64url')}`, /algorithm is not accepted/],
    ['an extension', await sign(privateKey, claims(), { crit: ['b64'], b64: true } as never), /crit/],
    ['an empty list of them', built({ ...header, crit: [] }, claims()), /crit/],
    ['another issuer', await sign(privateKey, { ...claims(), iss: 'https://other.example' }), /not trusted here/],
    ['a list of issuers', built(header, { ...claims(), iss: [ISSUER] }), /not trusted here/],
    ['an issuer of the prototype', built(header, { ...claims(), iss: '__proto__' }), /not trusted here/],
    ['another audience', await sign(privateKey, { ...claims(), aud: ['x', 'y'] }), /another audience/],
    ['no end', await sign(privateKey, { ...claims(), exp: undefined } as never), /claim exp: is required/],
    ['an end in words', built(header, { ...claims(), exp: 'never' }), /claim exp: expected a number/],
    ['an end that is past', await sign(privateKey, { ...claims(), exp: seconds - 31 }), /has expired/],
    ['a beginning to come', await sign(privateKey, { ...claims(), nbf: seconds + 60 }), /not valid yet/],
    ['an unknown role', await sign(privateKey, { ...claims(), role: 'king' }), /claim role/],
    ['an unknown office', await sign(privateKey, { ...claims(), office: 'CN-YN-BLO' }), /does not know CN-YN-BLO/],
    ['the other side', await sign(privateKey, { ...claims(), side: 'VN', office: 'VN-MPS' }), /speaks for CN/],
    ['a long one', await sign(privateKey, { ...claims(), more: 'x'.repeat(4_096) }), /at most 4096/],
  ];
  for (const [what, token, message] of cases) {
    for (const time of ['once', 'and again']) {
      await t.rejects(tokens.verify(token), { name: 'TokenRefused', message }, `${what}, ${time}`);
      t.equal(tokens.atHand(token), undefined);
    }
  }
  t.same([signatures.looked, published.asked], [0, 0], 'no key was looked for');

  const good = await sign(privateKey);
  t.equal((await tokens.verify(good)).role, 'recorder');
  t.equal(tokens.atHand(good)?.recorder.subject, 'officer-1');
});

t.test('keys in the header are not looked at', async (t) => {
  const [own, other] = [keyPair(), keyPair()];
  const attacker = await publishing(t, { a: other.publicKey });
  const { tokens } = await verifying(t, { a: own.publicKey });
  const jwk = other.publicKey.export({ format: 'jwk' });
  const headers = [
    { jwk },
    { jku: attacker.url },
    { x5u: attacker.url },
    { x5c: ['AAAA'] },
    { jwk, jku: attacker.url, x5u: attacker.url, kid: undefined },
  ];
  for (const header of headers) {
    await t.rejects(
      tokens.verify(await sign(other.privateKey, claims(), header as never)),
      /not by a key of its issuer/,
    );
    t.ok(await tokens.verify(await sign(own.privateKey, claims(), header as never)), 'they do no harm either');
  }
  t.equal(attacker.published.asked, 0, 'no address of a token was asked');
});

t.test('a key comes in by rotation, and one that is withdrawn is believed no more', async (t) => {
  const [old, next] = [keyPair(), keyPair()];
  const { tokens, published, time, signatures } = await verifying(t, { a: old.publicKey });
  const before = await sign(old.privateKey);
  const account = await tokens.verify(before);
  t.equal(tokens.atHand(before), account);

  published.keys = { a: old.publicKey, b: next.publicKey };
  const after = await sign(next.privateKey, claims(), { kid: 'b' });
  await t.rejects(tokens.verify(after), /not by a key of its issuer/, 'the issuer was asked a moment ago');
  time.ms += PAUSE_MS;
  t.ok(await tokens.verify(after), 'a key that is not known is asked for');
  t.equal(tokens.atHand(before), undefined, 'under other keys a token is verified again');
  t.ok(await tokens.verify(before));
  t.ok(tokens.atHand(before));

  published.keys = { b: next.publicKey };
  time.ms += FRESH_MS;
  t.ok(tokens.atHand(before), 'until the issuer is asked');
  while (tokens.atHand(before) !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  await t.rejects(tokens.verify(before), /not by a key of its issuer/);
  t.ok(await tokens.verify(after));

  const { asked } = published;
  const looked = signatures.looked;
  for (let times = 0; times < 500; times++) {
    const wrong = await sign(old.privateKey, claims(), { kid: `unknown-${times}` });
    await t.rejects(tokens.verify(wrong), TokenRefused);
  }
  t.ok(signatures.looked - looked <= 500);
  t.equal(published.asked, asked, 'unknown keys do not make it ask again and again');
});

t.test('an issuer that does not answer, or answers otherwise, makes no token good', async (t) => {
  const { publicKey, privateKey } = keyPair();
  const { tokens, published } = await verifying(t, { a: publicKey });
  published.status = 500;
  await t.rejects(tokens.verify(await sign(privateKey)), IssuerUnavailable);
  const secret = await verifying(t, { a: privateKey });
  await t.rejects(secret.tokens.verify(await sign(privateKey)), IssuerUnavailable, 'a private key was published');
});
