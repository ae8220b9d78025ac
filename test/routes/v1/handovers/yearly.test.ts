import t from 'tap';
import { startApp } from '../../../support/app.ts';
import { handOver, redate } from '../../../support/handed-over.ts';

t.test('handovers are counted by year', async (t) => {
  const started = await startApp(t);
  const { get, as } = started;
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const protection = await as('protection', 'CN', 'CN-GX-BLO');
  const give = (handover: Parameters<typeof handOver>[2]) => handOver(started, officer, handover);
  await give({ date: '2024-01-10', incident: 'affair-1' });
  await give({ date: '2024-02-10', incident: 'affair-1', pass: 'dongxing' });
  await give({ date: '2024-03-10', pass: null });
  await give({ date: '2024-03-11', requestedBy: 'VN' });
  await give({ kind: 'suspect', date: '2024-04-10' });
  await handOver(started, protection, { kind: 'trafficking-victim', date: '2024-05-10' });
  await give({ date: '2023-12/2024-01-05' });
  await give({ date: '2023-12-31', at: '2023-12-31T23:30:00+07:00' });
  const moved = await give({ date: '2025-01-05' });
  const before = moved.positions.at(-1) as string;
  const after = await redate(started, officer, moved, '2025-02-05');
  const seen = { 'min-event-position': after };
  const statistician = await as('statistician');
  const yearly = async (query = '') => {
    const answer = await get(`/v1/handovers/yearly${query}`, { ...statistician, ...seen });
    t.equal(answer.statusCode, 200, answer.body);
    return answer.json();
  };
  const rows = async (query: string): Promise<readonly string[]> =>
    (await yearly(query)).rows.map(
      ({
        links: _,
        delivered: __,
        received: ___,
        matched: ____,
        persons,
        incidents,
        ...row
      }: Record<string, unknown>) => [...Object.values(row), persons, incidents].join(' '),
    );

  t.test('by direction and kind, each apart', async (t) => {
    const answer = await yearly();
    t.same(
      answer.rows.map(
        ({ links: _, delivered: __, received: ___, matched: ____, ...row }: Record<string, unknown>) => row,
      ),
      [
        { year: 2023, direction: 'VN-CN', kind: 'fugitive', persons: 1, incidents: 1 },
        { year: 2024, direction: 'CN-VN', kind: 'fugitive', persons: 1, incidents: 1 },
        { year: 2024, direction: 'CN-VN', kind: 'trafficking-victim', persons: 1, incidents: 1 },
        { year: 2024, direction: 'VN-CN', kind: 'fugitive', persons: 3, incidents: 2 },
        { year: 2024, direction: 'VN-CN', kind: 'suspect', persons: 1, incidents: 1 },
        { year: 2025, direction: 'VN-CN', kind: 'fugitive', persons: 1, incidents: 1 },
      ],
    );
    t.equal(answer.asOf, null);
    t.match(answer.notes, [/date in its minutes/, /do not add up/]);
  });

  t.test('once, for who has the figures already, in either form', async (t) => {
    for (const accept of ['application/json', 'text/csv']) {
      const headers = { ...statistician, ...seen, accept };
      const { etag } = (await get('/v1/handovers/yearly', headers)).headers;
      const again = await get('/v1/handovers/yearly', { ...headers, 'if-none-match': String(etag) });
      t.same([again.statusCode, again.body], [304, ''], accept);
    }
  });

  t.test('of some years, directions, kinds and passes', async (t) => {
    for (const [query, expected] of [
      ['?from=2025', ['2025 VN-CN fugitive 1 1']],
      ['?to=2023', ['2023 VN-CN fugitive 1 1']],
      ['?from=2024&to=2024&direction=VN-CN', ['2024 VN-CN fugitive 3 2', '2024 VN-CN suspect 1 1']],
      ['?from=2024&to=2024&kind=fugitive', ['2024 CN-VN fugitive 1 1', '2024 VN-CN fugitive 3 2']],
      [
        '?from=2024&to=2024&kind=suspect,trafficking-victim',
        ['2024 CN-VN trafficking-victim 1 1', '2024 VN-CN suspect 1 1'],
      ],
      ['?pass=dongxing', ['2024 VN-CN fugitive 1 1']],
      ['?pass=none', ['2024 VN-CN fugitive 1 1']],
      ['?pass=none&pass=dongxing', ['2024 VN-CN fugitive 2 2']],
      ['?pass=hekou', []],
      ['?from=1990&to=1991', []],
    ] as const) {
      t.same(await rows(query), expected, query);
    }
  });

  t.test('in other groups, that mix neither directions nor kinds that are counted apart', async (t) => {
    for (const [query, expected] of [
      ['?groupBy=direction,kind&kind=fugitive', ['CN-VN fugitive 1 1', 'VN-CN fugitive 5 4']],
      ['?groupBy=year&groupBy=direction&kind=fugitive,suspect&from=2024&to=2024', ['2024 CN-VN 1 1', '2024 VN-CN 4 3']],
      ['?groupBy=year,year&direction=VN-CN&kind=fugitive', ['2023 1 1', '2024 3 2', '2025 1 1']],
      ['?groupBy=pass&direction=VN-CN&kind=fugitive&from=2024&to=2024', [' 1 1', 'dongxing 1 1', 'youyi-guan 1 1']],
    ] as const) {
      t.same(await rows(query), expected, query);
    }
    t.match((await yearly('?groupBy=pass&direction=VN-CN&kind=fugitive&pass=none')).rows, [{ pass: null, persons: 1 }]);
    for (const query of [
      '?groupBy=year,kind',
      '?groupBy=year,direction',
      '?groupBy=direction&kind=fugitive,trafficking-victim',
      '?groupBy=year&direction=VN-CN,CN-VN&kind=fugitive',
    ]) {
      const answer = await get(`/v1/handovers/yearly${query}`, statistician);
      t.equal(answer.statusCode, 400, query);
      t.match(answer.json().errors, [{ in: 'query', name: 'groupBy', detail: /added up/ }], query);
    }
  });

  t.test('as known then and as known now', async (t) => {
    const of2025 = '?from=2025&groupBy=year,pass&direction=VN-CN&kind=fugitive';
    t.same(await rows(of2025), ['2025 youyi-guan 1 1']);
    const then = await yearly(`?from=2025&asOf=${before}`);
    t.match(then, { asOf: before, rows: [{ year: 2025, persons: 1 }] });
    const dates = async (asOf: string) => {
      const { rows: figures } = await yearly(`?from=2025${asOf}`);
      const { lines } = (await get(figures[0].links.events, { ...officer, ...seen })).json();
      return lines.map(({ handoverDate }: { handoverDate: string }) => handoverDate);
    };
    t.same(await dates(`&asOf=${before}`), ['2025-01-05'], 'the link goes to what was known then');
    t.same(await dates(''), ['2025-02-05']);
    t.same(await rows(`?asOf=${'0'.repeat(16)}`), []);
    t.same(await rows('?asOf=2020-12-31'), []);
    t.equal((await rows(`?asOf=${new Date().toISOString()}`)).length, 6);
  });

  t.test(
    'except where the minutes leave the year open; what the two books can have in different years is listed',
    async (t) => {
      const { openYear, newYearCases } = await yearly();
      t.match(openYear, [
        { handoverDate: '2023-12/2024-01-05', direction: 'VN-CN', kind: 'fugitive', pass: 'youyi-guan' },
      ]);
      t.match(newYearCases, [{ handoverDate: '2023-12-31', year: 2023, otherYear: 2024 }]);
      for (const year of [2023, 2024])
        t.equal((await yearly(`?from=${year}&to=${year}`)).openYear.length, 1, String(year));
      t.same((await yearly('?from=2025')).openYear, []);
      for (const year of [2023, 2024])
        t.equal((await yearly(`?from=${year}&to=${year}`)).newYearCases.length, 1, `whose book is of ${year}`);
      t.same((await yearly('?from=2025')).newYearCases, []);
      t.same((await yearly('?to=2022')).newYearCases, []);
      t.same((await yearly('?kind=suspect')).openYear, []);
      t.notOk(JSON.stringify(openYear).includes('caseId'), 'a statistician is led to no case');
    },
  );

  t.test('as CSV where that is asked for', async (t) => {
    const query = '/v1/handovers/yearly?from=2024&to=2024&groupBy=direction,pass&kind=fugitive';
    for (const answer of [
      await get(`${query}&format=csv`, statistician),
      await get(query, { ...statistician, accept: 'text/csv' }),
      await get(query, { ...statistician, accept: 'text/csv, application/json;q=0.5' }),
      await get(`${query}&format=csv`, { ...statistician, accept: 'application/json' }),
    ]) {
      t.equal(answer.statusCode, 200);
      t.equal(answer.headers['content-type'], 'text/csv; charset=utf-8');
      t.match(answer.headers['content-disposition'], 'handovers-yearly.csv');
      t.equal(answer.headers.vary, 'accept');
      t.equal(
        answer.body,
        [
          'direction,pass,persons,incidents,delivered,received,matched',
          'CN-VN,youyi-guan,1,1,1,0,0',
          'VN-CN,,1,1,0,1,0',
          'VN-CN,dongxing,1,1,0,1,0',
          'VN-CN,youyi-guan,1,1,0,1,0',
          '',
        ].join('\r\n'),
      );
    }
    const all = await get('/v1/handovers/yearly?format=csv', statistician);
    t.equal(all.body.split('\r\n')[0], 'year,direction,kind,persons,incidents,delivered,received,matched');
    t.equal(all.body.split('\r\n').length, 1 + 6 + 1);
    t.equal(
      (await get('/v1/handovers/yearly?from=1990&to=1990&format=csv', statistician)).body,
      'year,direction,kind,persons,incidents,delivered,received,matched\r\n',
    );
    t.match((await get(query, { ...statistician, accept: '*/*' })).headers['content-type'], 'application/json');
    t.match(
      (await get(`${query}&format=json`, { ...statistician, accept: 'text/csv' })).headers['content-type'],
      'application/json',
    );
    const other = await get(query, { ...statistician, accept: 'application/xml' });
    t.equal(other.statusCode, 406);
    t.match(other.json().errors, [{ in: 'header', name: 'Accept', detail: /text\/csv/ }]);
  });

  t.test('for every role', async (t) => {
    for (const role of ['recorder', 'liaison', 'protection', 'auditor', 'statistician', 'admin'] as const) {
      const answer = await get('/v1/handovers/yearly', { ...(await as(role, 'VN')), ...seen });
      t.equal(answer.statusCode, 200, role);
      t.equal(answer.json().rows.length, 6, `${role}: counts are of the whole ledger`);
      t.notMatch(answer.body, /N\. V\. A\./);
    }
    t.equal((await get('/v1/handovers/yearly')).statusCode, 401);
  });

  t.test('unless something is asked for that makes no sense', async (t) => {
    for (const [query, name, detail] of [
      ['from=17', 'from', /such as 2017/],
      ['from=2017.5', 'from', /such as 2017/],
      ['from=', 'from', /such as 2017/],
      ['to=99999', 'to', /such as 2017/],
      ['from=2018&to=2017', 'to', /not before/],
      ['direction=VN', 'direction', /VN-CN or CN-VN/],
      ['kind=pirates', 'kind', /fugitive/],
      ['pass=atlantis', 'pass', /none for handovers at no pass/],
      ['groupBy=month', 'groupBy', /year, direction, kind, pass/],
      ['groupBy=', 'groupBy', /year, direction, kind, pass/],
      ['format=xml', 'format', /json or csv/],
      ['asOf=2017-13-01', 'asOf', /a date/],
      ['asOf=2199-01-01', 'asOf', /is in the future/],
      ['zone=UTC', 'zone', /Asia/],
      ['year=2017', 'year', /./],
    ] as const) {
      const answer = await get(`/v1/handovers/yearly?${query}`, statistician);
      t.equal(answer.statusCode, 400, query);
      t.match(answer.json().errors, [{ in: 'query', name, detail }], query);
    }
  });
});
