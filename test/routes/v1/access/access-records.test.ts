import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { type Headers, startApp, type TestApp } from '../../../support/app.ts';
import { sendCase, sendMore } from '../../../support/cases-over-http.ts';
import { ordinaryWays, wayTo } from '../../../support/ordinary-ways.ts';

const PROBLEM = 'urn:handover-ledger:problem:';

/** What auditors find, when all that was read is there. */
const foundBy = async ({ access, get, as, views }: TestApp, query: string, more: Headers = {}) => {
  while (access.status().records > 0) await wait(10);
  await views.upToDate();
  const answer = await get(`/v1/access-records?${query}`, { ...(await as('auditor')), ...more });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer;
};

t.test('who has read what of a person is found by auditors', async (t) => {
  const started = await startApp(t);
  const { get, post, as } = started;
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const liaison = await as('liaison', 'CN', 'CN-GX-BLO');
  const protection = await as('protection', 'CN', 'CN-GX-BLO');
  const wanted = await sendCase(started, wayTo('fugitive', 'captured') as never, officer);
  const victim = await sendCase(started, [ordinaryWays['trafficking-victim'][0]], protection);
  const seen = victim.seen;
  const find = async (query: string) => (await foundBy(started, query)).json().records;

  t.test('with the case, the account, the time and the request', async (t) => {
    const before = new Date().toISOString();
    t.equal((await get(wanted.links.self, { ...officer, ...seen })).statusCode, 200);
    t.same(await find(`case=${wanted.id}`), [], 'a case without its person is nobody’s data');
    const shown = await get(`${wanted.links.self}?include=person`, {
      ...officer,
      ...seen,
      'x-request-id': 'request-of-mine',
    });
    t.ok(shown.json().who.person);
    const [record, ...others] = await find(`case=${wanted.id}`);
    t.same(others, []);
    t.match(record, {
      by: { subject: 'recorder-of-CN-GX-BLO', office: 'CN-GX-BLO', side: 'CN', role: 'recorder' },
      part: 'person',
      outcome: 'shown',
      records: [{ category: 'case', id: wanted.id, revision: 2 }],
      operation: 'getCase',
      requestId: 'request-of-mine',
    });
    t.ok(record.at >= before && record.at <= new Date().toISOString());
    t.notOk('purpose' in record);
    const tag = { 'if-none-match': String(shown.headers.etag) };
    t.equal((await get(`${wanted.links.self}?include=person`, { ...liaison, ...seen, ...tag })).statusCode, 304);
    await get(`${wanted.links.self}?include=person&revision=1`, { ...liaison, ...seen });
    t.match(await find(`case=${wanted.id}&role=liaison`), [
      { records: [{ revision: 1 }] },
      { records: [{ revision: 2 }] },
    ]);
    t.equal((await get(`${wanted.links.self}?include=person&revision=9`, { ...liaison, ...seen })).statusCode, 404);
    t.equal((await find(`case=${wanted.id}`)).length, 3, 'what was not there was not shown');
  });

  t.test('of a search, the cases that were shown, and nothing of what was searched for', async (t) => {
    const search = (body: object, account: Headers) => post('/v1/cases/search', body, { ...account, ...seen });
    t.equal((await search({ name: 'N. V. A.' }, officer)).json().cases.length, 1);
    t.same((await search({ name: 'Somebody Else', caseNumber: '桂公 2017' }, officer)).json().cases, []);
    const records = await find('part=search');
    t.match(records, [
      { records: [], searchedBy: ['name', 'caseNumber'] },
      { records: [{ id: wanted.id }], searchedBy: ['name'] },
    ]);
    t.notMatch(JSON.stringify(records), /N\. V\.|Somebody|桂公/);
    for await (const chunk of started.ledger.log.readAll()) {
      for (const { data } of chunk) t.notMatch(data, /Somebody|桂公/);
    }
  });

  t.test('with the purpose that some have to give', async (t) => {
    const url = `${victim.links.self}?include=person`;
    const { authorization } = protection;
    const refused = await get(url, { authorization, ...seen, 'accept-language': 'vi' });
    t.equal(refused.statusCode, 403);
    t.match(refused.json(), {
      type: `${PROBLEM}purpose-required`,
      title: 'Yêu cầu phải nêu mục đích',
      errors: [{ in: 'header', name: 'Access-Purpose', detail: /one of: case-work, .*supervision/ }],
    });
    t.notMatch(refused.body, 'N. V. A.');
    for (const purpose of ['curiosity', 'case-work, handover', 'case-work; reference=1', 'case-work; reference=""']) {
      const answer = await get(url, { authorization, ...seen, 'access-purpose': purpose });
      t.equal(answer.statusCode, 400, purpose);
      t.match(answer.json().errors, [{ in: 'header', name: 'Access-Purpose' }]);
    }
    const purpose = { 'access-purpose': 'legal-proceedings; reference="2026/17"' };
    t.equal((await get(url, { authorization, ...seen, ...purpose })).statusCode, 200);
    t.match(await find(`case=${victim.id}`), [
      { outcome: 'shown', purpose: 'legal-proceedings', reference: '2026/17' },
      { outcome: 'purpose-missing', records: [{ id: victim.id }] },
    ]);
    t.equal((await find('purpose=legal-proceedings,supervision')).length, 1);

    const shared = await sendMore(
      started,
      wanted,
      { type: 'shared-with', data: { offices: ['VN-04-BLO', 'CN-YN-BLO'] } },
      officer,
    );
    const all = { 'min-event-position': String(shared.headers['event-position']) };
    for (const [side, office, status] of [
      ['CN', 'CN-GX-BLO', 200],
      ['CN', 'CN-YN-BLO', 200],
      ['CN', 'CN-MPS', 403],
      ['VN', 'VN-04-BLO', 403],
      ['VN', 'VN-MPS', 403],
    ] as const) {
      const account = { ...(await as('recorder', side, office)), ...all };
      for (const url of [`${wanted.links.self}?include=person`, `${wanted.links.events}?include=person`]) {
        t.equal((await get(url, account)).statusCode, status, `${office} ${url}`);
        t.equal((await get(url, { ...account, 'access-purpose': 'handover' })).statusCode, 200, office);
      }
    }
    const statusOfSearch = async (headers: Headers) =>
      (await post('/v1/cases/search', { name: 'N. V. A.' }, headers)).statusCode;
    const ministry = { ...(await as('recorder')), ...all };
    t.equal(await statusOfSearch(ministry), 403, 'a person is found whose case is not its own');
    t.equal(await statusOfSearch({ ...ministry, 'access-purpose': 'supervision' }), 200);
  });

  t.test('and who was refused', async (t) => {
    for (const role of ['recorder', 'auditor', 'statistician'] as const) {
      const account = await as(role, 'CN', 'CN-GX-BLO');
      t.equal((await get(`${victim.links.self}?include=person`, { ...account, ...seen })).statusCode, 403, role);
      t.match(
        await find(`case=${victim.id}&outcome=refused&role=${role}`),
        [{ outcome: 'refused', by: { role }, records: [{ category: 'case', id: victim.id }] }],
        role,
      );
    }
    await post('/v1/cases/search', { name: 'N.' }, { ...(await as('admin')), ...seen });
    t.match(await find('role=admin'), [{ part: 'search', outcome: 'refused', records: [] }]);
  });

  t.test('by account, office, day and part, page by page, in words', async (t) => {
    const all = await find('limit=500');
    t.same(
      [...all].sort((a, b) => b.at.localeCompare(a.at)).map(({ id }) => id),
      all.map(({ id }: { id: string }) => id),
    );
    const by = async (query: string) => (await find(`limit=500&${query}`)).map(({ id }: { id: string }) => id);
    const where = (holds: (record: never) => boolean) => all.filter(holds).map(({ id }: { id: string }) => id);
    t.same(
      await by('office=CN-YN-BLO'),
      where(({ by: { office } }: never) => office === 'CN-YN-BLO'),
    );
    t.same(
      await by('subject=liaison-of-CN-GX-BLO'),
      where(({ by: { role } }: never) => role === 'liaison'),
    );
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    t.same(
      await by(`from=${today}&to=${today}`),
      where(() => true),
    );
    t.same(await by('to=2024-12-31'), []);

    const pages: string[][] = [];
    for (let url: string | undefined = 'limit=5'; url !== undefined; ) {
      const answer = await foundBy(started, url);
      pages.push(answer.json().records.map(({ id }: { id: string }) => id));
      url = /\?([^>]*)>; rel="next"/.exec(String(answer.headers.link))?.[1];
    }
    t.ok(pages.length > 3);
    t.same(
      pages.flat(),
      where(() => true),
    );

    const [labelled] = (
      await foundBy(started, 'outcome=purpose-missing&role=protection', { 'accept-language': 'zh' })
    ).json().records;
    t.match(labelled.labels, { outcome: '未说明用途', part: '当事人身份', role: '保护专员' });
    for (const query of [
      'case=7',
      `case=${randomUUID()}&record=${randomUUID()}`,
      'from=2024-02-02&to=2024-02-01',
      'colour=red',
    ]) {
      t.equal((await get(`/v1/access-records?${query}`, await as('auditor'))).statusCode, 400, query);
    }
  });
});

