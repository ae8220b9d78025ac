import { setTimeout as wait } from 'node:timers/promises';
import fastify from 'fastify';
import t from 'tap';
import { pressure } from '../../src/plugins/pressure.ts';
import { problems } from '../../src/plugins/problems.ts';
import { routes } from '../../src/plugins/routes.ts';

/** Holds the event loop, with a turn for others now and then, so that every turn comes late. */
const holdTheLoop = async (ms: number): Promise<void> => {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    for (const turn = Date.now() + 200; Date.now() < turn; );
    await wait(0);
  }
};

t.test('requests are turned away under load, but not for what the start cost', async (t) => {
  const app = fastify();
  app.register(routes);
  app.register(problems);
  app.register(pressure, { maxEventLoopDelayMs: 20 });
  app.get('/work', () => 'done');
  app.get('/livez', { config: { pressureHandler: () => {} } }, () => 'alive');
  t.after(() => app.close());
  await app.listen({ host: '127.0.0.1', port: 0 });
  const get = (url: string) => app.inject(url);

  await holdTheLoop(1_500);
  t.equal((await get('/work')).statusCode, 200, 'a service that has just started');

  await holdTheLoop(2_500);
  const refused = await get('/work');
  t.equal(refused.statusCode, 503);
  t.match(refused.json(), { type: 'urn:handover-ledger:problem:overloaded', detail: /try again/ });
  t.equal(refused.headers['retry-after'], '1');
  t.equal((await get('/livez')).statusCode, 200);
});
