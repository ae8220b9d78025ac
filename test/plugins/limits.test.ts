import fastify from 'fastify';
import t from 'tap';
import { minEventPosition } from '../../src/plugins/min-event-position.ts';
import { problems } from '../../src/plugins/problems.ts';
import { routes } from '../../src/plugins/routes.ts';
import { startApp } from '../support/app.ts';

t.test('an account that sends too much is told when to go on; others are served', async (t) => {
  const { post, as } = await startApp(t, { rateLimit: { max: 3, windowMs: 60_000 } });
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  for (let sent = 0; sent < 3; sent++) t.equal((await post('/v1/cases', {}, officer)).statusCode, 400);
  const answer = await post('/v1/cases', {}, officer);
  t.equal(answer.statusCode, 429);
  t.match(answer.json(), {
    type: 'urn:handover-ledger:problem:too-many-requests',
    detail: /at most 3 requests in 60 s/,
  });
  t.match(answer.headers['retry-after'], /^\d+$/);
  t.equal((await post('/v1/cases', {}, await as('recorder', 'CN', 'CN-YN-BLO'))).statusCode, 400);
});

t.test('a query waits until the view has come to the position that it names', async (t) => {
  const asked: string[] = [];
  const at = (number: number): string => String(number).padStart(16, '0');
  const app = fastify();
  app.register(routes);
  app.register(problems);
  app.register(async (scope) => {
    scope.register(minEventPosition, {
      scanned: () => at(5),
      waitUntilScanned: async (position) => {
        asked.push(position);
        return position <= at(5);
      },
    });
    scope.get('/view', () => 'view');
  });
  t.after(() => app.close());
  const get = (position?: string) =>
    app.inject({ url: '/view', headers: position === undefined ? {} : { 'min-event-position': position } });

  t.equal((await get()).statusCode, 200);
  t.equal((await get(at(5))).statusCode, 200);
  const behind = await get(at(6));
  t.equal(behind.statusCode, 503);
  t.match(behind.json(), { type: 'urn:handover-ledger:problem:not-yet-scanned', detail: /try again/ });
  t.equal(behind.headers['retry-after'], '1');
  for (const text of ['a b', '~', '7', '2024-01-01']) {
    const bad = await get(text);
    t.equal(bad.statusCode, 400, text);
    t.match(bad.json().errors, [{ in: 'header', name: 'Min-Event-Position' }]);
  }
  t.same(asked, [at(5), at(6)]);
});
