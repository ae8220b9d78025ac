import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fastify from 'fastify';
import { type JWTPayload, SignJWT } from 'jose';
import t, { type Test } from 'tap';
import { readOrMakeSigningKey } from '../../src/auth/development.ts';
import type { IssuerSettings } from '../../src/auth/issuer-settings.ts';
import { openIssuers } from '../../src/auth/issuers.ts';
import { authentication } from '../../src/plugins/authentication.ts';
import { routes } from '../../src/plugins/routes.ts';
import { startApp, type TestAppOptions } from '../support/app.ts';
import { testFolder } from '../support/test-folder.ts';

const ISSUER = 'https://issuer.example/CN';
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** An app that trusts one issuer of the Chinese side besides the development issuers, with its keys in a file. */
const startWithIssuer = async (t: Test, options: TestAppOptions = {}) => {
  const file = join(testFolder(t, { sub: {} }), 'sub', 'jwks.json');
  const jwks = [
    { ...keys.publicKey.export({ format: 'jwk' }), kid: 'ec' },
    { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa' },
  ];
  writeFileSync(file, JSON.stringify({ keys: jwks }));
  const issuers = openIssuers([
    { issuer: ISSUER, audience: 'ledger', side: 'CN', offices: ['CN-MPS', 'CN-GX-BLO'], jwks: { file } },
  ]);
  const started = await startApp(t, { ...options, issuers });
  /** Sends a command that is refused for its body once the token is good. */
  const send = (authorization?: string) =>
    started.post('/v1/cases', {}, authorization === undefined ? {} : { authorization });
  return { ...started, send };
};

const claims = { iss: ISSUER, aud: 'ledger', sub: 'officer-1', role: 'recorder', side: 'CN', office: 'CN-GX-BLO' };

interface Signing {
  readonly alg?: string;
  readonly kid?: string;
  readonly key?: KeyObject;
  readonly expires?: number;
}

const sign = (payload: JWTPayload, { alg = 'ES256', kid = 'ec', key = keys.privateKey, expires = 600 }: Signing = {}) =>
  new SignJWT(payload)
    .setProtectedHeader({ alg, kid })
    .setExpirationTime(Math.floor(Date.now() / 1000) + expires)
    .sign(key);

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

t.test('a good token lets a request through to its checks', async (t) => {
  const { send, as } = await startWithIssuer(t);
  t.equal((await send(`Bearer ${await sign(claims)}`)).statusCode, 400);
  t.equal(
    (await send(`bearer ${await sign(claims, { alg: 'PS256', kid: 'rsa', key: rsa.privateKey })}`)).statusCode,
    400,
  );
  t.equal((await send((await as('liaison', 'VN', 'VN-CB-BLO')).authorization)).statusCode, 400);
});

t.test('a request without a good token is told why', async (t) => {
  const { send, caseEvents } = await startWithIssuer(t);
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const publicPem = rsa.publicKey.export({ format: 'pem', type: 'spki' });
  const unsigned = `${encode({ alg: 'HS256', kid: 'rsa' })}.${encode({ ...claims, exp: Date.now() })}`;
  const hmac = `${unsigned}.${createHmac('sha256', publicPem).update(unsigned).digest('base64url')}`;
  const none = `${encode({ alg: 'none' })}.${encode({ ...claims, exp: Date.now() })}.`;
  const { sub: _, ...withoutSubject } = claims;
  const eternal = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'ec' }).sign(keys.privateKey);
  const good = await sign(claims);

  const cases: readonly [what: string, authorization: string | undefined, detail: RegExp][] = [
    ['no token', undefined, /send a bearer token/],
    ['another scheme', 'Basic b2ZmaWNlcjpzZWNyZXQ=', /expected `Authorization: Bearer <token>`/],
    ['no JWT', 'Bearer something', /not a signed JWT/],
    ['an expired one', `Bearer ${await sign(claims, { expires: -60 })}`, /has expired/],
    ['one without an end', `Bearer ${eternal}`, /claim exp: is required/],
    ['one that is not valid yet', `Bearer ${await sign({ ...claims, nbf: Date.now() / 1000 + 600 })}`, /not valid yet/],
    [
      'another issuer',
      `Bearer ${await sign({ ...claims, iss: 'https://evil.example' })}`,
      /issuer is not trusted here/,
    ],
    ['another audience', `Bearer ${await sign({ ...claims, aud: 'other' })}`, /another audience; expected ledger/],
    ['no subject', `Bearer ${await sign(withoutSubject)}`, /claim sub: is required/],
    ['an unknown role', `Bearer ${await sign({ ...claims, role: 'king' })}`, /claim role: expected one of: recorder/],
    ['no office id', `Bearer ${await sign({ ...claims, office: 'GX' })}`, /claim office: expected an office id/],
    ['an unknown office', `Bearer ${await sign({ ...claims, office: 'CN-YN-BLO' })}`, /does not know CN-YN-BLO/],
    ['an office of the other side', `Bearer ${await sign({ ...claims, office: 'VN-MPS' })}`, /not an office of CN/],
    [
      'the other side',
      `Bearer ${await sign({ ...claims, side: 'VN', office: 'VN-MPS' })}`,
      /speaks for CN, not for VN/,
    ],
    ['a foreign key', `Bearer ${await sign(claims, { key: other })}`, /signature is not by a key of its issuer/],
    ['an unknown key', `Bearer ${await sign(claims, { kid: 'x' })}`, /signature is not by a key of its issuer/],
    ['a changed one', `Bearer ${good.slice(0, -6)}AAAAAA`, /signature is not by a key of its issuer/],
    ['no signature', `Bearer ${none}`, /algorithm is not accepted; accepted are: ES256/],
    ['an HMAC by the public key', `Bearer ${hmac}`, /algorithm is not accepted/],
    ['a long one', `Bearer ${await sign({ ...claims, more: 'x'.repeat(4096) })}`, /at most 4096 are accepted/],
  ];
  for (const [what, authorization, detail] of cases) {
    const answer = await send(authorization);
    t.equal(answer.statusCode, 401, what);
    t.match(answer.json(), { type: 'urn:handover-ledger:problem:unauthenticated', detail }, what);
    t.match(answer.headers['www-authenticate'], /^Bearer realm="handover-ledger"/, what);
  }
  t.same(await caseEvents(), [], 'nothing was written');
});

