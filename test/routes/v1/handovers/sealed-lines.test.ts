import t from 'tap';
import { FOR_CASE_WORK, type Headers, startApp } from '../../../support/app.ts';
import { seenBy, sendCase } from '../../../support/cases-over-http.ts';
import { minutesOf, READY, workedOff } from '../../../support/minutes.ts';

/** Invented, as all that is in the tests. */
const PROPERTY = ['A silver ring', 'A brown suitcase'] as const;

t.test('what is a person’s is read in the minutes by those who read it in the case', async (t) => {
  const app = await startApp(t);
  const guangxi = await app.as('recorder', 'CN', 'CN-GX-BLO');
  const vietnam = { ...(await app.as('liaison', 'VN', 'VN-QN-BLO')), ...FOR_CASE_WORK };
  const cases = [await sendCase(app, READY, guangxi), await sendCase(app, READY, guangxi)];
  const lines = cases.map(({ id }, index) => ({
    case: id,
    outcome: 'handed-over',
    sex: 2,
    ageBand: '18-39',
    homeLocality: 'VN-13',
    property: PROPERTY[index],
    medicine: 'Insulin',
  }));
  const totals = { persons: 2, bySex: { 2: 2 }, byAgeBand: { '18-39': 2 }, byHomeLocality: { 'VN-13': 2 } };
  const signatories = [{ side: 'VN', name: 'T. V. B.' }];
  const body = minutesOf(lines, { totals, signatories, counterpart: 'VN-QN-BLO' });
  const signed = await app.post('/v1/handovers', body, guangxi);
  t.equal(signed.statusCode, 201, signed.body);
  const { self } = signed.json().links;
  await workedOff(app, self, guangxi);
  let seen: Headers = seenBy(signed);
  const opening = async (viewer: Headers) => {
    const answer = await app.get(`${self}/events?include=sealed`, { ...viewer, ...seen });
    t.equal(answer.statusCode, 200, answer.body);
    const [event] = answer.json().events;
    return { sealed: event.sealed, ...event.handover };
  };

  for (const viewer of [guangxi, { ...(await app.as('recorder', 'CN')), ...FOR_CASE_WORK }]) {
    t.match(await opening(viewer), { sealed: false, signatories, lines: lines.map(({ case: _, ...line }) => line) });
  }
  const theirs = await opening(vietnam);
  t.match(theirs, { sealed: true, signatories, totals });
  t.same(
    theirs.lines,
    cases.map(({ id }) => ({ case: id, outcome: 'handed-over' })),
  );
  t.notMatch((await app.get(`${self}?include=sealed`, { ...vietnam, ...seen })).body, /silver|suitcase|Insulin/);

  const [first] = cases;
  const share = { type: 'shared-with', occurredAt: '2024-02-02', data: { offices: ['VN-QN-BLO'] } };
  seen = seenBy(await app.post(`/v1/cases/${first?.id}/events`, share, guangxi));
  const shared = await opening(vietnam);
  t.match(shared, { sealed: true, lines: [{ property: PROPERTY[0], medicine: 'Insulin', sex: 2 }, {}] });
  t.same(shared.lines[1], { case: cases[1]?.id, outcome: 'handed-over' });
  t.same(
    (await opening(await app.as('protection', 'CN', 'CN-GX-BLO'))).lines,
    cases.map(({ id }) => ({ case: id, outcome: 'handed-over' })),
    'the role that protects victims reads no other persons',
  );
});
