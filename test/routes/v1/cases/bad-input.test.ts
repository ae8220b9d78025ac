import { randomUUID } from 'node:crypto';
import t, { type Test } from 'tap';
import type { Answer, Headers } from '../../../support/app.ts';
import { startApp } from '../../../support/app.ts';
import { bodyOf, fugitive } from '../../../support/case-bodies.ts';
import { ordinaryWays } from '../../../support/ordinary-ways.ts';

/** Two open cases, one of them ready for its handover; everything sent after that is bad. */
const startWithCases = async (t: Test) => {
  const started = await startApp(t);
  const officer = await started.as('recorder');
  const [opening, ...steps] = ordinaryWays.fugitive;
  const transferred = (await started.post('/v1/cases', bodyOf(opening), officer)).json();
  for (const step of steps.slice(0, 6)) await started.post(transferred.links.events, bodyOf(step), officer);
  const opened = (await started.post('/v1/cases', fugitive, officer)).json();
  const before = (await started.caseEvents()).length;
  t.equal(before, 8);
  return { ...started, officer, opened, transferred, before };
};

interface Expected {
  readonly status: number;
  readonly type: string;
  /** The fault that is named, and what it says would be right. */
  readonly fault?: Record<string, unknown>;
  readonly detail?: RegExp;
}

const isProblem = (t: Test, answer: Answer, what: string, { status, type, fault, detail = /./ }: Expected): void => {
  t.equal(answer.statusCode, status, what);
  t.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8', what);
  const problem = answer.json();
  const expected = { type: `urn:handover-ledger:problem:${type}`, status, title: String, detail, instance: /^urn:/ };
  t.match(problem, { ...expected, ...(fault && { errors: [fault] }) }, what);
};

t.test('a body that is no JSON', async (t) => {
  const { post, officer, caseEvents, before } = await startWithCases(t);
  const type = 'malformed-json';
  const bodies: readonly [what: string, body: string | Buffer, detail: RegExp][] = [
    ['nothing', '', /the body is empty; expected a JSON object/],
    ['cut off', '{"kind":"fugitive"', /no JSON/],
    ['another syntax', "{kind: 'fugitive'}", /no JSON/],
    ['a trailing comma', '{\n  "kind": "fugitive",\n}', /no JSON at line 3, column 1/],
    ['another encoding', Buffer.from('{"kind":"fugitivé"}', 'latin1'), /not in UTF-8/],
    ['a number that no double holds', '{"kind":1e400}', /too large/],
    ['one of too many digits', `{"kind":[{"a":-${'9'.repeat(400)}}]}`, /too large/],
    ['half a character', '{"kind":"\\ud83d"}', /half a character/],
    ['a prototype', '{"__proto__":{"kind":"fugitive"}}', /__proto__/],
  ];
  for (const [what, body, detail] of bodies) {
    isProblem(t, await post('/v1/cases', body, officer), what, { status: 400, type, detail });
  }
  const characters = { ...fugitive, incident: '😀' };
  t.equal((await post('/v1/cases', JSON.stringify(characters), officer)).json().errors[0].pointer, '/incident');
  t.equal((await caseEvents()).length, before, 'nothing was written');
});

t.test('a body of another kind or size', async (t) => {
  const { post, officer, caseEvents, before } = await startWithCases(t);
  const send = (body: string, headers: Headers) => post('/v1/cases', body, { ...officer, ...headers });
  const unsupported = { status: 415, type: 'unsupported-media-type', fault: { in: 'header', name: 'Content-Type' } };
  isProblem(
    t,
    await send('kind=fugitive', { 'content-type': 'application/x-www-form-urlencoded' }),
    'form',
    unsupported,
  );
  isProblem(t, await send('fugitive', { 'content-type': 'text/plain' }), 'text', unsupported);
  isProblem(t, await send(JSON.stringify(fugitive), { 'content-encoding': 'gzip' }), 'coding', {
    ...unsupported,
    fault: { in: 'header', name: 'Content-Encoding', detail: /expected none/ },
  });
  const large = JSON.stringify({ ...fugitive, data: { note: 'x'.repeat(256 * 1024) } });
  isProblem(t, await send(large, {}), 'large', { status: 413, type: 'too-large', detail: /262144 bytes/ });
  for (const body of ['[]', '"fugitive"', 'null', '7']) {
    const fault = { pointer: '', detail: /expected an object/ };
    isProblem(t, await send(body, {}), body, { status: 400, type: 'invalid-request', fault });
  }
  t.equal((await caseEvents()).length, before, 'nothing was written');
});

