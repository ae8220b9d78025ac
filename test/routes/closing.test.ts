import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import type { EventLog } from '../../src/event-log/port.ts';
import { startApp } from '../support/app.ts';
import { fugitive } from '../support/case-bodies.ts';

/** The log, with appends to cases that take some time. */
const slow = (log: EventLog): EventLog =>
  new Proxy(log, {
    get: (target, name) => {
      if (name !== 'append') return Reflect.get(target, name).bind(target);
      return async (...append: Parameters<EventLog['append']>) => {
        if (append[0].startsWith('case-')) await wait(500);
        return target.append(...append);
      };
    },
  });

t.test('a service that closes ends what is under way, and takes nothing new', async (t) => {
  const { app, as, caseEvents } = await startApp(t, { commandLog: slow });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const open = () =>
    as('recorder').then((officer) =>
      fetch(`${address}/v1/cases`, {
        method: 'POST',
        headers: { ...officer, 'content-type': 'application/json', 'idempotency-key': 'key-1' },
        body: JSON.stringify(fugitive),
      }),
    );
  const underWay = open();
  await wait(200);
  const began = performance.now();
  const closed = app.close();
  await t.rejects(open(), 'a new connection');
  const answer = await underWay;
  t.equal(answer.status, 201);
  await answer.json();
  await closed;
  t.ok(performance.now() - began < 20_000, 'without waiting for connections that are kept alive');
  t.equal((await caseEvents()).length, 1);
});

t.test('a connection is kept for the next request', async (t) => {
  const { app } = await startApp(t);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => agent.destroy());
  const ports = new Set<number | undefined>();
  for (let sent = 0; sent < 3; sent++) {
    const [answer] = (await once(get(`${address}/livez`, { agent }), 'response')) as [IncomingMessage];
    ports.add(answer.socket.localPort);
    answer.resume();
    await once(answer, 'end');
  }
  t.equal(ports.size, 1);
});
