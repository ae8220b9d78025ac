import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { cli, serving } from '../support/cli.ts';
import { clientOf } from '../support/http-client.ts';
import { testFolder } from '../support/test-folder.ts';

const FUGITIVES_OF_2017 = '/v1/handovers/yearly?from=2017&to=2017&kind=fugitive';

t.test('the demonstration', async (t) => {
  const environment = { DATA_DIR: testFolder(t) };
  let service = await serving(t, environment, 'demo');
  const token = (await cli(['token', '--role', 'auditor'], environment)).stdout.trim();
  const { get } = clientOf(() => service.address, token);
  const persons = async (query: string) => {
    const { status, body } = await get(query);
    t.equal(status, 200);
    return body.rows.map(
      ({ direction, persons: number }: { direction: string; persons: number }) => `${direction} ${number}`,
    );
  };
  const everything = async () => {
    const feed = (await get('/v1/events')).body as string;
    return feed
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).id as string);
  };

  t.test('says what it records and where to look', async (t) => {
    const { stdout, stderr } = service.written();
    t.match(stderr, /Recording the demonstration: (\d+) of \1\n/);
    t.match(stdout, / 2017 +23 +15\n/);
    t.ok(stdout.includes(`${service.address}${FUGITIVES_OF_2017}`));
    for (const role of ['recorder', 'liaison', 'protection', 'auditor', 'statistician', 'admin']) {
      const given = new RegExp(`^ +${role} +(\\S+)$`, 'm').exec(stdout)?.[1];
      const answer = await clientOf(() => service.address, String(given)).get(FUGITIVES_OF_2017);
      t.equal(answer.status, 200, `the token of the ${role} is good`);
    }
  });

  t.test('gives the published figures of 2017, as known at the end of the year, at the report and today', async (t) => {
    for (const asOf of ['', '&asOf=2017-12-31', '&asOf=2017-11-11', '&asOf=2017-11-11&zone=Asia/Ho_Chi_Minh']) {
      t.same(await persons(FUGITIVES_OF_2017 + asOf), ['CN-VN 15', 'VN-CN 23'], asOf);
    }
    t.same(await persons(`${FUGITIVES_OF_2017}&asOf=2016-12-31`), []);
  });

  t.test('knows other years otherwise than it did, and says by which events', async (t) => {
    const of = (year: number, asOf: string) =>
      persons(`/v1/handovers/yearly?from=${year}&to=${year}&kind=fugitive&direction=VN-CN${asOf}`);
    t.same([await of(2018, '&asOf=2018-12-31'), await of(2018, '')], [['VN-CN 57'], ['VN-CN 56']]);
    t.same([await of(2016, '&asOf=2016-12-31'), await of(2016, '')], [['VN-CN 17'], ['VN-CN 18']]);
    const cases = async (asOf: string) => {
      const { body } = await get(`/v1/handovers/yearly/2018/VN-CN/events?kind=fugitive&limit=500${asOf}`);
      t.equal(body.lines.length + body.withheld, body.persons);
      return new Set(body.lines.map(({ caseId }: { caseId: string }) => caseId));
    };
    const now = await cases('');
    t.equal([...(await cases('&asOf=2018-12-31'))].filter((id) => !now.has(id)).length, 1);
    const { body } = await get('/v1/handovers/yearly');
    t.ok(body.openYear.length > 0);
    t.ok(body.newYearCases.length > 0);
  });

  t.test('holds what the sources published as statements, each with its bound and its scope', async (t) => {
    const { status, body } = await get('/v1/statements?limit=500');
    t.equal(status, 200);
    const shown = (body.statements as Record<string, unknown>[]).map(
      ({ figure, bound, value, unit }) => `${figure} ${bound} ${value} ${unit}`,
    );
    t.same(
      shown.toSorted(),
      [
        'border-management.violations-handled = 9 incidents',
        'cooperation.officers-trained = 77 persons',
        'cooperation.stations-with-memorandum = 8 pairs',
        'cooperation.training-courses = 9 courses',
        'cooperation.visits = 24 visits',
        'drugs.arrested > 10000 persons',
        'drugs.cracked > 7000 incidents',
        'drugs.ketamine-seized = 1.4 t',
        'drugs.precursors-seized ≈ 80 t',
        'drugs.seized ≈ 6000 kg',
        'fugitive.handed-over.CN-VN = 15 persons',
        'fugitive.handed-over.CN-VN = 6 persons',
        'fugitive.handed-over.VN-CN = 23 persons',
        'fugitive.handed-over.VN-CN = 46 persons',
        'fugitive.seized > 100 persons',
        'gambling.hubs-dismantled = 1 places',
        'high-technology-crime.handled = 24 persons',
        'high-technology-crime.handled = 5 incidents',
        'irregular-entry.handed-over.CN-VN = 2602 persons',
        'irregular-entry.handed-over.VN-CN = 10 incidents',
        'irregular-entry.handed-over.VN-CN = 44 persons',
        'trafficking-victim.rescued = 49 persons',
        'trafficking-victim.rescued > 1000 persons',
        'trafficking.cracked > 100 incidents',
        'unlawful-detention.handed-over = 12 persons',
      ].toSorted(),
    );
  });

  t.test('holds what the sides agreed and did together, in single records that add up', async (t) => {
    const listed = async (query: string): Promise<Record<string, unknown>[]> => {
      const { status, body } = await get(`/v1/${query}${query.includes('?') ? '&' : '?'}limit=500`);
      t.equal(status, 200);
      return Object.values(body)[0] as Record<string, unknown>[];
    };
    const of2017 = ({ heldFrom }: Record<string, unknown>) => String(heldFrom).startsWith('2017');
    t.equal((await listed('visits?status=held')).filter(of2017).length, 24);
    const courses = (await listed('trainings?status=held&officersOf=VN')).filter(of2017);
    t.equal(courses.length, 9);
    t.equal(
      courses.reduce((sum, { officersTrained }) => sum + Number(officersTrained), 0),
      77,
    );
    const pairs = await listed('twinnings?kind=district-stations');
    const memoranda = new Map(
      (await listed('agreements?kind=memorandum&status=signed')).map((each) => [each.id, each]),
    );
    t.equal(new Set(pairs.map(({ memorandum }) => memoranda.get(memorandum)?.id)).size, 8);
    for (const each of [...courses, ...pairs, ...memoranda.values()]) t.match(JSON.stringify(each), 'invented');
    t.match(
      (await listed('twinnings'))
        .map(({ kind }) => kind)
        .filter((kind) => kind !== 'district-stations')
        .toSorted(),
      ['localities', 'villages'],
    );
    t.match(await listed('meetings?level=ministry'), [{ ordinal: 9, heldFrom: '2026-03', status: 'held' }]);
    t.match(await listed('equipment'), [{ direction: 'CN-VN', to: { length: 4 } }]);
  });

  t.test('holds the offices that sources name, and both dates of one of them', async (t) => {
    const { body } = await get('/v1/offices?limit=500');
    const offices = body.offices as Record<string, unknown>[];
    t.equal(offices.filter(({ kind }) => kind === 'anti-trafficking-liaison-office').length, 4);
    t.match(
      offices.find(({ kind }) => kind === 'police-liaison-bureau'),
      { openedOn: '2014' },
    );
    const border = offices.find(({ kind }) => kind === 'border-liaison-office');
    t.match(border, { disputed: ['openedOn'], claims: [{ value: '2022-08' }, { value: '2020-08-18' }] });
    t.equal(border?.openedOn, undefined);
  });

  t.test('holds joint operations with their results as they were told', async (t) => {
    const { body } = await get('/v1/operations');
    const totals = new Map(
      (body.operations as { name: string; totals: object[] }[]).map((operation) => [operation.name, operation.totals]),
    );
    t.match(totals.get('Joint operation in Khánh Hòa'), [
      { substance: 'ketamine', quantity: { unit: 'g', lower: '1400000', upper: '1400000', approximate: false } },
      { substance: 'precursor-chemicals', quantity: { lower: '80000000', upper: '80000000', approximate: true } },
    ]);
    t.match(totals.get('Three earlier joint drug campaigns'), [
      { measure: 'incidents-cracked', count: { lower: 7000, upper: undefined } },
      { measure: 'arrests', count: { lower: 10_000, upper: undefined } },
      { quantity: { lower: '6000000', approximate: true } },
    ]);
    t.match(totals.get('Gambling hub dismantled in China'), [{ count: { lower: 1, upper: 1 } }]);
  });

  t.test('holds the list of another book that is compared when its last line comes in', async (t) => {
    const recorder = (await cli(['token', '--role', 'recorder'], environment)).stdout.trim();
    const { get: ask, post } = clientOf(() => service.address, recorder);
    const [waiting] = (await ask('/v1/reconciliations')).body.reconciliations;
    t.match(waiting, { number: /invented/, list: { received: 8, complete: false } });
    const { self } = waiting.links;
    const lines = [{ date: '2022-08-08', pass: 'dongxing', names: ['N. V. A.'] }];
    t.equal((await post(`${self}/lines?occurredAt=2023-01-16`, { lines })).status, 201);
    let found = waiting;
    for (let tries = 0; tries < 400 && found.status !== 'compared'; tries++) {
      await wait(25);
      found = (await ask(self)).body;
    }
    t.match(found, {
      comparison: { matched: 7, conflicting: 1, theirsOnly: 1, oursOnly: 1, open: 3 },
      figures: [{ theirs: 9, ours: 8 }],
    });
    t.match((await ask(`${self}/lines?result=conflicting`)).body.lines, [
      { theirs: { date: '2022-01-01' }, ours: { date: '2021-12-31' }, explainedBy: ['new-year', 'outside-period'] },
    ]);
  });

  t.test('answers the same when it is stopped and started again, and loads nothing twice', async (t) => {
    const before = await everything();
    const figures = await get('/v1/handovers/yearly');
    t.equal(await service.stop(), 0);
    service = await serving(t, environment, 'demo');
    t.notMatch(service.written().stderr, /Recording/);
    t.match(service.written().stdout, / 2017 +23 +15\n/);
    t.same(await everything(), before);
    t.same((await get('/v1/handovers/yearly')).body, figures.body);
    t.same(await persons(FUGITIVES_OF_2017), ['CN-VN 15', 'VN-CN 23']);
  });
});
