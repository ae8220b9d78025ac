import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import t, { type Test } from 'tap';
import { startApp, type TestAppOptions } from '../support/app.ts';
import { INSIDE } from '../support/inside.ts';

const CRLF = '\r\n';

const listening = async (t: Test, options: TestAppOptions = {}) => {
  const started = await startApp(t, options);
  await started.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = started.app.server.address() as AddressInfo;
  const { authorization } = await started.as('recorder');
  return { ...started, port, authorization };
};

/** Sends bytes, says that no more come, and gives all that is answered until the connection ends. */
const exchange = (port: number, bytes: string | Buffer, ends = true): Promise<string> =>
  new Promise((resolve) => {
    const received: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => {
      if (ends) socket.end(bytes);
      else socket.write(bytes);
    });
    socket.on('data', (chunk) => received.push(chunk));
    // The other end may cut off what it does not want to read.
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(received).toString('latin1')));
  });

const statusesIn = (answers: string): readonly number[] =>
  [...answers.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));

t.test('what is no honest request is answered once, as a problem, or cut off; and nobody gets in by it', async (t) => {
  const { port, authorization, get } = await listening(t);
  const token = `Authorization: ${authorization}${CRLF}`;
  const request = (line: string, headers = '', body = '') => `${line}${CRLF}Host: a${CRLF}${headers}${CRLF}${body}`;
  const smuggled = request('GET /v1/access-records HTTP/1.1', token);
  const cases: readonly [what: string, bytes: string | Buffer, statuses: readonly number[]][] = [
    [
      'length and chunks',
      request(
        'POST /v1/cases HTTP/1.1',
        `Content-Length: 4${CRLF}Transfer-Encoding: chunked${CRLF}`,
        `0${CRLF}${CRLF}${smuggled}`,
      ),
      [400],
    ],
    [
      'two lengths',
      request('POST /v1/cases HTTP/1.1', `Content-Length: 4${CRLF}Content-Length: 5${CRLF}`, `abcd${smuggled}`),
      [400],
    ],
    ['a negative length', request('POST /v1/cases HTTP/1.1', `Content-Length: -1${CRLF}`), [400]],
    ['a length that overflows', request('POST /v1/cases HTTP/1.1', `Content-Length: ${'9'.repeat(30)}${CRLF}`), [400]],
    [
      'chunks that are not last',
      request('POST /v1/cases HTTP/1.1', `Transfer-Encoding: chunked, identity${CRLF}`, `0${CRLF}${CRLF}`),
      [400],
    ],
    ['a space before the colon', request('GET /v1/cases HTTP/1.1', `Content-Length : 0${CRLF}`), [400]],
    ['a folded header', request('GET /v1/cases HTTP/1.1', `X: a${CRLF} b${CRLF}`), [400, 401]],
    ['NUL in a header', request('GET /v1/cases HTTP/1.1', `X: a\u0000b${CRLF}`), [400]],
    ['a bare line feed', `GET /v1/cases HTTP/1.1\nHost: a\n\n`, [400]],
    ['no host', `GET /v1/cases HTTP/1.1${CRLF}${CRLF}`, [400]],
    ['two hosts', request('GET /v1/cases HTTP/1.1', `Host: b${CRLF}`), [400, 401]],
    ['two authorizations', request('GET /v1/cases HTTP/1.1', `Authorization: Bearer x${CRLF}${token}`), [401]],
    [
      'another address in a header',
      request('GET /livez HTTP/1.1', `X-Original-URL: /v1/cases${CRLF}X-Rewrite-URL: /v1/cases${CRLF}`),
      [200],
    ],
    ['an absolute address', request('GET http://other.example/v1/cases HTTP/1.1'), [400, 401, 404]],
    ['a whole address as path', request('GET //v1/cases HTTP/1.1'), [404]],
    ['steps back', request('GET /docs/../v1/access-records HTTP/1.1'), [401, 404]],
    ['steps back, encoded', request('GET /docs/%2e%2e/v1/access-records HTTP/1.1'), [401, 404]],
    ['steps back to files', request('GET /docs/js/..%2f..%2f..%2fpackage.json HTTP/1.1'), [404]],
    ['a backslash', request('GET /docs\\..\\v1\\cases HTTP/1.1'), [400, 404]],
    ['a part of an address', request('GET /v1/cases;/../access-records HTTP/1.1'), [401, 404]],
    ['a fragment', request('GET /v1/cases#x HTTP/1.1'), [400, 401, 404]],
    ['upper case', request('GET /V1/CASES HTTP/1.1'), [404]],
    ['overlong UTF-8', request('GET /v1/cases/%c0%ae%c0%ae HTTP/1.1', token), [400]],
    [
      'raw bytes',
      Buffer.from([...Buffer.from('GET /'), 0xff, 0xfe, ...Buffer.from(` HTTP/1.1${CRLF}Host: a${CRLF}${CRLF}`)]),
      [400, 404],
    ],
    ['NUL in the address', request('GET /v1/cases\u0000 HTTP/1.1'), [400]],
    ['a long address', request(`GET /${'a'.repeat(20_000)} HTTP/1.1`), [414, 431]],
    ['many headers', request('GET /v1/cases HTTP/1.1', `X: 1${CRLF}`.repeat(3_000)), [401, 431]],
    ['TRACE', request('TRACE /v1/cases HTTP/1.1', token), [404, 405]],
    ['CONNECT', request('CONNECT 127.0.0.1:22 HTTP/1.1'), []],
    ['an unknown method', request('PWN /v1/cases HTTP/1.1'), [400]],
    ['a method in lower case', request('get /v1/cases HTTP/1.1'), [400]],
    ['everything', request('OPTIONS * HTTP/1.1'), [400, 404]],
    ['an old version', request('GET /v1/cases HTTP/0.9'), [400, 401]],
    ['a later version', `PRI * HTTP/2.0${CRLF}${CRLF}SM${CRLF}${CRLF}`, [400]],
    ['an upgrade', request('GET /v1/cases HTTP/1.1', `Connection: Upgrade${CRLF}Upgrade: websocket${CRLF}`), [401]],
    ['TLS', Buffer.from([0x16, 0x03, 0x01, 0x00, 0xa5, 0x01, 0x00, 0x00]), [400]],
    [
      'a chunk that overflows',
      request('POST /v1/cases HTTP/1.1', `Transfer-Encoding: chunked${CRLF}`, `ffffffffffffffffff${CRLF}`),
      [400, 401],
    ],
    [
      'a chunk that is none',
      request('POST /v1/cases HTTP/1.1', `Transfer-Encoding: chunked${CRLF}`, `zz${CRLF}`),
      [400, 401],
    ],
    ['nothing', '', []],
  ];
  for (const [what, bytes, expected] of cases) {
    const answers = await exchange(port, bytes);
    const statuses = statusesIn(answers);
    t.ok(statuses.length <= 1, `${what} is answered once at most: ${statuses}`);
    t.ok(
      statuses.every((status) => expected.includes(status)) && (statuses.length > 0 || expected.length === 0),
      `${what}: ${statuses}, of ${expected}`,
    );
    t.notMatch(answers, INSIDE, what);
  }
  t.equal((await get('/livez')).statusCode, 200);
});

