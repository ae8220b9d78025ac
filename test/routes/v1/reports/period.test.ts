import t from 'tap';
import { startApp } from '../../../support/app.ts';
import { sendCase } from '../../../support/cases-over-http.ts';
import { handOver, redate } from '../../../support/handed-over.ts';
import { wayTo } from '../../../support/ordinary-ways.ts';

interface Row {
  readonly id: string;
  readonly label: string;
  readonly persons?: number;
  readonly incidents?: number;
  readonly links: { readonly events: string };
}

const HANDED_OVER = 'fugitive.handed-over.VN-CN';

t.test('a report of a period', async (t) => {
  const started = await startApp(t);
  const { get, post, as } = started;
  const guangxi = await as('recorder', 'CN', 'CN-GX-BLO');
  const yunnan = await as('recorder', 'CN', 'CN-YN-BLO');
  const statistician = await as('statistician');
  const auditor = await as('auditor');
  const give = (handover: Parameters<typeof handOver>[2], officer = guangxi) => handOver(started, officer, handover);
  await give({ date: '2024-03-01', incident: 'affair-1' });
  await give({ date: '2024-03-31', incident: 'affair-1', pass: 'hekou' }, yunnan);
  await give({ date: '2024-04-01' });
  await give({ date: '2024-03-01/2024-03-31' });
  await give({ date: '2024-03-20/2024-04-10' });
  await give({ date: '2024-03-05', pass: null });
  await give({ date: '2024-03-06', requestedBy: 'VN', pass: 'tianbao' });
  await give({ date: '2025-07-01', requestedBy: 'VN', pass: 'tianbao' });
  await give({ kind: 'suspect', date: '2024-03-07' });
  const moved = await give({ date: '2024-03-08' });
  const before = moved.positions.at(-1) as string;
  let position = await redate(started, guangxi, moved, '2024-05-08');

  const report = async (query: string, headers: object = {}) => {
    const answer = await get(`/v1/reports/period?${query}`, {
      ...statistician,
      'min-event-position': position,
      ...headers,
    });
    t.equal(answer.statusCode, 200, answer.body);
    return answer;
  };
  const row = async (query: string, id = HANDED_OVER): Promise<Row> =>
    (await report(query)).json().rows.find((each: Row) => each.id === id);
  const persons = async (query: string, id = HANDED_OVER) => (await row(query, id)).persons;
  const MARCH = 'from=2024-03-01&to=2024-03-31';

  t.test('counts what is of the period for certain, and tells how much may be', async (t) => {
    t.match(await row(MARCH), { persons: 4, incidents: 3, undecided: 1, bound: '=', direction: 'VN-CN' });
    t.match(await row('from=2024-04-01&to=2024-04-30'), { persons: 1, incidents: 1, undecided: 1 });
    t.equal(await persons('from=2024-03-01&to=2024-04-10'), 6);
    t.equal(((await row('from=2024-03-01&to=2024-04-10')) as { undecided?: number }).undecided, undefined);
    t.equal(await persons(MARCH, 'suspect.handed-over.VN-CN'), 1, 'suspects are no fugitives');
    t.equal(await persons('from=2024-03-02&to=2024-03-30'), 1, 'March as a whole is not within it');
  });

  t.test('lists what is left open, so that nothing is hidden', async (t) => {
    const open = async (query: string) => {
      const url = `/v1/reports/period/${HANDED_OVER}/events?${query}&which=undecided`;
      const { contributions, lines } = (await get(url, { ...auditor, 'min-event-position': position })).json();
      t.equal(lines.length, contributions);
      return lines.map(({ date }: { date: string }) => date);
    };
    t.same(await open(MARCH), ['2024-03-20/2024-04-10']);
    t.same(await open('from=2024-04-01&to=2024-04-30'), ['2024-03-20/2024-04-10']);
    t.same(await open('from=2024-03-02&to=2024-03-30'), ['2024-03-01/2024-03-31', '2024-03-20/2024-04-10']);
    t.same(await open('from=2024-03-01&to=2024-04-10'), []);
  });

  t.test('as it was known then', async (t) => {
    t.equal(await persons(`${MARCH}&asOf=${before}`), 5, 'before the minutes were read again');
    t.equal(await persons('from=2024-05-01&to=2024-05-31'), 1);
    t.equal(await persons(`from=2024-05-01&to=2024-05-31&asOf=${before}`), 0);
  });

  t.test('of some provinces, judged as is asked for, and the answer repeats it', async (t) => {
    const scoped = async (provinces: string, judgedBy: string, period = MARCH, id = HANDED_OVER) =>
      persons(`${period}&provinces=${provinces}&judgedBy=${judgedBy}`, id);
    t.equal(await scoped('CN-GX', 'receiving'), 3, 'by the offices that received');
    t.equal(await scoped('CN-YN', 'receiving'), 1);
    t.equal(await scoped('CN-YN', 'pass'), 1);
    t.equal(await scoped('VN-09', 'pass'), 2, 'a handover at no pass is of none');
    t.equal(await scoped('CN-GX', 'delivering'), 0, 'the Vietnamese ministry is of no province');
    // Thanh Thủy was in Hà Giang until it merged into Tuyên Quang on 1 July 2025.
    const CN_VN = 'fugitive.handed-over.CN-VN';
    t.equal(await scoped('VN-03', 'pass', MARCH, CN_VN), 1);
    t.equal(await scoped('VN-03', 'pass', 'from=2025-07-01&to=2025-07-31', CN_VN), 0);
    t.equal(await scoped('VN-07', 'pass', 'from=2025-07-01&to=2025-07-31', CN_VN), 1);
    const { scope } = (await report(`${MARCH}&provinces=CN-GX,CN-YN&judgedBy=pass`)).json();
    t.same(scope, { level: 'provinces', provinces: ['CN-GX', 'CN-YN'], judgedBy: 'pass' });
    t.equal(await persons(`${MARCH}&offices=CN-GX-BLO&judgedBy=receiving`), 3);
    const captured = await row(`${MARCH}&provinces=CN-GX&judgedBy=pass`, 'fugitive.seized');
    t.equal(captured.persons, 1, 'captures are judged by where they were, or whose word they are');
  });

  t.test('an office is of the provinces that the register of offices gives it on its own side', async (t) => {
    const office = {
      code: 'VN-CB-BLO',
      kind: 'border-liaison-office',
      names: [{ text: 'Cao Bằng', language: 'vi', script: 'Latn' }],
      jurisdiction: ['VN-04', 'CN-GX'],
      occurredAt: '2024-01-01',
    };
    const entered = await post('/v1/offices', office, guangxi);
    t.equal(entered.statusCode, 201, entered.body);
    position = String(entered.headers['event-position']);
    const from = async (provinces: string) =>
      persons(`${MARCH}&provinces=${provinces}&judgedBy=delivering`, 'fugitive.handed-over.VN-CN');
    t.equal(await from('VN-04'), 0);
    const { last } = await give({ date: '2024-03-15' });
    const confirmed = await post(
      `${String(last.headers.location ?? last.json().links.events)}`,
      {
        type: 'delivery-confirmed',
        occurredAt: '2024-03-15',
        statedBy: { office: 'VN-CB-BLO', document: 'Note 9' },
      },
      guangxi,
    );
    t.equal(confirmed.statusCode, 201, confirmed.body);
    position = String(confirmed.headers['event-position']);
    t.equal(await from('VN-04'), 1);
    t.equal(await from('CN-GX'), 0, 'what it works for on the other side is not its territory');
    const asEntered = `${MARCH}&provinces=VN-04&judgedBy=delivering`;
    t.equal(await persons(`${asEntered}&asOf=${before}`), 0, 'before the office was entered');
    const record = entered.json();
    const { events } = (await get(record.links.events, guangxi)).json();
    const annulled = await post(
      record.links.events,
      { type: 'annulled', occurredAt: '2024-04-01', data: { eventId: events[0].id, reason: 'Entered by mistake' } },
      { ...guangxi, 'if-match': String(entered.headers.etag) },
    );
    t.equal(annulled.statusCode, 201, annulled.body);
    const known = position;
    position = String(annulled.headers['event-position']);
    t.equal(await from('VN-04'), 0, 'an office that was entered by mistake has no territory');
    t.equal(await persons(`${asEntered}&asOf=${known}`), 1, 'as it was known then');
  });

  t.test('a rescue is judged by the province where it was, else by the office whose word it is', async (t) => {
    const protection = await as('protection', 'CN', 'CN-GX-BLO');
    const rescue = async (day: string, province?: string) => {
      const [opening, ...steps] = wayTo('trafficking-victim', 'rescued').map((step) => ({
        ...step,
        occurredAt: day,
        ...(step.type === 'rescued' && province !== undefined && { data: { province } }),
      }));
      const { positions } = await sendCase(started, [opening, ...steps] as never, protection);
      position = positions.at(-1) as string;
    };
    await rescue('2023-01-10', 'CN-YN');
    await rescue('2023-01-11');
    const rescued = async (scope: string) =>
      persons(`from=2023-01-01&to=2023-01-31${scope}`, 'trafficking-victim.rescued');
    t.equal(await rescued(''), 2);
    t.equal(await rescued('&provinces=CN-YN&judgedBy=delivering'), 1);
    t.equal(await rescued('&provinces=CN-GX&judgedBy=pass'), 1, 'told by an office there, and was elsewhere');
    t.equal(await rescued('&offices=CN-GX-BLO&judgedBy=delivering'), 2, 'an office by its word, wherever it was');
  });

  t.test('in the language of the sender, as JSON or CSV, with a tag that names both', async (t) => {
    const inVietnamese = await report(`${MARCH}&figure=${HANDED_OVER}`, { 'accept-language': 'vi' });
    t.match(inVietnamese.json().rows, [{ label: /^Đối tượng truy nã/ }]);
    t.equal(inVietnamese.headers['content-language'], 'vi');
    const table = await report(`${MARCH}&figure=${HANDED_OVER},fugitive.seized&format=csv`);
    t.match(table.headers['content-type'], /^text\/csv/);
    const [header, first, ...captures] = table.body.split('\r\n');
    t.equal(header, 'id,label,direction,persons,incidents,quantity,unit,bound,stated,upTo,undecided');
    t.equal(first, `${HANDED_OVER},Fugitives handed over by Viet Nam to China,VN-CN,5,4,,,=,,,1`);
    t.equal(captures.length, 4, 'seized in all, by either direction, and the end');
    const tag = String(table.headers.etag);
    t.not(tag, String(inVietnamese.headers.etag));
    const again = await get(`/v1/reports/period?${MARCH}&figure=${HANDED_OVER},fugitive.seized&format=csv`, {
      ...statistician,
      'if-none-match': tag,
    });
    t.equal(again.statusCode, 304);
  });

  t.test(
    'what others published stands beside it where it is of the same scope, and of the period or a part of it',
    async (t) => {
      const state = async (period: object | undefined, scope: object, value: number) => {
        const statement = {
          figure: HANDED_OVER,
          bound: '=',
          value,
          unit: 'persons',
          period,
          scope,
          wording: `${value} persons`,
          publisher: 'A conference',
          publication: 'Its report',
          occurredAt: '2024-06-01',
        };
        const answer = await post('/v1/statements', statement, guangxi);
        t.equal(answer.statusCode, 201, answer.body);
        position = String(answer.headers['event-position']);
      };
      await state({ from: '2024-03', to: '2024-03' }, { level: 'national' }, 1);
      await state({ from: '2024-03-10', to: '2024-03-20' }, { level: 'national' }, 2);
      await state({ from: '2024-02', to: '2024-03' }, { level: 'national' }, 3);
      await state({ to: '2024-03' }, { level: 'provinces', provinces: ['CN-GX', 'VN-09'] }, 4);
      const stated = async (query: string) =>
        ((await row(query)) as Row & { statements: { value: number; samePeriod: boolean }[] }).statements.map(
          ({ value, samePeriod }) => [value, samePeriod],
        );
      t.same(await stated(MARCH), [
        [1, true],
        [2, false],
      ]);
      t.same(await stated(`${MARCH}&provinces=VN-09,CN-GX&judgedBy=pass`), [[4, null]]);
      t.same(await stated(`${MARCH}&provinces=CN-GX&judgedBy=pass`), []);
      t.same(await stated('from=2024-04-01&to=2024-04-30'), []);
    },
  );

  t.test('what operations report counts once, and only where somebody reported it', async (t) => {
    const chinese = await as('recorder', 'CN', 'CN-GX-PSD');
    const opened = await post(
      '/v1/operations',
      {
        name: 'An operation',
        kind: 'operation',
        subjects: ['drugs'],
        offices: ['CN-GX-PSD', 'VN-34-PD'],
        occurredAt: '2024-03-01',
      },
      chinese,
    );
    const { id, links } = opened.json();
    const say = async (type: string, data: object, account = chinese) => {
      const answer = await post(links.events, { type, occurredAt: '2024-03-10', data }, account);
      t.equal(answer.statusCode, 201, answer.body);
      position = String(answer.headers['event-position']);
    };
    await say('begun', {});
    t.match(await row(MARCH, 'drugs.seized'), { derived: false, quantity: undefined });
    const seizure = { result: 'r-1', measure: 'seizure', bound: '=', substance: 'ketamine', unit: 'kg' };
    await say('result-reported', { ...seizure, quantity: '0.1' });
    await say('result-reported', { ...seizure, quantity: '0.1' }, await as('recorder', 'VN', 'VN-34-PD'));
    await say('result-reported', { ...seizure, result: 'r-2', quantity: '0.1' });
    await say('result-reported', { ...seizure, result: 'r-4', quantity: '0.1' });
    await say('result-reported', { ...seizure, result: 'r-3', unit: 'tablet', quantity: '500' });
    t.match(await row(MARCH, 'drugs.seized'), { derived: true, quantity: '0.3', unit: 'kg', bound: '=' });
    t.match(await row(MARCH, 'drugs.ketamine-seized'), { quantity: '0.0003', unit: 't' });
    await say('result-reported', { ...seizure, quantity: '0.4' }, await as('recorder', 'VN', 'VN-34-PD'));
    t.match(await row(MARCH, 'drugs.seized'), { quantity: '0.3', bound: '≈', upTo: '0.6' });
    const behind = (
      await get(`/v1/reports/period/drugs.seized/events?${MARCH}`, { ...auditor, 'min-event-position': position })
    ).json();
    t.match(behind, { contributions: 3, withheld: 0, lines: [{ record: { category: 'operation', id } }, {}] });
    const stranger = await get(`/v1/reports/period/drugs.seized/events?${MARCH}`, yunnan);
    t.match(stranger.json(), { contributions: 3, withheld: 3, lines: [] });
    t.match(await get(`/v1/reports/period?${MARCH}&operation=${id}`, yunnan), { statusCode: 400 });
    const ofIt = (await get(`/v1/reports/period?${MARCH}&operation=${id}`, chinese)).json();
    t.same(
      ofIt.rows.map((each: Row) => each.id),
      ['drugs.seized', 'drugs.ketamine-seized'],
    );
    t.match(ofIt.scope, { level: 'operation', operation: id, name: 'An operation' });
  });

  t.test('leads to the lines behind each figure, page by page, as far as the viewer sees them', async (t) => {
    const { links, persons: figure } = await row(MARCH);
    const seen: string[] = [];
    let url: string | undefined = `${links.events}&limit=2`;
    while (url !== undefined) {
      const answer = await get(url, { ...auditor, 'min-event-position': position });
      t.equal(answer.statusCode, 200, answer.body);
      t.match(answer.json(), { figure: HANDED_OVER, contributions: figure, withheld: 0 });
      seen.push(...answer.json().lines.map(({ caseId }: { caseId: string }) => caseId));
      url = /<([^>]+)>; rel="next"/.exec(String(answer.headers.link))?.[1];
    }
    t.equal(new Set(seen).size, figure);
    t.match((await get(links.events, yunnan)).json(), { contributions: figure, withheld: Number(figure) - 1 });
    t.equal((await get(links.events, statistician)).statusCode, 403, 'whose role sees no records');
  });

  t.test('is refused with the field and what would be right', async (t) => {
    const wrong: readonly [query: string, name: string, detail: RegExp][] = [
      ['from=2024-03-01', 'to', /expected a date/],
      ['from=2024-02-30&to=2024-03-01', 'from', /there is no such day/],
      ['from=2024-03-02&to=2024-03-01', 'to', /not before `from`/],
      [`${MARCH}&provinces=CN-GX`, 'judgedBy', /delivering, receiving, pass/],
      [`${MARCH}&judgedBy=pass`, 'judgedBy', /`provinces` or `offices`/],
      [`${MARCH}&provinces=CN-XX&judgedBy=pass`, 'provinces', /province/],
      [`${MARCH}&offices=CN-GX-BLO&judgedBy=pass`, 'judgedBy', /an office is no pass/],
      [`${MARCH}&figure=fugitive`, 'figure', /figure/],
      [`${MARCH}&asOf=2199-01-01`, 'asOf', /future/],
      [`${MARCH}&format=xml`, 'format', /json or csv/],
      [`${MARCH}&scope=CN`, 'scope', /unknown/],
      [`${MARCH}&operation=00000000-0000-4000-8000-000000000000`, 'operation', /no such operation/],
    ];
    for (const [query, name, detail] of wrong) {
      const answer = await get(`/v1/reports/period?${query}`, auditor);
      t.equal(answer.statusCode, 400, query);
      t.match(answer.json().errors, [{ in: 'query', name, detail }], query);
    }
    t.match((await get(`/v1/reports/period/nothing/events?${MARCH}`, auditor)).json().errors, [{ name: 'figure' }]);
    const otherWay = await get(`/v1/reports/period/${HANDED_OVER}/events?${MARCH}&direction=CN-VN`, auditor);
    t.match(otherWay.json().errors, [{ name: 'direction', detail: 'expected VN-CN, or none' }]);
    t.equal((await get(`/v1/reports/period?${MARCH}`)).statusCode, 401);
  });
});
