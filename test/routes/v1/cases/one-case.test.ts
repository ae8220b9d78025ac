import { randomUUID } from 'node:crypto';
import t from 'tap';
import { FOR_CASE_WORK, startApp } from '../../../support/app.ts';
import { person } from '../../../support/case-scenario.ts';
import { seenBy, sendCase, sendMore } from '../../../support/cases-over-http.ts';
import { ordinaryWays, wayTo } from '../../../support/ordinary-ways.ts';

const PROBLEM = 'urn:handover-ledger:problem:';

t.test('a case', async (t) => {
  const started = await startApp(t);
  const { get, post, as } = started;
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const ministry = await as('recorder');
  const sent = await sendCase(started, wayTo('fugitive', 'transfer-approved'), officer);
  const { self } = sent.links;

  t.test('is shown as the last write answered it, without its person', async (t) => {
    const answer = await get(self, { ...officer, ...sent.seen });
    t.equal(answer.statusCode, 200);
    t.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
    t.equal(answer.body, sent.last.body);
    t.equal(answer.headers.etag, sent.last.headers.etag);
    t.equal(answer.headers['cache-control'], 'private, no-cache');
    t.notMatch(answer.body, /N\. V\. A\.|who/);
  });

  t.test('is not sent again to those who have it', async (t) => {
    const { etag } = (await get(self, officer)).headers;
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await get(self, { ...officer, 'if-none-match': String(tag) });
      t.equal(answer.statusCode, 304, String(tag));
      t.equal(answer.body, '');
      t.equal(answer.headers.etag, etag);
    }
    t.equal((await get(self, { ...officer, 'if-none-match': '"0.v5-3.worker"' })).statusCode, 200);
    const withPerson = await get(`${self}?include=person`, { ...officer, 'if-none-match': String(etag) });
    t.equal(withPerson.statusCode, 200, 'with its person it is another representation');
    t.equal((await get(self, { ...(await as('auditor')), 'if-none-match': String(etag) })).statusCode, 200);
  });

  t.test('names its person to those who work on it, and nobody keeps that', async (t) => {
    for (const role of ['recorder', 'liaison'] as const) {
      const answer = await get(`${self}?include=person`, await as(role, 'CN', 'CN-GX-BLO'));
      t.equal(answer.statusCode, 200);
      t.same(answer.json().who, { person, caseNumbers: [] });
      t.equal(answer.headers['cache-control'], 'no-store');
      const past = await get(`${self}?include=person&revision=0`, await as(role, 'CN', 'CN-GX-BLO'));
      t.same(past.json().who, { person, caseNumbers: [] });
      t.equal(past.headers['cache-control'], 'no-store');
    }
    for (const role of ['protection', 'auditor', 'statistician', 'admin'] as const) {
      const answer = await get(`${self}?include=person`, await as(role, 'CN', 'CN-GX-BLO'));
      t.equal(answer.statusCode, 403, role);
      t.match(answer.json(), { type: `${PROBLEM}forbidden`, detail: new RegExp(role) });
      t.notMatch(answer.body, /N\. V\. A\./);
    }
    const bad = await get(`${self}?include=persons`, officer);
    t.equal(bad.statusCode, 400);
    t.match(bad.json().errors, [{ in: 'query', name: 'include', detail: 'expected person' }]);
  });

  t.test('is there for its office and its ministry, and for others once it is shared with them', async (t) => {
    const stranger = await as('liaison', 'VN', 'VN-04-BLO');
    const theirMinistry = await as('recorder', 'VN');
    const shared = await sendCase(started, [ordinaryWays.suspect[0]], officer);
    const { self, events, next } = shared.links;
    for (const url of [self, `${self}?include=person`, events, next]) {
      for (const account of [stranger, theirMinistry, await as('recorder', 'CN', 'CN-YN-BLO')]) {
        const answer = await get(url, { ...account, ...shared.seen, 'if-none-match': '*' });
        t.equal(answer.statusCode, 404, url);
        t.same(
          { ...answer.json(), instance: '' },
          { ...(await get(`/v1/cases/${randomUUID()}`, officer)).json(), instance: '' },
          'as if it were not there',
        );
      }
      t.equal((await get(url, { ...ministry, ...shared.seen, ...FOR_CASE_WORK })).statusCode, 200);
    }
    t.equal((await get(self, { ...(await as('auditor', 'VN')), ...shared.seen })).statusCode, 200, 'auditors see all');

    const step = { type: 'shared-with', data: { offices: ['VN-04-BLO'] } };
    const wait = seenBy(await sendMore(started, shared, step, officer));
    for (const url of [self, `${self}?include=person`, events, next]) {
      for (const account of [stranger, theirMinistry]) {
        t.equal((await get(url, { ...account, ...wait, ...FOR_CASE_WORK })).statusCode, 200, url);
      }
      t.equal((await get(url, { ...(await as('recorder', 'CN', 'CN-YN-BLO')), ...wait })).statusCode, 404);
    }
  });

  t.test('is shown as it stood after any of its events', async (t) => {
    const types = wayTo('fugitive', 'transfer-approved').length;
    const last = (await get(`${self}?revision=${types - 1}`, officer)).json();
    t.same(last, sent.last.json(), 'the last one is the present');
    const first = await get(`${self}?revision=0`, officer);
    t.match(first.json(), { revision: 0, status: 'reported' });
    t.equal(first.headers.etag, '"0.v5-3.worker"');
    t.equal((await get(`${self}?revision=0`, { ...officer, 'if-none-match': '"0.v5-3.worker"' })).statusCode, 304);
    t.match((await get(`${self}?revision=2`, officer)).json(), { revision: 2, status: 'captured' });
    const beyond = await get(`${self}?revision=99`, officer);
    t.equal(beyond.statusCode, 404);
    t.match(beyond.json().detail, /no revision 99; its latest is 5/);
  });

  t.test('is shown as it was known at a position, an instant and a date', async (t) => {
    const at = async (query: string) => (await get(`${self}?${query}`, officer)).json();
    for (const [revision, position] of sent.positions.entries()) {
      t.equal((await at(`asOf=${position}`)).revision, revision);
    }
    t.equal((await at(`asOf=${new Date(Date.now() + 60_000).toISOString()}`)).revision, 5);
    for (const before of ['2017-11-11', '2017-11-11T00:00:00%2B08:00', '0000000000000001']) {
      const answer = await get(`${self}?asOf=${before}`, officer);
      t.equal(answer.statusCode, 404, before);
      t.match(answer.json().detail, /nothing of this case was known then/);
    }
  });

  t.test('is shown as it was true at a time, as known now or as known then', async (t) => {
    const way = wayTo('suspect', 'transfer-approved').map((step, index) => ({
      ...step,
      occurredAt: `2024-01-0${index + 1}`,
    })) as unknown as typeof ordinaryWays.suspect;
    const dated = await sendCase(started, way, officer);
    const at = (query: string) => get(`${dated.links.self}?${query}`, { ...officer, ...dated.seen });
    t.match((await at('at=2024-01-01')).json(), { status: 'captured', revision: 3 });
    t.match((await at('at=2024-01-02T12:00:00%2B07:00')).json().status, 'identity-verified');
    t.match((await at('at=2024-01')).json().status, 'transfer-approved');
    t.equal((await at('at=2024-01-02')).headers.etag, undefined, 'no tag, since it may become known otherwise');
    t.match((await at(`at=2024-01-31&asOf=${dated.positions[1]}`)).json(), {
      status: 'identity-verified',
      revision: 1,
    });
    t.match((await at('at=2024-01-01&revision=2')).json(), { status: 'captured', revision: 2 });
    t.match((await at('at=2024-01-01&include=person')).json().who, { person });
    const before = await at('at=2023-12');
    t.equal(before.statusCode, 404);
    t.match(before.json().detail, /nothing of this case had happened then/);
  });

  t.test('is not shown for a time, a revision or an address that make no sense', async (t) => {
    const refused = async (query: string, name: string, detail: RegExp) => {
      const answer = await get(`${self}?${query}`, officer);
      t.equal(answer.statusCode, 400, query);
      t.match(answer.json(), { type: `${PROBLEM}invalid-request`, errors: [{ in: 'query', name, detail }] }, query);
    };
    await refused('asOf=yesterday', 'asOf', /an instant with its offset, a date, or an Event-Position/);
    await refused('asOf=2017-02-30', 'asOf', /an instant/);
    await refused('asOf=20171231', 'asOf', /an instant/);
    await refused('asOf=2017-11-11T00:00:00', 'asOf', /an instant/);
    await refused('asOf=2017-11', 'asOf', /an instant/);
    await refused('asOf=', 'asOf', /an instant/);
    await refused('asOf=2017-11-11&zone=Europe/Paris', 'zone', /Asia\/Shanghai or Asia\/Ho_Chi_Minh/);
    await refused('at=soon', 'at', /a month/);
    for (const revision of ['-1', '1.5', 'x', '', '0x1', '1e1', '1&revision=2']) {
      await refused(`revision=${revision}`, 'revision', /a whole number from 0/);
    }
    await refused('asOf=2017-11-11&revision=1', 'revision', /either asOf or revision/);
    await refused('colour=red', 'colour', /./);
    const noId = await get('/v1/cases/7', officer);
    t.equal(noId.statusCode, 400);
    t.match(noId.json().errors, [{ in: 'path', name: 'caseId', detail: /UUID/ }]);
    t.equal((await get(self.toUpperCase().replace('/V1/CASES', '/v1/cases'), officer)).statusCode, 200);
    t.equal((await post(self, {}, officer)).statusCode, 405);
  });
});

