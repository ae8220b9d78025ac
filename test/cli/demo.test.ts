import t from 'tap';
import { cli, serving } from '../support/cli.ts';
import { clientOf } from '../support/http-client.ts';

const FUGITIVES_OF_2017 = '/v1/handovers/yearly?from=2017&to=2017&kind=fugitive';

t.test('the demonstration', async (t) => {
  const environment = { DATA_DIR: t.testdir() };
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
    t.same([await of(2018, '&asOf=2018-12-31'), await of(2018, '')], [['VN-CN 20'], ['VN-CN 19']]);
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
