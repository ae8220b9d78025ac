import { type AddressInfo, connect } from 'node:net';
import t from 'tap';
import { SECURITY_HEADERS } from '../../src/http/security-headers.ts';
import { type Headers, startApp } from '../support/app.ts';
import { fugitive } from '../support/case-bodies.ts';

t.test('security headers are on every answer, whatever went wrong', async (t) => {
  const { app, as } = await startApp(t, {
    wrongTokens: { max: 3, windowMs: 60_000 },
    commandLog: (log) =>
      new Proxy(log, {
        get: (target, name) => {
          if (name !== 'append') return Reflect.get(target, name).bind(target);
          return async (...append: Parameters<typeof log.append>) => {
            if (append[0].startsWith('case-')) throw new Error('at /srv/inside.ts:1 SELECT secret FROM inside');
            return target.append(...append);
          };
        },
      }),
  });
  const officer = await as('recorder');
  const json = { 'content-type': 'application/json', 'idempotency-key': 'key' };
  const wrong = { authorization: 'Bearer wrong' };
  const requests: readonly [status: number, method: string, url: string, headers?: Headers, payload?: string][] = [
    [200, 'GET', '/livez'],
    [200, 'HEAD', '/livez'],
    [200, 'GET', '/v1/cases', officer],
    [301, 'GET', '/docs'],
    [400, 'GET', '/v1/cases?limit=x', officer],
    [400, 'GET', '/%', officer],
    [400, 'GET', '/v1/cases/%ff', officer],
    [400, 'POST', '/v1/cases', { ...officer, ...json }, '{"__proto__":{}}'],
    [401, 'GET', '/v1/cases'],
    [401, 'GET', '/v1/cases', wrong],
    [403, 'GET', '/v1/access-records', officer],
    [404, 'GET', '/nothing'],
    [400, 'GET', `/v1/cases/${'x'.repeat(200)}`, officer],
    [405, 'DELETE', '/v1/cases', officer],
    [405, 'OPTIONS', '/v1/cases', officer],
    [406, 'GET', '/v1/events', { ...officer, accept: 'image/png' }],
    [413, 'POST', '/v1/cases', { ...officer, ...json }, `"${'x'.repeat(300_000)}"`],
    [415, 'POST', '/v1/cases', { ...officer, ...json, 'content-type': 'text/plain' }, 'x'],
    [500, 'POST', '/v1/cases', { ...officer, ...json }, JSON.stringify(fugitive)],
    [401, 'GET', '/v1/cases', wrong],
    [401, 'GET', '/v1/cases', wrong],
    [429, 'GET', '/v1/cases', wrong],
  ];
  for (const [status, method, url, headers = {}, payload] of requests) {
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers,
      ...(payload !== undefined && { payload }),
    });
    const what = `${method} ${url.slice(0, 40)}: ${answer.statusCode}`;
    t.equal(answer.statusCode, status, `${what} ${answer.body.slice(0, 200)}`);
    t.hasProps(answer.headers, [...Object.keys(SECURITY_HEADERS), 'x-request-id'], what);
    t.notMatch(answer.body, /inside|SELECT|\.ts:|node_modules/, what);
    t.notMatch(JSON.stringify(answer.headers), /x-powered-by|"server"/i, what);
  }

  t.test('and on those of what is no request', async (t) => {
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    for (const text of ['hello\r\n\r\n', `GET / HTTP/1.1\r\nHost: a\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`]) {
      const answer = await new Promise<string>((resolve, reject) => {
        let received = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        socket.on('data', (chunk) => {
          received += chunk;
        });
        socket.on('close', () => resolve(received)).on('error', reject);
      });
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) t.match(answer, `${name}: ${value}\r\n`);
    }
  });
});
