import t from 'tap';
import { createAttempts } from '../../src/plugins/attempts.ts';
import { type Headers, startApp } from '../support/app.ts';

const WINDOW = { windowMs: 60_000 };

t.test(
  'an address that sends wrong tokens is told to wait; tokens that are known pass, and other addresses',
  async (t) => {
    const { app, as } = await startApp(t, { wrongTokens: { max: 5, ...WINDOW } });
    const send = (headers: Headers, remoteAddress = '192.0.2.1') =>
      app.inject({ url: '/v1/cases', headers, remoteAddress });
    const known = await as('recorder');
    for (let times = 0; times < 20; times++) t.equal((await send(known)).statusCode, 200, 'good ones do not count');
    for (let times = 0; times < 5; times++) {
      t.equal((await send({ authorization: `Bearer wrong-${times}` })).statusCode, 401);
    }
    const unknown = await as('recorder', 'CN', 'CN-GX-BLO');
    for (const headers of [{ authorization: 'Bearer wrong-again' }, unknown]) {
      const answer = await send(headers);
      t.equal(answer.statusCode, 429);
      t.match(answer.json(), {
        type: 'urn:handover-ledger:problem:too-many-requests',
        detail: /tokens from this address/,
      });
      t.match(answer.headers['retry-after'], /^[1-9]\d?$/);
    }
    t.equal((await send(known)).statusCode, 200);
    t.equal((await send(unknown, '192.0.2.2')).statusCode, 200);
    t.equal((await send(unknown)).statusCode, 200, 'since it is known, it passes here, too');
    t.equal((await send({})).statusCode, 401, 'whoever sends none is told to send one');
  },
);

t.test('many wrong tokens at once are not looked at more often than one after the other', async (t) => {
  const { app } = await startApp(t, { wrongTokens: { max: 5, ...WINDOW } });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      app.inject({ url: '/v1/cases', headers: { authorization: `Bearer wrong-${index}` } }),
    ),
  );
  t.equal(answers.filter(({ statusCode }) => statusCode === 401).length, 5);
  t.equal(answers.filter(({ statusCode }) => statusCode === 429).length, 45);
});

t.test('behind a proxy the address is that of who asks it, and nobody else can say another', async (t) => {
  const { app } = await startApp(t, { wrongTokens: { max: 1, ...WINDOW }, trustedProxies: ['10.0.0.0/8'] });
  const send = async (remoteAddress: string, from: string) => {
    const headers = { authorization: 'Bearer wrong', 'x-forwarded-for': from };
    return (await app.inject({ url: '/v1/cases', headers, remoteAddress })).statusCode;
  };
  t.equal(await send('10.1.2.3', '192.0.2.1'), 401);
  t.equal(await send('10.1.2.3', '192.0.2.1'), 429);
  t.equal(await send('10.1.2.3', '192.0.2.2'), 401);
  t.equal(
    await send('10.1.2.3', '192.0.2.9, 192.0.2.1'),
    429,
    'what stands before the address that the proxy adds is not believed',
  );
  t.equal(await send('192.0.2.50', '192.0.2.60'), 401);
  t.equal(await send('192.0.2.50', '192.0.2.61'), 429);
});

t.test("one account's limit is not another's, wherever they come from", async (t) => {
  const { app, as } = await startApp(t, { rateLimit: { max: 3, ...WINDOW } });
  const send = async (headers: Headers, remoteAddress: string) =>
    (await app.inject({ url: '/v1/cases', headers, remoteAddress })).statusCode;
  const [one, other] = [await as('recorder', 'CN', 'CN-GX-BLO'), await as('recorder', 'CN', 'CN-YN-BLO')];
  for (let times = 0; times < 3; times++) t.equal(await send(one, `192.0.2.${times}`), 200);
  t.equal(await send(one, '192.0.2.7'), 429);
  for (let times = 0; times < 3; times++) t.equal(await send(other, '192.0.2.7'), 200, 'of the same address');
});

t.test('attempts are counted by network, in windows, and for no more addresses than can be kept', async (t) => {
  let time = 0;
  const { take, giveBack } = createAttempts({ max: 2, windowMs: 1_000 }, () => time);
  t.equal(take('2001:db8:0:1::1'), 0);
  t.equal(take('2001:db8:0:1:ffff::2'), 0);
  t.equal(take('2001:db8::1:0:0:0:3'), 1_000, 'the same 64 bits');
  t.equal(take('2001:db8:0:2::1'), 0);
  t.equal(take('192.0.2.1'), 0);
  t.equal(take('::ffff:192.0.2.1'), 0);
  t.equal(take('192.0.2.1'), 1_000);
  giveBack('192.0.2.1');
  t.equal(take('192.0.2.1'), 0);
  time = 1_000;
  t.equal(take('2001:db8:0:1::1'), 0);
  t.equal(take('2001:db8:0:1::1'), 0);
  t.equal(take('2001:db8:0:1::1'), 1_000);
  for (let address = 0; address < 10_000; address++) take(`10.0.${address >> 8}.${address & 255}`);
  t.equal(take('2001:db8:0:1::1'), 0, 'what was counted the longest ago is let go');
});
