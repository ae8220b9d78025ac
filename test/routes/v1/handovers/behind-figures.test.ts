import t from 'tap';
import { type Answer, startApp } from '../../../support/app.ts';
import { handOver, redate } from '../../../support/handed-over.ts';

interface Line {
  readonly caseId: string;
  readonly eventId: string;
  readonly kind: string;
  readonly countedFrom: { readonly eventId: string; readonly position: string };
  readonly links: { readonly case: string; readonly events: string };
}

t.test('the events behind a figure', async (t) => {
  const started = await startApp(t);
  const { get, as } = started;
  const guangxi = await as('recorder', 'CN', 'CN-GX-BLO');
  const yunnan = await as('recorder', 'CN', 'CN-YN-BLO');
  const ministry = await as('recorder');
  const give = (day: string, officer = guangxi) =>
    handOver(started, officer, { date: `2024-03-${day}`, pass: 'hekou' });
  for (const day of ['01', '02', '03', '04']) await give(day);
  await give('05', yunnan);
  await handOver(started, guangxi, { date: '2024-03-06', kind: 'suspect', pass: null });
  const moved = await give('07');
  const before = moved.positions.at(-1) as string;
  const position = await redate(started, guangxi, moved, '2025-03-07');
  const seen = { 'min-event-position': position };
  const BOTH = '?kind=fugitive,suspect';
  const behind = (query: string, account = ministry, figure = '2024/VN-CN') =>
    get(`/v1/handovers/yearly/${figure}/events${query}`, { ...account, ...seen });

  t.test('are as many as the figure says, whoever looks', async (t) => {
    const { rows } = (
      await get('/v1/handovers/yearly?from=2024&to=2025&groupBy=year,direction,kind,pass', { ...ministry, ...seen })
    ).json();
    t.equal(rows.length, 3);
    for (const { persons, kind, pass, links } of rows) {
      for (const account of [ministry, guangxi, yunnan, await as('auditor', 'VN'), await as('liaison', 'VN')]) {
        const answer = (await get(links.events, account)).json();
        t.equal(answer.persons, persons, links.events);
        t.equal(answer.lines.length + answer.withheld, persons);
        t.ok(answer.lines.every((line: Line & { pass: string | null }) => line.kind === kind && line.pass === pass));
      }
    }
    t.match((await behind(BOTH, yunnan)).json(), { persons: 6, withheld: 5, lines: [{}] });
    t.match((await behind(BOTH, await as('liaison', 'VN'))).json(), { persons: 6, withheld: 6, lines: [] });
    const addedUp = await behind('');
    t.equal(addedUp.statusCode, 400);
    t.match(addedUp.json().errors, [{ in: 'query', name: 'kind', detail: /only fugitive and suspect are added up/ }]);
    t.match((await behind('?kind=suspect')).json(), {
      persons: 1,
      withheld: 0,
      lines: [{ kind: 'suspect', pass: null }],
    });
    t.match((await behind(`${BOTH}&pass=none`)).json(), { persons: 1 });
    t.match((await behind('?pass=hekou&kind=fugitive')).json(), { persons: 5 });
    t.match((await behind(BOTH, ministry, '2024/CN-VN')).json(), { persons: 0, withheld: 0, lines: [] });
  });

  t.test('lead to their cases and to what made them count', async (t) => {
    for (const line of (await behind(BOTH)).json().lines as Line[]) {
      t.equal((await get(line.links.case, ministry)).json().id, line.caseId);
      const { events } = (await get(line.links.events, ministry)).json();
      const handover = events.find(({ id }: { id: string }) => id === line.eventId);
      t.equal(handover.type, 'handed-over-at-border-pass');
      t.same(line.countedFrom, { eventId: handover.id, position: handover.position });
    }
    const [line] = (await behind(BOTH, ministry, '2025/VN-CN')).json().lines;
    t.not(line.countedFrom.eventId, line.eventId, 'it counts there from the correction on');
    t.equal(line.countedFrom.position, position);
    t.equal(line.handoverDate, '2025-03-07');
    t.notMatch((await behind(BOTH)).body, /N\. V\. A\./);
  });

  t.test('are those of what was known then', async (t) => {
    const then = (await behind(`${BOTH}&asOf=${before}`)).json();
    t.equal(then.persons, 7);
    t.ok(then.lines.some(({ caseId }: Line) => caseId === moved.id));
    const now = (await behind(BOTH)).json();
    t.equal(now.persons, 6);
    t.notOk(now.lines.some(({ caseId }: Line) => caseId === moved.id));
    t.match((await behind(`${BOTH}&asOf=${before}`, ministry, '2025/VN-CN')).json(), { persons: 0 });
    t.match((await behind(`${BOTH}&asOf=2023-12-31`)).json(), { persons: 0, lines: [] });
  });

  t.test('come page after page, also of what was known then', async (t) => {
    for (const [query, count] of [
      [`${BOTH}&limit=2`, 6],
      [`${BOTH}&limit=2&asOf=${before}`, 7],
    ] as const) {
      const found: string[] = [];
      let url: string | undefined = `/v1/handovers/yearly/2024/VN-CN/events${query}`;
      while (url !== undefined) {
        const answer: Answer = await get(url, ministry);
        t.equal(answer.json().persons, count, 'the figure is that of all pages');
        t.equal(answer.json().withheld, 0);
        found.push(...answer.json().lines.map(({ caseId }: Line) => caseId));
        url = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link))?.[1];
      }
      t.equal(new Set(found).size, count);
      t.equal(found.length, count);
    }
  });

  t.test('are for roles that see cases, and for figures that there can be', async (t) => {
    for (const role of ['statistician', 'admin'] as const)
      t.equal((await behind(BOTH, await as(role))).statusCode, 403);
    for (const [figure, query, fault] of [
      ['2024/VN', '', { in: 'path', name: 'direction', detail: /VN-CN or CN-VN/ }],
      ['24/VN-CN', '', { in: 'path', name: 'year', detail: /2017/ }],
      ['x/VN-CN', '', { in: 'path', name: 'year', detail: /2017/ }],
      ['2024/VN-CN', `${BOTH}&from=2017`, { in: 'query', name: 'from' }],
      ['2024/VN-CN', `${BOTH}&limit=0`, { in: 'query', name: 'limit' }],
      ['2024/VN-CN', `${BOTH}&cursor=x`, { in: 'query', name: 'cursor' }],
      ['2024/VN-CN', `${BOTH}&asOf=x`, { in: 'query', name: 'asOf' }],
    ] as const) {
      const answer = await behind(query, ministry, figure);
      t.equal(answer.statusCode, 400, figure + query);
      t.match(answer.json().errors, [fault]);
    }
  });
});
