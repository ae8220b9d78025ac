import t from 'tap';
import { type Answer, startApp } from '../../../support/app.ts';
import { seenBy, sendMore } from '../../../support/cases-over-http.ts';
import { handOver, redate } from '../../../support/handed-over.ts';

const VN_WORD = { statedBy: { office: 'VN-MPS', document: 'Note 7' } };

interface Change {
  readonly persons: number;
  readonly delivered: number;
  readonly received: number;
  readonly matched: number;
}
type Row = Record<string, unknown> & {
  readonly year: number;
  readonly difference: Change & { readonly incidents: number };
  readonly events: readonly { readonly type: string; readonly caseId: string; readonly change: Change }[];
  readonly links: { readonly events: string };
};

t.test('what changed in the yearly figures between two times of knowledge', async (t) => {
  const started = await startApp(t);
  const { get, as } = started;
  const guangxi = await as('recorder', 'CN', 'CN-GX-BLO');
  const yunnan = await as('recorder', 'CN', 'CN-YN-BLO');
  const auditor = await as('auditor');
  const first = await handOver(started, guangxi, { date: '2024-03-10', incident: 'affair-1' });
  const start = first.positions.at(-1) as string;
  const other = await handOver(started, yunnan, { date: '2024-04-01', incident: 'affair-1', pass: 'hekou' });
  const confirmed = await sendMore(
    started,
    first,
    { type: 'delivery-confirmed', occurredAt: '2024-03-10', ...VN_WORD },
    guangxi,
  );
  const moved = await handOver(started, guangxi, { date: '2023-12-31' });
  const middle = moved.positions.at(-1) as string;
  const end = await redate(started, guangxi, moved, '2024-01-01');
  const seen = { 'min-event-position': end };
  const diff = async (query: string, account: object = auditor) => {
    const answer = await get(`/v1/handovers/yearly/diff?${query}`, { ...account, ...seen });
    t.equal(answer.statusCode, 200, answer.body);
    return answer.json() as { rows: readonly Row[]; positions: object; fromAsOf: string | null; toAsOf: string | null };
  };
  const total = (changes: readonly Change[]) =>
    changes.reduce(
      (sum, { persons, delivered, received, matched }) => ({
        persons: sum.persons + persons,
        delivered: sum.delivered + delivered,
        received: sum.received + received,
        matched: sum.matched + matched,
      }),
      { persons: 0, delivered: 0, received: 0, matched: 0 },
    );

  t.test('is every figure that changed, with the events that changed it, which come to the difference', async (t) => {
    const { rows, ...known } = await diff(`from-asOf=${start}`);
    t.same(known.positions, { from: start, to: end });
    t.match(known, { fromAsOf: start, toAsOf: null });
    t.equal(rows.length, 1, 'the figure of 2023 went up and down again');
    const [row] = rows as [Row];
    t.match(row, {
      year: 2024,
      direction: 'VN-CN',
      kind: 'fugitive',
      before: { persons: 1, incidents: 1, delivered: 0, received: 1, matched: 0 },
      after: { persons: 3, incidents: 2, delivered: 1, received: 3, matched: 1 },
      difference: { persons: 2, incidents: 1, delivered: 1, received: 2, matched: 1 },
      changedBy: 3,
      withheld: 0,
    });
    t.same(
      row.events.map(({ type, caseId, change }) => [type, caseId, change.persons, change.matched]),
      [
        ['handed-over-at-border-pass', other.id, 1, 0],
        ['delivery-confirmed', first.id, 0, 1],
        ['corrected', moved.id, 1, 0],
      ],
    );
    const { incidents: _, ...difference } = row.difference;
    t.same(total(row.events.map(({ change }) => change)), difference);
  });

  t.test('a correction moves the count now, and leaves what was known then', async (t) => {
    const { rows } = await diff(`from-asOf=${middle}`);
    t.same(
      rows.map(({ year, difference: { persons }, events }) => [year, persons, events.map(({ type }) => type)]),
      [
        [2023, -1, ['corrected']],
        [2024, 1, ['corrected']],
      ],
    );
    t.same((await diff(`from-asOf=${middle}&to-asOf=${middle}`)).rows, []);
    const then = await get(`/v1/handovers/yearly?asOf=${middle}`, { ...auditor, ...seen });
    t.same(
      then.json().rows.map(({ year, persons }: Row) => [year, persons]),
      [
        [2023, 1],
        [2024, 2],
      ],
    );
  });

  t.test('from before anything was known, and by instants and dates', async (t) => {
    const { rows } = await diff('');
    t.same(
      rows.map(({ year, difference: { persons } }) => [year, persons]),
      [[2024, 3]],
    );
    const unlinked = (some: readonly Row[]) => some.map(({ links: _, ...row }) => row);
    t.same(unlinked((await diff('from-asOf=2020-01-01')).rows), unlinked(rows), 'nothing was known then');
    t.same((await diff(`to-asOf=2020-01-01`)).rows, []);
    t.same(unlinked((await diff(`to-asOf=${new Date().toISOString()}`)).rows), unlinked(rows));
  });

  t.test('of what is asked for, in other groups, and at a time', async (t) => {
    const figures = async (query: string) =>
      (await diff(`from-asOf=${start}&${query}`)).rows.map(({ year, pass, difference: { persons, matched } }) => [
        year ?? pass,
        persons,
        matched,
      ]);
    t.same(await figures('kind=suspect'), []);
    t.same(await figures('groupBy=pass&direction=VN-CN&kind=fugitive'), [
      ['hekou', 1, 0],
      ['youyi-guan', 1, 1],
    ]);
    t.same(await figures('pass=hekou'), [[2024, 1, 0]]);
    t.same(await figures('at=2024-01'), [[2024, 1, 0]], 'what was true by then');
    t.same(await figures('at=2024-03'), [[2024, 1, 1]]);
  });

  t.test('withholds the events of cases that are not seen, and counts them', async (t) => {
    const [row] = (await diff(`from-asOf=${start}`, yunnan)).rows as [Row];
    t.match(row, { difference: { persons: 2 }, changedBy: 3, withheld: 2, events: [{ caseId: other.id }] });
    t.equal(row.events.length, 1);
    const [forCounts] = (await diff(`from-asOf=${start}`, await as('statistician'))).rows as [Row];
    t.match(forCounts, { difference: { persons: 2 }, changedBy: 3, withheld: 3, events: [] });
    const listed = await get(row.links.events, { ...yunnan, ...seen });
    t.equal(listed.json().events.length, 1);
    t.equal((await get(row.links.events, await as('statistician'))).statusCode, 403);
  });

  t.test('lists all events page after page, each with the figures that it changed', async (t) => {
    const found: { type: string; figures: readonly Row[] }[] = [];
    let url: string | undefined = `/v1/handovers/yearly/diff/events?from-asOf=${start}&limit=2`;
    while (url !== undefined) {
      const answer: Answer = await get(url, { ...auditor, ...seen });
      t.equal(answer.statusCode, 200, answer.body);
      found.push(...answer.json().events);
      url = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link))?.[1];
    }
    t.same(
      found.map(({ type, figures }) => [type, ...figures.map(({ year }) => year)]),
      [
        ['handed-over-at-border-pass', 2024],
        ['delivery-confirmed', 2024],
        ['handed-over-at-border-pass', 2023],
        ['corrected', 2023, 2024],
      ],
    );
    const { rows } = await diff(`from-asOf=${start}`);
    const ofFigure = (await get(rows[0]?.links.events as string, { ...auditor, ...seen })).json();
    t.equal(ofFigure.events.length, 3, 'the link of a figure goes to its events alone');
  });

  t.test('says nothing of what changes no figure', async (t) => {
    const { etag } = (await get(first.links.self, { ...guangxi, ...seenBy(confirmed) })).headers;
    const { events } = (await get(first.links.events, guangxi)).json();
    const told = events.find(({ type }: { type: string }) => type === 'delivery-confirmed');
    const data = { eventId: told.id, occurredAt: '2024-03-11', changes: {}, reason: 'the note is of the next day' };
    const corrected = await sendMore(
      started,
      first,
      { type: 'corrected', occurredAt: '2024-03-12', data, ...VN_WORD },
      guangxi,
      String(etag),
    );
    const answer = await get(`/v1/handovers/yearly/diff?from-asOf=${end}`, { ...auditor, ...seenBy(corrected) });
    t.same(answer.json().rows, [], 'the last word is the same, though it was said later');
    const at = await get(`/v1/handovers/yearly/diff?from-asOf=${end}&at=2024-03-10`, auditor);
    t.match(at.json().rows, [{ difference: { persons: 0, delivered: -1, matched: -1 }, changedBy: 1 }]);
  });

  t.test('as CSV, with labels, and once for who has it', async (t) => {
    const url = `/v1/handovers/yearly/diff?from-asOf=${middle}&to-asOf=${end}`;
    const table = await get(`${url}&format=csv`, auditor);
    t.equal(table.headers['content-type'], 'text/csv; charset=utf-8');
    t.match(table.headers['content-disposition'], 'handovers-yearly-diff.csv');
    const [head, ...lines] = table.body.trim().split('\r\n');
    t.equal(
      head,
      `year,direction,kind,${['before', 'after', 'difference']
        .flatMap((side) =>
          ['persons', 'incidents', 'delivered', 'received', 'matched'].map((name) => `${side}.${name}`),
        )
        .join(',')},changedBy,withheld`,
    );
    t.equal(lines[0], '2023,VN-CN,fugitive,1,1,0,1,0,0,0,0,0,0,-1,-1,0,-1,0,1,0');
    const labelled = await get(url, { ...auditor, 'accept-language': 'vi' });
    t.match(labelled.json().rows[0].events[0].labels, { type: 'Đã đính chính' });
    const { etag } = labelled.headers;
    const again = { ...auditor, 'accept-language': 'vi', 'if-none-match': String(etag) };
    t.equal((await get(url, again)).statusCode, 304);
    t.equal((await get(url, { ...yunnan, 'accept-language': 'vi', 'if-none-match': String(etag) })).statusCode, 200);
  });

  t.test('unless the times are the wrong way round, or make no sense', async (t) => {
    for (const [query, name, detail] of [
      [`from-asOf=${end}&to-asOf=${start}`, 'from-asOf', /not after `to-asOf`/],
      [`from-asOf=${new Date().toISOString()}&to-asOf=${start}`, 'from-asOf', /not after `to-asOf`/],
      [`from-asOf=${end}&to-asOf=2020-01-01`, 'from-asOf', /not after `to-asOf`/],
      ['from-asOf=soon', 'from-asOf', /an Event-Position/],
      ['to-asOf=2199-01-01', 'to-asOf', /in the future/],
      ['asOf=2020-01-01', 'asOf', /./],
      ['from=2024&to=2023', 'to', /not before/],
      ['groupBy=year', 'groupBy', /added up/],
      ['at=soon', 'at', /a month/],
    ] as const) {
      const answer = await get(`/v1/handovers/yearly/diff?${query}`, auditor);
      t.equal(answer.statusCode, 400, query);
      t.match(answer.json().errors[0], { in: 'query', name, detail }, query);
    }
  });
});