t.test('a new case that is not as it should be', async (t) => {
  const { post, officer, caseEvents, before } = await startWithCases(t);
  const invalid = (pointer: string, detail: RegExp) => ({
    status: 400,
    type: 'invalid-request',
    fault: { pointer, detail },
  });
  const refused = (pointer: string, detail: RegExp, code = 'invalid') => ({
    status: 422,
    type: 'refused',
    fault: { code, pointer, detail },
    detail: /\/v1\/lifecycles shows/,
  });
  const { occurredAt: _, ...timeless } = fugitive;
  const { person: __, ...nobody } = fugitive;
  const cases: readonly [what: string, body: unknown, expected: Expected][] = [
    ['no time', timeless, invalid('/occurredAt', /is required/)],
    [
      'a time in other words',
      { ...fugitive, occurredAt: '3/11/2017' },
      invalid('/occurredAt', /an instant with its offset/),
    ],
    ['a day that is not', { ...fugitive, occurredAt: '2024-02-30' }, invalid('/occurredAt', /there is no such day/)],
    ['a number for a type', { ...fugitive, type: 7 }, invalid('/type', /expected a text/)],
    ['data that are a list', { ...fugitive, data: [] }, invalid('/data', /expected an object/)],
    [
      'an office of nobody',
      { ...fugitive, statedBy: { office: 'GX', document: 'x' } },
      invalid('/statedBy/office', /CN-GX-BLO/),
    ],
    ['an unknown field', { ...fugitive, nickname: 'A.' }, refused('/nickname', /unknown field "nickname"/)],
    ['an unknown kind', { ...fugitive, kind: 'spy' }, refused('/kind', /one of: fugitive, suspect/)],
    ['nobody', nobody, refused('/person', /is required: expected an object/)],
    [
      'an unknown field of the person',
      { ...fugitive, person: { ...fugitive.person, age: 30 } },
      refused('/person/age', /unknown field/),
    ],
    ['a third side', { ...fugitive, requestingParty: 'LA' }, refused('/requestingParty', /the code of a side: CN, VN/)],
    [
      'an unknown offence',
      { ...fugitive, offences: [{ iccs: '9999' }] },
      refused('/offences/0/iccs', /code of an offence/),
    ],
    [
      'the future',
      { ...fugitive, occurredAt: '2199-01-01' },
      refused('/occurredAt', /is in the future; it is/, 'in-the-future'),
    ],
    ['another event', { ...fugitive, type: 'closed' }, refused('/type', /begins with reported/, 'out-of-order')],
    ['an unknown event', { ...fugitive, type: 'vanished' }, refused('/type', /begins with reported/, 'out-of-order')],
    [
      'no warrant',
      { ...fugitive, warrant: undefined },
      refused('/warrant', /say which in `warrant`/, 'safeguard-missing'),
    ],
    [
      'the wrong side',
      { ...fugitive, requestingParty: 'VN' },
      refused('/statedBy', /for the requesting party \(VN\)/, 'wrong-side'),
    ],
    ['unknown data', { ...fugitive, data: { speed: 3 } }, refused('/data/speed', /unknown field/)],
  ];
  for (const [what, body, expected] of cases) isProblem(t, await post('/v1/cases', body, officer), what, expected);
  const all = (await post('/v1/cases', { ...fugitive, kind: 'spy', minor: 'no', x: 1 }, officer)).json();
  t.same(
    all.errors.map(({ pointer }: { pointer: string }) => pointer),
    ['/kind', '/minor', '/x'],
    'all faults at once',
  );
  t.equal((await caseEvents()).length, before, 'nothing was written');
});

