import t from 'tap';
import { startApp } from '../support/app.ts';

t.test('a service that is ready says so', async (t) => {
  const { get } = await startApp(t);
  t.same((await get('/livez')).json(), { alive: true });
  const answer = await get('/readyz');
  t.equal(answer.statusCode, 200);
  t.same(answer.json(), { ready: true, reasons: [] });
  t.equal(answer.headers['cache-control'], 'no-store');
});

t.test('a service that is not ready says why, and lives', async (t) => {
  const { get } = await startApp(t, { readiness: async () => ['the view of cases stopped at position 17'] });
  const answer = await get('/readyz');
  t.equal(answer.statusCode, 503);
  t.same(answer.json(), { ready: false, reasons: ['the view of cases stopped at position 17'] });
  t.equal((await get('/livez')).statusCode, 200);
});

t.test('latencies are measured by route, never by address', async (t) => {
  const { get, post, as } = await startApp(t);
  await get('/v1/reference/sides');
  await post('/v1/cases/00000000-0000-4000-8000-000000000000/events', {}, await as('recorder'));
  await get('/nowhere/at/all');
  const answer = await get('/metrics');
  t.match(answer.headers['content-type'], /^text\/plain; version=0\.0\.4/);
  t.match(
    answer.body,
    /http_request_duration_seconds_count\{method="GET",route="\/v1\/reference\/:list",status="200"\} 1/,
  );
  t.match(
    answer.body,
    /http_request_duration_seconds_count\{method="POST",route="\/v1\/cases\/:caseId\/events",status="400"\} 1/,
  );
  t.match(answer.body, /http_request_duration_seconds_count\{method="GET",route="none",status="404"\} 1/);
  t.match(answer.body, /nodejs_eventloop_lag_seconds/);
  t.notMatch(answer.body, /00000000-0000-4000|nowhere/);
});

t.test('every answer forbids to render, frame or guess at it', async (t) => {
  const { get } = await startApp(t);
  for (const url of ['/livez', '/v1/reference', '/nowhere']) {
    t.match((await get(url)).headers, {
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  }
});