t.test('a token that was good is not good after its end', async (t) => {
  const { send } = await startWithIssuer(t);
  const token = await sign(claims, { expires: -28 });
  t.equal((await send(`Bearer ${token}`)).statusCode, 400, 'within the tolerance for clocks that differ');
  t.equal((await send(`Bearer ${token}`)).statusCode, 400);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  t.equal((await send(`Bearer ${token}`)).statusCode, 401);
});

t.test('a development issuer speaks for one side as well', async (t) => {
  const { send, signingKey } = await startWithIssuer(t);
  const payload = { ...claims, iss: 'urn:handover-ledger:development:CN', aud: 'handover-ledger' };
  const forVietnam = { ...payload, side: 'VN', office: 'VN-MPS' };
  const token = await new SignJWT(forVietnam)
    .setProtectedHeader({ alg: 'ES256' })
    .setExpirationTime('1h')
    .sign(signingKey.privateKey);
  t.match((await send(`Bearer ${token}`)).json().detail, /speaks for CN, not for VN/);
});

t.test('a role that may not use a route is told which may', async (t) => {
  const { post, as } = await startApp(t);
  for (const role of ['auditor', 'statistician', 'admin'] as const) {
    const answer = await post('/v1/cases', {}, await as(role));
    t.equal(answer.statusCode, 403);
    t.match(answer.json().detail, `not for the role ${role}; it is for: recorder, liaison, protection`);
    t.match(answer.headers['www-authenticate'], /error="insufficient_scope"/);
  }
});

t.test('keys of an issuer come from an address; while it is away, the answer is 503', async (t) => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'ec' }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const remote = (at: number): IssuerSettings => ({
    issuer: `https://issuer.example/${at}`,
    audience: 'ledger',
    side: 'CN',
    offices: ['CN-GX-BLO'],
    jwks: { url: `http://127.0.0.1:${at}/jwks` },
  });
  const { post } = await startApp(t, { issuers: openIssuers([remote(port), remote(1)]) });
  const send = async (at: number) =>
    post('/v1/cases', {}, { authorization: `Bearer ${await sign({ ...claims, iss: remote(at).issuer })}` });

  t.equal((await send(port)).statusCode, 400, 'the token is good');
  const away = await send(1);
  t.equal(away.statusCode, 503);
  t.match(away.json().detail, /keys of its issuer cannot be had/);
  t.equal(away.headers['retry-after'], '1');
});

t.test('keys that are no public keys stop the start', async (t) => {
  const file = join(testFolder(t), 'jwks.json');
  const open = (content: unknown) => {
    writeFileSync(file, JSON.stringify(content));
    return () => openIssuers([{ issuer: ISSUER, audience: 'a', side: 'CN', offices: ['CN-MPS'], jwks: { file } }]);
  };
  t.throws(open({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }), /expected a public key of type EC, OKP or RSA/);
  t.throws(open({ keys: [keys.privateKey.export({ format: 'jwk' })] }), /got a private one/);
  t.throws(open({ keys: [] }), /at least one key/);
  t.throws(open({}), { message: new RegExp(`keys of issuer ${ISSUER} in ${file} cannot be used`) });
});

t.test('the development key is made once, for its owner alone', async (t) => {
  const file = join(testFolder(t), 'new', 'key.json');
  const made = readOrMakeSigningKey(file);
  t.equal(statSync(file).mode & 0o777, 0o600);
  t.same(readOrMakeSigningKey(file).publicJwk, made.publicJwk);
  chmodSync(file, 0o600);
  writeFileSync(file, '{}');
  t.throws(() => readOrMakeSigningKey(file), /development signing key .* cannot be used/);
});

t.test('a route that does not say who may use it stops the start', async (t) => {
  const verifier = { atHand: () => undefined, verify: () => Promise.reject(new Error('not asked')) };
  const start = async (config: object) => {
    const app = fastify();
    app.register(routes);
    app.register(authentication, { tokens: verifier });
    app.register(async (scope) => {
      scope.get('/thing', { config }, () => 'thing');
    });
    await app.ready();
    await app.close();
  };
  await t.rejects(start({}), /route \/thing must say in its config either/);
  await t.rejects(start({ roles: ['admin'], public: true }), /either/);
  await t.resolves(start({ public: true }));
  await t.resolves(start({ roles: ['admin'] }));
});