t.test('an event that the case does not take', async (t) => {
  const { post, officer, opened, transferred, caseEvents, before } = await startWithCases(t);
  const refused = (code: string, pointer: string, detail: RegExp) => ({
    status: 422,
    type: 'refused',
    fault: { code, pointer, detail },
    detail: /\/next shows what may come next$/,
  });
  const handover = (data: object, occurredAt = '2024-01-02') => ({
    type: 'handed-over-at-border-pass',
    occurredAt,
    data,
  });
  const date = { handoverDate: '2024-01-02' };
  const event = (type: string, more: object = {}) => ({ type, occurredAt: '2024-01-02', ...more });
  const early = { ...event('located'), occurredAt: '2023-01-01' };
  const future = { ...event('located'), occurredAt: '2199-12-31T00:00:00+08:00' };
  const cases: readonly [what: string, of: typeof opened, body: unknown, expected: Expected][] = [
    ['unknown type', opened, event('vanished'), refused('unknown-event-type', '/type', /no event type "vanished"/)],
    [
      'another kind',
      opened,
      event('rescued'),
      refused('unknown-event-type', '/type', /a fugitive case has no event rescued/),
    ],
    ['out of order', opened, event('receipt-acknowledged'), refused('out-of-order', '/type', /can go on with: /)],
    [
      'wrong side',
      transferred,
      event('postponed'),
      refused('wrong-side', '/statedBy', /delivering party \(VN\).*give `statedBy`/),
    ],
    ['in the future', opened, future, refused('in-the-future', '/occurredAt', /it is \d{4}-/)],
    ['before the opening', opened, early, refused('times-out-of-order', '/occurredAt', /`recorded-late`/)],
    [
      'unknown province',
      opened,
      event('located', { data: { province: 'VN-99' } }),
      refused('invalid', '/data/province', /VN-09/),
    ],
    [
      'unknown field',
      opened,
      event('located', { data: { city: 'Hanoi' } }),
      refused('invalid', '/data/city', /unknown field/),
    ],
    [
      'unknown pass',
      transferred,
      handover({ ...date, pass: 'x' }),
      refused('invalid', '/data/pass', /border pass: dongxing/),
    ],
    ['no date', transferred, handover({ pass: 'dongxing' }), refused('invalid', '/data/handoverDate', /./)],
    [
      'no such date',
      transferred,
      handover({ handoverDate: '2024-13' }),
      refused('invalid', '/data/handoverDate', /in the minutes/),
    ],
    [
      'two dates',
      transferred,
      handover({ handoverDate: '2020-01-01' }),
      refused('times-out-of-order', '/data/handoverDate', /does not go with/),
    ],
  ];
  for (const [what, of, body, expected] of cases)
    isProblem(t, await post(of.links.events, body, officer), what, expected);

  const shape = await post(opened.links.events, { type: 'located', when: 'today', 'a/b': 1 }, officer);
  t.same(
    shape.json().errors.map(({ pointer }: { pointer: string }) => pointer),
    ['/occurredAt', '/when', '/a~1b'],
    'pointers are escaped (RFC 6901)',
  );
  t.equal((await caseEvents()).length, before, 'nothing was written');
});

t.test('a province that had been merged into another by then', async (t) => {
  const { post, officer, caseEvents } = await startApp(t).then(async (app) => ({
    ...app,
    officer: await app.as('recorder'),
  }));
  const opened = (await post('/v1/cases', { ...fugitive, occurredAt: '2025-08-01' }, officer)).json();
  const body = { type: 'located', occurredAt: '2025-08-02', data: { province: 'VN-03' } };
  const fault = { code: 'reference-not-valid', pointer: '/data/province', detail: /valid .*2025-07-01/ };
  isProblem(t, await post(opened.links.events, body, officer), 'Hà Giang', { status: 422, type: 'refused', fault });
  t.equal((await caseEvents()).length, 1);
});

