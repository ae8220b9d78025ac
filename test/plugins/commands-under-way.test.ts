import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import type { EventLog } from '../../src/event-log/port.ts';
import { startApp } from '../support/app.ts';
import { fugitive } from '../support/case-bodies.ts';
import { withAppend } from '../support/log-with-append.ts';

const MOST = 20;
const SENT = 100;

/** A log whose appends to cases wait until they are let go; `waiting` is kept with the first that does. */
const heldLog = () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: waiting, resolve: waits } = Promise.withResolvers<void>();
  const commandLog = (log: EventLog) =>
    withAppend(log, async (stream, ...rest) => {
      if (stream.startsWith('case-')) {
        waits();
        await released;
      }
      return log.append(stream, ...rest);
    });
  return { release, waiting, commandLog };
};

t.test(
  'of five times what is let in, the rest is turned away at once, and nothing that was acknowledged is missing',
  async (t) => {
    const { release, commandLog } = heldLog();
    const { app, views, post, get, as, caseEvents } = await startApp(t, {
      mostCommandsUnderWay: MOST,
      commandLog,
    });
    await views.upToDate();
    const officer = await as('recorder');
    let turnedAway = 0;
    const answers = Array.from({ length: SENT }, async () => {
      const answer = await post('/v1/cases', fugitive, officer);
      if (answer.statusCode === 503) turnedAway += 1;
      return answer;
    });
    // The others wait for the log.
    while (turnedAway < SENT - MOST) await Promise.race([new Promise((resolve) => setImmediate(resolve)), ...answers]);
    t.equal((await get('/v1/cases', officer)).statusCode, 200, 'who only reads is let in');
    t.equal((await post('/v1/cases/search', { name: 'L' }, officer)).statusCode, 200);
    t.same(await caseEvents(), []);
    release();
    const all = await Promise.all(answers);
    const acknowledged = all.filter(({ statusCode }) => statusCode === 201);
    t.equal(acknowledged.length, MOST);
    for (const refused of all.filter(({ statusCode }) => statusCode !== 201)) {
      t.equal(refused.statusCode, 503);
      t.equal(refused.headers['retry-after'], '1');
      t.match(refused.json(), {
        type: 'urn:handover-ledger:problem:overloaded',
        detail: /nothing was written, try again/,
      });
    }
    const written = (await caseEvents()).map(({ stream }) => stream.replace('case-', ''));
    t.same(written.toSorted(), acknowledged.map((answer) => answer.json().id as string).toSorted());
    t.equal((await post('/v1/cases', fugitive, officer)).statusCode, 201, 'and it goes on');
    await app.close();
  },
);

t.test('a sender that goes away makes room', async (t) => {
  const { release, waiting, commandLog } = heldLog();
  const { app, post, as } = await startApp(t, {
    mostCommandsUnderWay: 1,
    commandLog,
  });
  const officer = await as('recorder');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const headers = { ...officer, 'content-type': 'application/json', 'idempotency-key': 'gone-1' };
  const gone = request({ host: '127.0.0.1', port, path: '/v1/cases', method: 'POST', headers });
  gone.on('error', () => {});
  gone.end(JSON.stringify(fugitive));
  // Nothing else is sent before it is let in: it would take its place.
  await waiting;
  t.equal((await post('/v1/requests', {}, officer)).statusCode, 503);
  gone.destroy();
  while ((await post('/v1/requests', {}, officer)).statusCode === 503)
    await new Promise((resolve) => setImmediate(resolve));
  t.pass('another is let in');
  release();
  await app.close();
});