t.test(
  'of who was refused by role the case is told by its id, and nothing else that stands in the address',
  async (t) => {
    const started = await startApp(t);
    const { get, as } = started;
    const statistician = await as('statistician');
    const id = '00000000-0000-4000-8000-00000000000a';
    for (const part of ['N. V. A., born in 1990', '__proto__', id.toUpperCase()]) {
      const refused = await get(`/v1/cases/${encodeURIComponent(part)}/candidates`, statistician);
      t.equal(refused.statusCode, 403);
    }
    const { records } = (await foundBy(started, 'outcome=refused')).json();
    t.same(
      records.map((each: { records: { id: string }[] }) => each.records.map((record) => record.id)),
      [[id], [], []],
    );
  },
);

t.test('what cannot be put on record is not shown', async (t) => {
  const started = await startApp(t);
  const { get, as, ledger, logged } = started;
  const officer = await as('recorder');
  const { links, seen } = await sendCase(started, [ordinaryWays.fugitive[0]], officer);
  rmSync(join(ledger.directory, 'access', 'spool'), { recursive: true });
  for (const url of [`${links.self}?include=person`, `${links.events}?include=person`]) {
    const answer = await get(url, { ...officer, ...seen });
    t.equal(answer.statusCode, 503, url);
    t.match(answer.json(), { type: `${PROBLEM}unavailable`, detail: /cannot be put on record/ });
    t.ok(answer.headers['retry-after']);
    t.notOk(answer.headers.etag);
    t.notMatch(answer.body, 'N. V. A.');
  }
  t.equal((await get(links.self, { ...officer, ...seen })).statusCode, 200, 'what is nobody’s is');
  const refused = await get(`${links.self}?include=person`, { ...(await as('auditor')), ...seen });
  t.equal(refused.statusCode, 403, 'a refusal stands');
  t.match(logged(), /a refusal cannot be put on record/);
});