t.test('a case that is not there', async (t) => {
  const { post, officer, caseEvents, before } = await startWithCases(t);
  const body = { type: 'located', occurredAt: '2024-01-02' };
  const send = (id: string) => post(`/v1/cases/${id}/events`, body, officer);
  isProblem(t, await send(randomUUID()), 'unknown', { status: 404, type: 'not-found', detail: /no such case/ });
  const fault = { in: 'path', name: 'caseId', detail: /expected the id of a case/ };
  isProblem(t, await send('L-2017-1'), 'no id', { status: 400, type: 'invalid-request', fault });
  t.equal((await caseEvents()).length, before, 'nothing was written');
});

t.test('a precondition that is missing or does not hold', async (t) => {
  const { post, officer, opened, transferred, caseEvents, before } = await startWithCases(t);
  const send = (type: string, ifMatch?: string, data: object = {}) =>
    post(
      opened.links.events,
      { type, occurredAt: '2024-01-02', data },
      { ...officer, ...(ifMatch && { 'if-match': ifMatch }) },
    );
  const required = {
    status: 428,
    type: 'precondition-required',
    fault: { in: 'header', name: 'If-Match', detail: /expected the ETag of the case/ },
  };
  for (const type of ['corrected', 'annulled', 'recorded-late', 'merged', 'unmerged']) {
    isProblem(t, await send(type), type, required);
    isProblem(t, await send(type, '*'), `${type}, any`, required);
  }
  const stale = { status: 412, type: 'stale', detail: /at revision 0, not at 7; read it again/ };
  isProblem(t, await send('located', '"7.v2-1.worker"'), 'ahead', stale);
  isProblem(t, await send('merged', '"7.v2-1.worker"', { into: transferred.id }), 'merger', stale);
  const fault = { in: 'header', name: 'If-Match', detail: /such as "12\.v2-1\.worker"/ };
  isProblem(t, await send('located', 'yesterday'), 'no tag', { status: 400, type: 'invalid-request', fault });
  t.equal((await caseEvents()).length, before, 'nothing was written');
});

t.test('an idempotency key that is missing, unfit or used', async (t) => {
  const { app, post, officer, opened, caseEvents, before } = await startWithCases(t);
  const fault = { in: 'header', name: 'Idempotency-Key', detail: /1 to 200 visible ASCII characters/ };
  const missing = { status: 400, type: 'invalid-request', fault };
  const without = await app.inject({ method: 'POST', url: '/v1/cases', headers: officer, payload: fugitive });
  isProblem(t, without, 'missing', missing);
  for (const key of ['', 'two words', 'é', 'x'.repeat(201)]) {
    isProblem(t, await post('/v1/cases', fugitive, { ...officer, 'idempotency-key': key }), `"${key}"`, missing);
  }

  const key = { ...officer, 'idempotency-key': 'key-1' };
  t.equal((await post('/v1/cases', fugitive, key)).statusCode, 201);
  t.equal((await post(opened.links.events, { type: 'located', occurredAt: '2024-01-02' }, key)).statusCode, 201);
  const reused = {
    status: 422,
    type: 'idempotency-key-reused',
    fault: { in: 'header', name: 'Idempotency-Key' },
    detail: /send the same body again, or a new key/,
  };
  isProblem(t, await post('/v1/cases', { ...fugitive, minor: true }, key), 'another case', reused);
  const other = { type: 'located', occurredAt: '2024-01-03' };
  isProblem(t, await post(opened.links.events, other, key), 'another event', reused);
  t.equal((await caseEvents()).length, before + 2, 'nothing more was written');
});

t.test('an address or a method that is not known', async (t) => {
  const { app, get, officer, opened } = await startWithCases(t);
  isProblem(t, await get('/v2/cases', officer), 'address', {
    status: 404,
    type: 'not-found',
    detail: /\/openapi\.json/,
  });
  const answer = await app.inject({ method: 'DELETE', url: opened.links.events, headers: officer });
  isProblem(t, answer, 'method', { status: 405, type: 'method-not-allowed', detail: /DELETE is not known here/ });
  t.match(answer.headers.allow, /\bPOST\b/);
  isProblem(t, await get('/v1/%zz', officer), 'escape', { status: 400, type: 'malformed-request' });
});
