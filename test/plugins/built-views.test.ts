import fastify from 'fastify';
import t from 'tap';
import { builtViews } from '../../src/plugins/built-views.ts';
import { problems } from '../../src/plugins/problems.ts';
import { routes } from '../../src/plugins/routes.ts';

/** A route over views that are built already, that will be soon, or not in good time. */
const ask = async (built: boolean, soon: boolean) => {
  const app = fastify();
  app.register(routes);
  app.register(problems);
  app.register(async (scope) => {
    scope.register(builtViews, { views: { built: () => built, waitUntilBuilt: async () => soon } });
    scope.get('/view', () => 'view');
  });
  const answer = await app.inject({ url: '/view' });
  await app.close();
  return answer;
};

t.test('views are asked when they are built, and not before', async (t) => {
  t.equal((await ask(true, false)).body, 'view');
  t.equal((await ask(false, true)).body, 'view');
  const early = await ask(false, false);
  t.equal(early.statusCode, 503);
  t.equal(early.headers['retry-after'], '1');
  t.match(early.json(), { type: 'urn:handover-ledger:problem:not-yet-scanned', detail: /being built.*\/readyz/ });
});