t.test('routes that the document leaves out take anything as well', async (t) => {
  const { app } = await startApp(t, { signed: {} });
  const addresses = app.knownRoutes
    .map(({ methods, segments }) => ({ method: methods[0] as 'GET', path: segments.join('/') }))
    .filter(({ path }) => !path.startsWith('/v1/'));
  t.ok(addresses.length > 10);
  const parts = ['x', '%00', '%2e%2e%2f', '9'.repeat(30), 'x999/x999/999', '-1', '__proto__', '%f0%9f%98%80'];
  const queries = [
    '',
    '?index=-1',
    '?index=1e3',
    '?from=0&to=99999999999999999999',
    '?__proto__=x',
    '?index=0&index=1',
  ];
  const wrong: string[] = [];
  for (const { method, path } of addresses) {
    for (const part of parts) {
      for (const query of queries) {
        const url = `${path.replace(/\*|:\w+/, part)}${query}`;
        const { statusCode, body } = await app.inject({ method, url });
        const tells = !path.startsWith('/docs/') && INSIDE.test(body);
        if ((statusCode >= 500 && statusCode !== 503) || tells) wrong.push(`${method} ${url}: ${statusCode} ${body}`);
      }
    }
  }
  t.same(wrong, []);
});

t.test('who sends a body slowly, or nothing at all, is cut off, and others are served meanwhile', async (t) => {
  const { app, port, authorization, as, post } = await listening(t, { requestTimeoutMs: 500 });
  t.ok(
    app.server.headersTimeout <= app.server.requestTimeout,
    'of the two Node takes the longer one for a whole request',
  );
  const head = `POST /v1/cases HTTP/1.1${CRLF}Host: a${CRLF}Authorization: ${authorization}${CRLF}Idempotency-Key: k${CRLF}`;
  const slowly = async (bytes: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', () => {});
    socket.write(bytes);
    const timer = setInterval(() => bytes !== '' && socket.writable && socket.write(' '), 50);
    await once(socket, 'close');
    clearInterval(timer);
    return received;
  };
  const slow = [
    slowly(`${head}Content-Type: application/json${CRLF}Content-Length: 1000${CRLF}${CRLF}{`),
    slowly(`${head}X: `),
    slowly(''),
  ];
  t.equal((await post('/v1/cases', {}, await as('recorder'))).statusCode, 400);
  for (const answer of await Promise.all(slow)) t.match(answer, /^HTTP\/1\.1 408 [\s\S]*problem:request-timeout/);
});

const IDLE = 2_000;

t.test('thousands of connections on which nothing comes keep nobody else from being served', async (t) => {
  const { port, authorization } = await listening(t, { requestTimeoutMs: 3_000 });
  const allClosed = Promise.withResolvers<void>();
  let closed = 0;
  for (let opened = 0; opened < IDLE; opened += 100) {
    const more = Array.from({ length: 100 }, () => connect(port, '127.0.0.1'));
    for (const socket of more) {
      socket.on('error', () => {});
      socket.on('close', () => {
        closed++;
        if (closed === IDLE) allClosed.resolve();
      });
      socket.resume();
    }
    await Promise.all(more.map((socket) => once(socket, 'connect')));
  }
  const answer = await fetch(`http://127.0.0.1:${port}/v1/cases`, { headers: { authorization } });
  t.equal(answer.status, 200);
  await answer.body?.cancel();
  await allClosed.promise;
  t.equal(closed, IDLE, 'all are cut off');
});
