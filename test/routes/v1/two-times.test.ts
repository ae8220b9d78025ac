import t from 'tap';
import { type Answer, startApp } from '../../support/app.ts';
import type { Step } from '../../support/case-scenario.ts';
import { type SentCase, seenBy, sendMore } from '../../support/cases-over-http.ts';
import { handOver, redate } from '../../support/handed-over.ts';

const VN_WORD = { statedBy: { office: 'VN-MPS', document: 'Note 7' } };

t.test('both times, wherever what was recorded is read', async (t) => {
  const started = await startApp(t);
  const { get, as } = started;
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const statistician = await as('statistician');
  // Handed over on 10 March, disputed on the 20th, and confirmed on 5 April.
  const acknowledged = await handOver(started, officer, { date: '2024-03-10' });
  const say = (step: Step) => sendMore(started, acknowledged, { ...step, ...VN_WORD }, officer);
  await say({ type: 'handover-disputed', occurredAt: '2024-03-20', data: { differsIn: ['pass'] } });
  await say({ type: 'delivery-confirmed', occurredAt: '2024-04-05' });
  // In March, on whichever day; and on 15 March, as it was first recorded.
  await handOver(started, officer, { date: '2024-03-01/2024-03-31' });
  const moved = await handOver(started, officer, { date: '2024-03-15' });
  const before = moved.positions.at(-1) as string;
  const position = await redate(started, officer, moved, '2024-05-15');
  const seen = { 'min-event-position': position };
  const read = async (url: string, account: object = officer): Promise<Answer> => {
    const answer = await get(url, { ...account, ...seen });
    t.equal(answer.statusCode, 200, `${url}: ${answer.body}`);
    return answer;
  };

  t.test('yearly figures count what had happened by then, with the words that had been said', async (t) => {
    const figures = async (query: string) => {
      const { rows, undecided } = (await read(`/v1/handovers/yearly?${query}`, statistician)).json();
      const row = rows[0] ?? {};
      return [row.persons ?? 0, row.delivered ?? 0, row.matched ?? 0, undecided.length];
    };
    t.same(await figures('at=2024-02'), [0, 0, 0, 0]);
    t.same(await figures('at=2024-03-10'), [1, 0, 0, 1], 'of March as a whole it is open');
    t.same(await figures('at=2024-03-19'), [1, 0, 0, 1]);
    t.same(await figures('at=2024-03-20'), [1, 1, 0, 1], 'whoever disputes the pass says that they delivered');
    t.same(await figures('at=2024-03-31'), [2, 1, 0, 0]);
    t.same(await figures('at=2024-04-05'), [2, 1, 1, 0]);
    t.same(await figures('at=2024-05-15'), [3, 1, 1, 0]);
    t.same(await figures(''), [3, 1, 1, 0], 'all of it by now');
    t.same(await figures('at=2024-03-10T12:00:00%2B08:00'), [0, 0, 0, 2], 'the day was not over');
    t.same(await figures('at=2024-03-31T12:00:00%2B08:00'), [1, 1, 0, 1]);
    t.same(await figures(`at=2024-03-31&asOf=${before}`), [3, 1, 0, 0], 'as the minutes were read then');
    t.same(await figures(`at=2024-04-05&asOf=${acknowledged.positions.at(-1)}`), [1, 0, 0, 0]);
    const { asOf, at } = (await read(`/v1/handovers/yearly?at=2024-03&asOf=${before}`, statistician)).json();
    t.same({ asOf, at }, { asOf: before, at: '2024-03' }, 'the answer repeats what was asked for');
    const { body } = await read('/v1/handovers/yearly?at=2024-03&format=csv', statistician);
    t.equal(
      body,
      'year,direction,kind,persons,incidents,delivered,received,matched,openWords\r\n2024,VN-CN,fugitive,2,2,1,2,0,0\r\n',
    );
  });

  t.test('the lines behind them are those', async (t) => {
    const { rows } = (await read(`/v1/handovers/yearly?at=2024-03&asOf=${before}`)).json();
    const { persons, lines } = (await read(rows[0].links.events)).json();
    t.equal(persons, 3);
    t.same(lines.map(({ handoverDate }: { handoverDate: string }) => handoverDate).sort(), [
      '2024-03-01/2024-03-31',
      '2024-03-10',
      '2024-03-15',
    ]);
    const url = '/v1/handovers/yearly/2024/VN-CN/events?kind=fugitive&at=2024-03-12';
    t.match((await read(url)).json(), { persons: 1, withheld: 0, lines: [{ handoverDate: '2024-03-10' }] });
    t.match((await read(`${url}&which=undecided`)).json(), {
      persons: 1,
      lines: [{ handoverDate: '2024-03-01/2024-03-31' }],
    });
  });

  t.test('so are those of a list, each with its words, and what is open apart', async (t) => {
    const list = async (query: string) => {
      const { handovers, undecided } = (await read(`/v1/handovers?${query}`)).json();
      return [
        handovers.map(({ handoverDate, agreement }: Record<string, string>) => `${handoverDate} ${agreement}`),
        undecided,
      ];
    };
    t.same(await list(''), [
      ['2024-05-15 one-sided', '2024-03-01/2024-03-31 one-sided', '2024-03-10 matched'],
      undefined,
    ]);
    t.same(await list('at=2024-03-19'), [['2024-03-10 one-sided'], 1]);
    t.same(await list('at=2024-03-19&which=undecided'), [['2024-03-01/2024-03-31 one-sided'], 1]);
    t.same(await list('at=2024-03-20'), [['2024-03-10 conflicting'], 1]);
    t.same(await list('at=2024-04&agreement=matched'), [['2024-03-10 matched'], 0]);
    t.same(await list('at=2024-03&agreement=matched'), [[], 0]);
    t.same(await list(`asOf=${before}`), [
      ['2024-03-01/2024-03-31 one-sided', '2024-03-15 one-sided', '2024-03-10 matched'],
      undefined,
    ]);
    t.same(await list(`asOf=${before}&at=2024-03&pass=youyi-guan&to=2024-03-20`), [
      ['2024-03-01/2024-03-31 one-sided', '2024-03-15 one-sided', '2024-03-10 conflicting'],
      0,
    ]);
    const pages: string[] = [];
    let url: string | undefined = `/v1/handovers?asOf=${before}&at=2024-03&limit=1`;
    while (url !== undefined) {
      const answer: Answer = await read(url);
      pages.push(...answer.json().handovers.map(({ handoverDate }: { handoverDate: string }) => handoverDate));
      url = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link))?.[1];
    }
    t.same(pages, ['2024-03-01/2024-03-31', '2024-03-15', '2024-03-10']);
  });

  t.test('a report counts of its period what was over by then', async (t) => {
    const row = async (query: string) => {
      const url = `/v1/reports/period?from=2024-03-01&to=2024-05-31&figure=fugitive.handed-over.VN-CN&${query}`;
      const { persons, undecided = 0 } = (await read(url, statistician)).json().rows[0];
      return [persons, undecided];
    };
    t.same(await row(''), [3, 0]);
    t.same(await row('at=2024-02-29'), [0, 0]);
    t.same(await row('at=2024-03-12'), [1, 1]);
    t.same(await row('at=2024-03-10T12:00:00%2B08:00'), [0, 2]);
    t.same(await row('at=2024-04'), [2, 0]);
    t.same(await row(`at=2024-04&asOf=${before}`), [3, 0]);
    const { rows, at } = (
      await read('/v1/reports/period?from=2024-03-01&to=2024-05-31&at=2024-03-12&figure=fugitive.handed-over.VN-CN')
    ).json();
    t.equal(at, '2024-03-12');
    t.match((await read(rows[0].links.events)).json(), { contributions: 1, lines: [{ date: '2024-03-10' }] });
    t.match((await read(`${rows[0].links.events}&which=undecided`)).json(), {
      lines: [{ date: '2024-03-01/2024-03-31' }],
    });
  });

  t.test('the history tells what had happened, with what puts it right, and what was known', async (t) => {
    const history = async ({ links }: SentCase, query: string) =>
      (await read(`${links.events}?${query}`)).json().events.map(({ type }: { type: string }) => type);
    const all = await history(moved, '');
    t.equal(all.at(-1), 'corrected');
    t.same(await history(moved, `asOf=${before}`), all.slice(0, -1));
    const toHandover = all.slice(0, -1);
    t.same(await history(moved, 'at=2024-05-15'), all, 'the correction tells of the handover');
    t.same(await history(moved, 'at=2024-05-14'), toHandover.slice(0, -1), 'which had not happened by then');
    t.same(await history(moved, `at=2024-05-14&asOf=${before}`), toHandover, 'though it was known to have');
    t.same(await history(moved, `at=2024-05-15&limit=1`), all.slice(0, 1));
    const page = await read(`${moved.links.events}?at=2024-05-14&limit=7`);
    t.equal(page.headers.link, undefined, 'there is no more of it');
    t.equal(
      (await read(`${moved.links.events}?at=2024-05-14`)).headers.etag,
      undefined,
      'it may become known otherwise',
    );
    const { etag } = (await read(`${moved.links.events}?asOf=${before}`)).headers;
    t.equal(
      (await get(`${moved.links.events}?asOf=${before}`, { ...officer, 'if-none-match': String(etag) })).statusCode,
      304,
    );
    for (const query of ['asOf=2017-01-01', 'at=2017']) {
      const answer = await get(`${moved.links.events}?${query}`, officer);
      t.equal(answer.statusCode, query.startsWith('asOf') ? 404 : 400, query);
    }
    const early = await get(`${moved.links.events}?at=2017-01`, officer);
    t.equal(early.statusCode, 404);
    t.match(early.json().detail, 'nothing of this case had happened then');
  });

  t.test('a record of a register is read at both times too', async (t) => {
    const visit = {
      visitors: { side: 'CN', level: 'ministry', office: 'CN-MPS' },
      hosts: { side: 'VN', level: 'ministry', office: 'VN-MPS' },
      occurredAt: '2024-03-01',
    };
    const opened = await started.post('/v1/visits', visit, officer);
    t.equal(opened.statusCode, 201, opened.body);
    const { links } = opened.json();
    const first = String(opened.headers['event-position']);
    const held = await started.post(
      links.events,
      { type: 'held', occurredAt: '2024-03-09', data: { heldFrom: '2024-03-05' } },
      officer,
    );
    t.equal(held.statusCode, 201, held.body);
    const wait = { ...officer, ...seenBy(held) };
    const status = async (query: string) => (await get(`${links.self}?${query}`, wait)).json();
    t.match(await status(''), { status: 'held', revision: 1 });
    t.match(await status('at=2024-03-08'), { status: 'planned', revision: 1 });
    t.match(await status(`asOf=${first}`), { status: 'planned', revision: 0 });
    t.match(await status(`asOf=${first}&at=2024-03-09`), { status: 'planned', revision: 0 });
    t.equal((await get(`${links.self}?at=2024-02`, wait)).statusCode, 404);
    t.match((await get(`${links.self}?asOf=2020-01-01`, wait)).json().detail, 'nothing of this visit was known then');
    const types = async (query: string) =>
      (await get(`${links.events}?${query}`, wait)).json().events.map(({ type }: { type: string }) => type);
    t.same(await types('at=2024-03-09'), ['registered', 'held']);
    t.same(await types('at=2024-03-08'), ['registered']);
    t.same(await types(`asOf=${first}`), ['registered']);
  });

  t.test('a word that is dated roughly is left open', async (t) => {
    const roughly = await handOver(started, officer, { date: '2023-03-10' });
    const told = await sendMore(
      started,
      roughly,
      { type: 'delivery-confirmed', occurredAt: '2023-04', ...VN_WORD },
      officer,
    );
    const url = '/v1/handovers/yearly?from=2023&to=2023&at=';
    const rowAt = async (at: string) => (await get(`${url}${at}`, { ...officer, ...seenBy(told) })).json().rows[0];
    t.match(await rowAt('2023-03-31'), { persons: 1, matched: 0, openWords: 0 });
    t.match(await rowAt('2023-04-15'), { persons: 1, matched: 0, openWords: 1 });
    t.match(await rowAt('2023-04'), { persons: 1, matched: 1, openWords: 0 });
    const { handovers } = (await get('/v1/handovers?from=2023-03-10&to=2023-03-10&at=2023-04-15', officer)).json();
    t.match(handovers, [{ agreement: 'one-sided', openWords: true }]);
  });

  t.test('a time that makes no sense is refused by its name', async (t) => {
    const { self, events } = acknowledged.links;
    for (const url of [
      self,
      events,
      '/v1/handovers',
      '/v1/handovers/yearly',
      '/v1/handovers/yearly/2024/VN-CN/events',
    ]) {
      for (const [query, name, detail] of [
        ['at=soon', 'at', /a month/],
        ['at=2024-02-30', 'at', /there is no such day/],
        ['asOf=soon', 'asOf', /an Event-Position/],
        ['at=2024-03&zone=UTC', 'zone', /Asia/],
      ] as const) {
        const answer = await get(`${url}?${query}`, officer);
        t.equal(answer.statusCode, 400, `${url}?${query}`);
        t.match(answer.json().errors, [{ in: 'query', name, detail }]);
      }
    }
    t.match((await get('/v1/handovers?which=some', officer)).json().errors, [
      { name: 'which', detail: /happened or undecided/ },
    ]);
  });
});