t.test('the persons of victims and detained persons are for protection alone', async (t) => {
  const started = await startApp(t);
  const { get, as } = started;
  const protection = await as('protection', 'CN', 'CN-GX-BLO');
  for (const kind of ['trafficking-victim', 'unlawful-detention'] as const) {
    const { links, seen } = await sendCase(started, [ordinaryWays[kind][0]], protection);
    for (const url of [links.self, links.events]) {
      const answer = await get(`${url}?include=person`, { ...protection, ...seen });
      t.equal(answer.statusCode, 200);
      t.match(answer.body, /N\. V\. A\./);
      for (const role of ['recorder', 'liaison', 'auditor'] as const) {
        const account = await as(role, 'CN', 'CN-GX-BLO');
        t.equal((await get(url, { ...account, ...seen })).statusCode, 200, `${role} sees that there is one`);
        const refused = await get(`${url}?include=person`, { ...account, ...seen });
        t.equal(refused.statusCode, 403, role);
        t.match(refused.json().detail, new RegExp(kind));
      }
    }
  }
});

t.test('a case is known as of the end of a day where the sender says it ends', async (t) => {
  const started = await startApp(t);
  const { get, as, ledger } = started;
  const officer = await as('recorder');
  const id = randomUUID();
  // Recorded in the hour that is New Year already in China and still New Year's Eve in Viet Nam.
  const imported = { recordedAt: '2023-12-31T16:30:00.000Z', eventId: randomUUID() };
  const { type, particulars } = ordinaryWays.fugitive[0];
  const answer = await ledger.commands.execute(
    id,
    { name: 'open', type, occurredAt: '2023-12-01', data: {}, particulars },
    {
      commandId: randomUUID(),
      recordedBy: { subject: 'officer-1', office: 'CN-MPS', side: 'CN', role: 'recorder' },
      correlationId: 'test',
      imported,
    },
  );
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  const asOf = async (query: string) =>
    (await get(`/v1/cases/${id}?asOf=${query}`, { ...officer, 'min-event-position': answer.value.position }))
      .statusCode;
  t.equal(await asOf('2023-12-31'), 404, 'in China, where nothing else is said');
  t.equal(await asOf('2023-12-31&zone=Asia/Shanghai'), 404);
  t.equal(await asOf('2023-12-31&zone=Asia/Ho_Chi_Minh'), 200);
  t.equal(await asOf('2024-01-01'), 200);
  t.equal(await asOf('2024-01-01T00:29:59%2B08:00'), 404);
  t.equal(await asOf('2024-01-01T00:30:00%2B08:00'), 200);
});
