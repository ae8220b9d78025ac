import { randomUUID } from 'node:crypto';
import t from 'tap';
import { CASE_KINDS } from '../../../../domain/reference/case-kinds.ts';
import { startApp } from '../../../support/app.ts';
import { bodyOf, fugitive } from '../../../support/case-bodies.ts';
import { ordinaryWays } from '../../../support/ordinary-ways.ts';

t.test('a case is opened', async (t) => {
  const { post, as, caseEvents } = await startApp(t);
  const answer = await post('/v1/cases', fugitive, await as('recorder', 'CN', 'CN-GX-BLO'));

  t.equal(answer.statusCode, 201);
  const document = answer.json();
  t.match(document, {
    id: String,
    revision: 0,
    kind: 'fugitive',
    status: 'reported',
    direction: 'VN-CN',
    office: 'CN-GX-BLO',
    safeguards: { guardianAppointed: false, consents: [] },
  });
  t.same(document.links, {
    self: `/v1/cases/${document.id}`,
    events: `/v1/cases/${document.id}/events`,
    deadlines: `/v1/cases/${document.id}/deadlines`,
    personLinks: `/v1/cases/${document.id}/person-links`,
    next: `/v1/cases/${document.id}/next`,
  });
  t.equal(answer.headers.location, `/v1/cases/${document.id}`);
  t.equal(answer.headers.etag, '"0.v5-3.worker"');
  t.equal(answer.headers['event-position'], (await caseEvents())[0]?.position);
  t.notMatch(answer.body, /N\. V\. A\./, 'the person is not in the answer');
});

for (const kind of CASE_KINDS) {
  t.test(`a ${kind} case goes its ordinary way over HTTP`, async (t) => {
    const { post, as } = await startApp(t);
    const officer = await as(
      kind === 'trafficking-victim' || kind === 'unlawful-detention' ? 'protection' : 'recorder',
    );
    const [opening, ...steps] = ordinaryWays[kind];
    let answer = await post('/v1/cases', bodyOf(opening), officer);
    t.equal(answer.statusCode, 201, answer.body);
    const { events } = answer.json().links;
    for (const [index, step] of steps.entries()) {
      const ifMatch = { 'if-match': String(answer.headers.etag) };
      answer = await post(events, bodyOf(step), { ...officer, ...ifMatch });
      t.equal(answer.statusCode, 201, `${step.type}: ${answer.body}`);
      t.equal(answer.json().revision, index + 1);
    }
    t.match(answer.json(), { status: 'closed', handovers: [{ handoverDate: '2024-01-01', pass: 'youyi-guan' }] });
  });
}

t.test('a request that is sent again gets the first answer again, and writes nothing', async (t) => {
  const { post, as, caseEvents } = await startApp(t);
  const officer = { ...(await as('recorder')), 'idempotency-key': 'key-1' };
  const opened = await post('/v1/cases', fugitive, officer);
  const { links } = opened.json();
  const located = await post(links.events, { type: 'located', occurredAt: '2024-01-02' }, officer);
  t.equal(located.statusCode, 201, 'the same key does for another resource');
  await post(
    links.events,
    { type: 'incident-assigned', occurredAt: '2024-01-02', data: { incident: 'A-1' } },
    await as('recorder'),
  );

  for (const [url, body, first] of [
    ['/v1/cases', fugitive, opened],
    [links.events, { occurredAt: '2024-01-02', type: 'located' }, located],
  ] as const) {
    const again = await post(url, body, officer);
    t.equal(again.statusCode, 201);
    t.same(again.json(), first.json());
    for (const header of ['etag', 'event-position', 'location']) t.equal(again.headers[header], first.headers[header]);
  }
  t.equal((await caseEvents()).length, 3);
});

t.test('a key belongs to its account', async (t) => {
  const { post, as, caseEvents } = await startApp(t);
  const key = { 'idempotency-key': 'key-1' };
  const first = await post('/v1/cases', fugitive, { ...(await as('recorder', 'CN', 'CN-GX-BLO')), ...key });
  const second = await post('/v1/cases', fugitive, { ...(await as('recorder', 'CN', 'CN-YN-BLO')), ...key });
  t.not(first.json().id, second.json().id);
  t.equal((await caseEvents()).length, 2);
});

t.test('requests with one key that race write once and get one answer', async (t) => {
  const { post, as, caseEvents } = await startApp(t);
  const officer = { ...(await as('recorder')), 'idempotency-key': randomUUID() };
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('/v1/cases', fugitive, officer)));
  t.same(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size, 1);
  t.equal((await caseEvents()).length, 1);
});

t.test('of writers that saw the same revision one wins', async (t) => {
  const { post, as, caseEvents } = await startApp(t);
  const officer = await as('recorder');
  const opened = await post('/v1/cases', fugitive, officer);
  const body = { type: 'located', occurredAt: '2024-01-02' };
  const ifMatch = { ...officer, 'if-match': String(opened.headers.etag) };
  const answers = await Promise.all(Array.from({ length: 8 }, () => post(opened.json().links.events, body, ifMatch)));
  t.same(answers.map(({ statusCode }) => statusCode).toSorted(), [201, ...Array(7).fill(412)]);
  t.equal((await caseEvents()).length, 2);
});

t.test('a mistake is put right by one who has seen the case', async (t) => {
  const { post, as, caseEvents } = await startApp(t);
  const officer = await as('recorder');
  const opened = await post('/v1/cases', fugitive, officer);
  const [event] = await caseEvents();
  const correction = {
    type: 'corrected',
    occurredAt: '2024-01-03',
    data: { eventId: event?.id, occurredAt: '2023-12-31', changes: {}, reason: 'misread' },
  };
  const { events } = opened.json().links;
  t.equal((await post(events, correction, officer)).statusCode, 428);
  const answer = await post(events, correction, { ...officer, 'if-match': String(opened.headers.etag) });
  t.equal(answer.statusCode, 201, answer.body);
  t.match(answer.json(), { revision: 1, openedAt: '2023-12-31' });
});

t.test('a case is there for its office and its ministry, not for others', async (t) => {
  const { post, as } = await startApp(t);
  const opened = await post('/v1/cases', fugitive, await as('recorder', 'CN', 'CN-GX-BLO'));
  const { id, links } = opened.json();
  const locate = async (headers: Record<string, string>) =>
    (await post(links.events, { type: 'located', occurredAt: '2024-01-02' }, headers)).statusCode;
  t.equal(await locate(await as('recorder', 'CN', 'CN-YN-BLO')), 404);
  t.equal(await locate(await as('recorder', 'VN')), 404);
  t.equal(await locate(await as('protection', 'CN', 'CN-GX-BLO')), 403);
  t.equal(await locate(await as('liaison', 'CN', 'CN-MPS')), 201);

  const share = { type: 'shared-with', occurredAt: '2024-01-02', data: { offices: ['VN-LS-BLO'] } };
  await post(links.events, share, await as('recorder', 'CN', 'CN-GX-BLO'));
  t.equal(await locate(await as('recorder', 'VN', 'VN-LS-BLO')), 201);
  t.equal((await post(`/v1/cases/${id.toUpperCase()}/events`, share, await as('recorder'))).statusCode, 201);
});
