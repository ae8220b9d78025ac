import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import t from 'tap';
import { type EventLog, EventTooLarge, LogOverloaded, LogUnavailable } from '../../src/event-log/port.ts';
import { startApp } from '../support/app.ts';
import { fugitive } from '../support/case-bodies.ts';

/** The log, with appends to cases that fail. */
const failing = (error: () => Error) => (log: EventLog) =>
  new Proxy(log, {
    get: (target, name) => {
      if (name !== 'append') return Reflect.get(target, name).bind(target);
      return async (...append: Parameters<EventLog['append']>) => {
        if (append[0].startsWith('case-')) throw error();
        return target.append(...append);
      };
    },
  });

const failures: readonly [what: string, error: () => Error, status: number, type: string, detail: RegExp][] = [
  ['that is away', () => new LogUnavailable('10.0.0.7 is gone'), 503, 'unavailable', /same Idempotency-Key/],
  ['that has too much to do', () => new LogOverloaded('full'), 503, 'overloaded', /nothing was written, try again/],
  ['that finds an event too large', () => new EventTooLarge('reported', 2e6), 413, 'too-large', /2000000 bytes/],
  ['that fails in another way', () => new Error('secret of the inside'), 500, 'internal', /the log of the service/],
];

for (const [what, error, status, type, detail] of failures) {
  t.test(`a log ${what} is answered as a problem that hides the inside`, async (t) => {
    const { post, as, caseEvents, logged } = await startApp(t, { commandLog: failing(error) });
    const answer = await post('/v1/cases', fugitive, { ...(await as('recorder')), 'x-request-id': 'request-4711' });
    t.equal(answer.statusCode, status);
    t.match(answer.json(), {
      type: `urn:handover-ledger:problem:${type}`,
      detail,
      instance: 'urn:handover-ledger:request:request-4711',
    });
    t.equal(answer.headers['retry-after'], status === 503 ? '1' : undefined);
    t.notMatch(answer.body, /10\.0\.0\.7|secret of the inside/);
    if (type === 'overloaded')
      t.match(logged(), /"level":40,.*"reqId":"request-4711","msg":"too much/, 'a warning, no stack');
    else if (status >= 500) t.match(logged(), /"reqId":"request-4711","err":\{"name":"\w+","message":"/);
    t.same(await caseEvents(), []);
  });
}

t.test('a request id of the sender is used only where it can be one', async (t) => {
  const { get } = await startApp(t);
  t.equal((await get('/livez', { 'x-request-id': 'request-4711' })).headers['x-request-id'], 'request-4711');
  for (const bad of ['x', 'two words', 'a'.repeat(65), '{"a":1}-----']) {
    t.match((await get('/livez', { 'x-request-id': bad })).headers['x-request-id'], /^[0-9a-f-]{36}$/);
  }
});

t.test('what is no request, or no whole one, is answered on the socket', async (t) => {
  const { app } = await startApp(t);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const send = (text: string) =>
    new Promise<string>((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer)).on('error', reject);
    });
  t.match(await send('hello\r\n\r\n'), /^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*problem:malformed-request/);
  t.match(
    await send(`GET / HTTP/1.1\r\nHost: a\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`),
    /^HTTP\/1\.1 431 [\s\S]*problem:headers-too-large/,
  );
  const tooLong = 'POST /v1/cases HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 9\r\n\r\n';
  t.match(await send(tooLong), /^HTTP\/1\.1 401 /, 'refused before the body has come');
});
