import t from 'tap';
import { type Answer, startApp } from '../../../support/app.ts';
import type { Opening, Step } from '../../../support/case-scenario.ts';
import { sendCase, sendMore } from '../../../support/cases-over-http.ts';
import { ordinaryWays, wayTo } from '../../../support/ordinary-ways.ts';

type Way = readonly [Opening, ...Step[]];

/** A way of which everything happened on one day, and its case belongs to an affair. */
const on = (day: string, way: Way, more: Readonly<Record<string, unknown>> = {}): Way =>
  way.map((step) => ({
    ...step,
    occurredAt: day,
    ...('particulars' in step && { particulars: { ...step.particulars, ...more } }),
    ...(step.data && 'handoverDate' in step.data && { data: { ...step.data, handoverDate: day } }),
  })) as unknown as Way;

t.test('cases are listed', async (t) => {
  const started = await startApp(t);
  const { get, as } = started;
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const protection = await as('protection', 'CN', 'CN-GX-BLO');
  const january = await sendCase(started, on('2024-01-10', ordinaryWays.fugitive, { incident: 'affair-1' }), officer);
  const march = await sendCase(started, on('2024-03-10', wayTo('suspect', 'transferred')), officer);
  const february = await sendCase(started, on('2024-02-10', wayTo('fugitive', 'captured')), officer);
  const victim = await sendCase(started, on('2024-02-20', wayTo('trafficking-victim', 'taken-into-care')), protection);
  const agreed = {
    type: 'handover-agreed',
    occurredAt: '2024-03-11',
    data: { agreedDate: '2024-04-01', pass: 'hekou' },
  };
  await sendMore(started, march, agreed, officer);
  const elsewhere = await sendCase(started, [ordinaryWays.suspect[0]], await as('recorder', 'CN', 'CN-YN-BLO'));
  await sendMore(
    started,
    elsewhere,
    { type: 'shared-with', data: { offices: ['VN-04-BLO'] } },
    await as('recorder', 'CN', 'CN-YN-BLO'),
  );

  const names: Readonly<Record<string, string>> = {
    [january.id]: 'january',
    [march.id]: 'march',
    [february.id]: 'february',
    [victim.id]: 'victim',
    [elsewhere.id]: 'elsewhere',
  };
  const shown = (answer: Answer): readonly string[] =>
    answer.json().cases.map(({ id }: { id: string }) => names[id] ?? id);
  const seen = { 'min-event-position': (await started.caseEvents()).at(-1)?.position as string };
  const list = async (query: string, account = officer) => {
    const answer = await get(`/v1/cases?${query}`, { ...account, ...seen });
    t.equal(answer.statusCode, 200, answer.body);
    return shown(answer);
  };

  t.test('by everything that they are told apart by', async (t) => {
    for (const [query, expected] of [
      ['', ['march', 'february', 'january']],
      ['kind=fugitive', ['february', 'january']],
      ['kind=fugitive&kind=suspect', ['march', 'february', 'january']],
      ['kind=trafficking-victim,unlawful-detention', ['victim']],
      ['status=captured', ['february']],
      ['status=captured,in-care', ['february']],
      ['party=CN', ['march', 'february', 'january']],
      ['party=VN', []],
      ['party=VN&kind=trafficking-victim', ['victim']],
      ['direction=CN-VN&kind=trafficking-victim', ['victim']],
      ['office=CN-GX-BLO', ['march', 'february', 'january']],
      ['office=VN-04-BLO', []],
      ['pass=youyi-guan', ['january']],
      ['pass=hekou', ['march']],
      ['incident=affair-1', ['january']],
      ['openedFrom=2024-02-10', ['march', 'february']],
      ['openedFrom=2024-02-11', ['march']],
      ['openedTo=2024-02-10', ['february', 'january']],
      ['openedTo=2024-02-09', ['january']],
      ['openedFrom=2024-02-10&openedTo=2024-02-10', ['february']],
      ['sinceFrom=2024-03-10', ['march']],
      ['sinceTo=2024-02-19', ['february', 'january']],
      ['handedOverFrom=2024-01-10&handedOverTo=2024-01-10', ['january']],
      ['handedOverFrom=2024-01-11', []],
      ['kind=fugitive&status=closed&incident=affair-1&sort=opened&limit=1', ['january']],
    ] as const) {
      t.same(await list(query), expected, query);
    }
  });

  t.test('in each order, page after page', async (t) => {
    for (const [sort, expected] of [
      ['opened', ['january', 'february', 'march']],
      ['-opened', ['march', 'february', 'january']],
      ['since', ['january', 'february', 'march']],
      ['-since', ['march', 'february', 'january']],
    ] as const) {
      const found: string[] = [];
      let url: string | undefined = `/v1/cases?sort=${sort}&limit=1&party=CN`;
      let pages = 0;
      while (url !== undefined) {
        const answer: Answer = await get(url, { ...officer, ...seen });
        found.push(...shown(answer));
        pages++;
        const link = answer.headers.link as string | undefined;
        url = link === undefined ? undefined : /^<([^>]+)>; rel="next"$/.exec(link)?.[1];
      }
      t.same(found, expected, sort);
      t.equal(pages, 3, 'no empty page at the end');
    }
  });

  t.test('for those who see them', async (t) => {
    t.same(await list('', await as('recorder')), ['march', 'february', 'january', 'elsewhere']);
    t.same(await list('', await as('auditor', 'VN')), ['march', 'february', 'january', 'elsewhere']);
    t.same(await list('', await as('liaison', 'VN', 'VN-04-BLO')), ['elsewhere']);
    t.same(await list('', await as('recorder', 'VN')), ['elsewhere'], 'their ministry');
    t.same(await list('office=VN-04-BLO', await as('recorder')), ['elsewhere']);
    t.same(await list('', await as('recorder', 'CN', 'CN-HN-BLO')), []);
    for (const role of ['statistician', 'admin'] as const) {
      t.equal((await get('/v1/cases', await as(role))).statusCode, 403, role);
    }
  });

  t.test('victims apart from all others, whoever asks, and without who they are', async (t) => {
    t.same(await list('', protection), ['victim'], 'the role that works on their cases');
    t.same(await list('kind=fugitive', protection), ['february', 'january']);
    for (const account of [officer, protection, await as('auditor'), await as('liaison')]) {
      t.same(await list('kind=trafficking-victim', account), ['victim']);
      const answer = await get('/v1/cases?kind=suspect,trafficking-victim', { ...account, ...seen });
      t.equal(answer.statusCode, 400);
      t.match(answer.json().errors, [{ in: 'query', name: 'kind', detail: /never in one list/ }]);
      for (const query of ['', '?kind=trafficking-victim']) {
        t.notMatch((await get(`/v1/cases${query}`, { ...account, ...seen })).body, /N\. V\. A\.|"who"/);
      }
    }
  });

  t.test('as each of them is shown alone, without persons', async (t) => {
    const answer = await get('/v1/cases', { ...officer, ...seen });
    for (const each of answer.json().cases) t.same(each, (await get(each.links.self, officer)).json());
    t.notMatch(answer.body, /N\. V\. A\./);
    t.equal(answer.headers['cache-control'], 'private, no-cache');
    t.equal(answer.headers.link, undefined);
  });

  t.test('unless something is asked for that makes no sense', async (t) => {
    for (const [query, name, detail] of [
      ['kind=pirate', 'kind', /expected one of: fugitive/],
      ['kind=fugitive,pirate', 'kind', /expected one of: fugitive/],
      ['kind=', 'kind', /expected one of/],
      ['status=lost', 'status', /expected one of: reported/],
      ['party=FR', 'party', /CN, VN/],
      ['direction=CN', 'direction', /VN-CN/],
      ['direction=VN-CN&direction=CN-VN', 'direction', /VN-CN/],
      ['office=Guangxi', 'office', /CN-GX-BLO/],
      ['pass=nowhere', 'pass', /youyi-guan/],
      ['incident=', 'incident', /some text/],
      ['openedFrom=2024-02-30', 'openedFrom', /there is no such day/],
      ['openedTo=2024', 'openedTo', /2017-11-03/],
      ['openedFrom=2024-02-10&openedTo=2024-02-09', 'openedTo', /not before `openedFrom`/],
      ['handedOverFrom=2024-02-10&handedOverTo=2024-02-09', 'handedOverTo', /not before `handedOverFrom`/],
      ['sinceFrom=x', 'sinceFrom', /2017-11-03/],
      ['sinceTo=x', 'sinceTo', /2017-11-03/],
      ['handedOverFrom=2024-01', 'handedOverFrom', /2017-11-03/],
      ['handedOverTo=x', 'handedOverTo', /2017-11-03/],
      ['sort=name', 'sort', /-since, since, -opened, opened/],
      ['limit=0', 'limit', /1 to 500/],
      ['limit=501', 'limit', /1 to 500/],
      ['limit=', 'limit', /1 to 500/],
      ['limit=ten', 'limit', /1 to 500/],
      ['cursor=', 'cursor', /link to the next page/],
      ['cursor=bm90aGluZw', 'cursor', /link to the next page/],
      [`cursor=${Buffer.from('{"key":1,"number":"x"}').toString('base64url')}`, 'cursor', /link to the next page/],
      ['colour=red', 'colour', /./],
      ['Kind=fugitive', 'Kind', /./],
      ['include=person', 'include', /./],
    ] as const) {
      const answer = await get(`/v1/cases?${query}`, officer);
      t.equal(answer.statusCode, 400, query);
      t.match(answer.json().errors, [{ in: 'query', name, detail }], query);
    }
    const two = (await get('/v1/cases?kind=pirate&limit=0', officer)).json();
    t.same(
      two.errors.map(({ name }: { name: string }) => name),
      ['kind', 'limit'],
      'all faults at once',
    );
  });
});
