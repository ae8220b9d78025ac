import t from 'tap';
import { ROLES } from '../../../../domain/kernel/roles.ts';
import { startApp } from '../../../support/app.ts';

const statement = {
  figure: 'irregular-entry.handed-over.CN-VN',
  bound: '=',
  value: 2602,
  unit: 'persons',
  period: { to: '2019-04' },
  scope: { level: 'provinces', provinces: ['VN-09', 'VN-13', 'VN-04', 'VN-03', 'CN-GX'] },
  wording: '2,602 Vietnamese immigration violators returned',
  publisher: 'Conference of four provinces and Guangxi',
  publication: 'Report to April 2019',
  occurredAt: '2019-04',
} as const;

t.test('what was published is there for everybody, and written by its office alone', async (t) => {
  const { get, post, as } = await startApp(t);
  const officer = await as('liaison', 'CN', 'CN-GX-BLO');
  const opened = await post('/v1/statements', statement, officer);
  t.equal(opened.statusCode, 201, opened.body);
  const { links } = opened.json();
  const seen = { 'min-event-position': String(opened.headers['event-position']) };
  for (const role of ROLES) {
    const viewer = { ...(await as(role, 'VN', 'VN-09-BLO')), ...seen };
    const answer = await get(links.self, viewer);
    t.match(answer.json(), { status: 'published', value: 2602, publisher: statement.publisher }, role);
    const listed = (await get('/v1/statements?figure=irregular-entry.handed-over.CN-VN', viewer)).json();
    t.equal(listed.statements.length, 1, role);
  }
  t.same((await get('/v1/statements?bound=%3E', { ...officer, ...seen })).json(), { statements: [] });
  t.equal((await get('/v1/statements?figure=none', officer)).statusCode, 400);
  const retracted = { type: 'retracted', occurredAt: '2019-05-01' };
  const stranger = await post(links.events, retracted, await as('liaison', 'VN', 'VN-09-BLO'));
  t.equal(stranger.statusCode, 403);
  t.equal((await post(links.events, retracted, officer)).json().status, 'retracted');
  t.equal((await post('/v1/statements', statement, await as('statistician'))).statusCode, 403);
});

t.test('what is opened with as it should not be is refused with the place of the fault', async (t) => {
  const { post, as } = await startApp(t);
  const officer = await as('liaison', 'CN', 'CN-GX-BLO');
  const answer = await post('/v1/statements', { ...statement, unit: 'kg' }, officer);
  t.equal(answer.statusCode, 422);
  t.match(answer.json().errors, [{ pointer: '/unit', detail: /persons or incidents/ }]);
});
