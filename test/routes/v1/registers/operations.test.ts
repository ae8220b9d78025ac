import t from 'tap';
import { type Headers, startApp } from '../../../support/app.ts';
import { seenBy, sendCase } from '../../../support/cases-over-http.ts';
import { wayTo } from '../../../support/ordinary-ways.ts';

const operation = {
  name: 'Joint operation in Khánh Hòa',
  kind: 'operation',
  subjects: ['drugs'],
  offices: ['CN-GX-PSD', 'VN-34-PD'],
  plannedPeriod: { from: '2023-09' },
  plan: 'Search the warehouse of N. V. A.',
  occurredAt: '2023-08-01',
} as const;

t.test('an operation is run and reported on by the offices that take part, and seen by them alone', async (t) => {
  const started = await startApp(t);
  const { get, post, as } = started;
  const chinese = await as('recorder', 'CN', 'CN-GX-PSD');
  const vietnamese = await as('recorder', 'VN', 'VN-34-PD');
  const { id: caseId } = await sendCase(started, wayTo('fugitive', 'reported') as never, chinese);
  const opened = await post('/v1/operations', operation, chinese);
  t.equal(opened.statusCode, 201, opened.body);
  const { links } = opened.json();
  let position = '';
  const record = async (sender: object, type: string, data: object, occurredAt = '2023-10-01') => {
    const answer = await post(links.events, { type, occurredAt, data }, sender as never);
    if (answer.statusCode === 201) position = String(answer.headers['event-position']);
    return answer;
  };
  const seizure = { result: 'KH-1', measure: 'seizure', bound: '=', substance: 'ketamine' };
  for (const [sender, type, data] of [
    [chinese, 'begun', { begunOn: '2023-09' }],
    [chinese, 'case-linked', { case: caseId }],
    [chinese, 'result-reported', { ...seizure, quantity: '1.4', unit: 't', details: 'Found with N. V. A.' }],
    [vietnamese, 'result-reported', { ...seizure, quantity: '1390', unit: 'kg' }],
  ] as const) {
    const answer = await record(sender, type, data);
    t.equal(answer.statusCode, 201, answer.body);
  }
  const seen = () => ({ 'min-event-position': position });
  const totals = [
    {
      measure: 'seizure',
      substance: 'ketamine',
      quantity: { unit: 'g', lower: '1390000', upper: '1400000', approximate: false },
      results: 1,
      oneSided: 0,
      conflicting: 1,
    },
  ];
  for (const viewer of [chinese, vietnamese, await as('recorder', 'VN'), await as('auditor')]) {
    const answer = await get(links.self, { ...viewer, ...seen() });
    t.match(answer.json(), { status: 'running', cases: [caseId], results: [{ agreement: 'conflicting' }] });
    t.same(answer.json().totals, totals);
    t.notMatch(answer.body, 'N. V. A.');
  }
  const sealed = (await get(`${links.self}?include=sealed`, { ...vietnamese, ...seen() })).json();
  t.match(sealed, { plan: operation.plan, results: [{ reports: [{ details: 'Found with N. V. A.' }, {}] }] });
  t.same(sealed.totals, totals);

  const stranger = await as('liaison', 'CN', 'CN-YN-BLO');
  t.equal((await get(links.self, { ...stranger, ...seen() })).statusCode, 404);
  t.equal((await record(stranger, 'suspended', {})).statusCode, 404);
  t.same((await get('/v1/operations', { ...stranger, ...seen() })).json(), { operations: [] });
  t.equal((await get('/v1/operations', await as('statistician'))).statusCode, 403);

  for (const [query, found] of [
    ['participant=VN-34-PD&subject=drugs', 1],
    [`case=${caseId}`, 1],
    ['substance=ketamine&kind=operation,campaign', 1],
    ['substance=heroin', 0],
    ['status=concluded', 0],
  ] as const) {
    const answer = await get(`/v1/operations?${query}`, { ...chinese, ...seen() });
    t.equal(answer.json().operations.length, found, query);
  }

  const { events } = (await get(links.events, { ...vietnamese, ...seen() })).json();
  const mistake = { eventId: events.at(-1).id, changes: { quantity: '1400' }, reason: 'Weighed again' };
  const { etag } = (await get(links.self, { ...vietnamese, ...seen() })).headers;
  const correction = { type: 'corrected', occurredAt: '2023-10-02', data: mistake };
  const corrected = await post(links.events, correction, { ...vietnamese, 'if-match': String(etag) });
  t.equal(corrected.statusCode, 201, corrected.body);
  position = String(corrected.headers['event-position']);
  const shown = (await get(links.self, { ...chinese, ...seen() })).json();
  t.match(shown, {
    results: [{ agreement: 'matched' }],
    totals: [{ quantity: { lower: '1400000', upper: '1400000' }, conflicting: 0 }],
  });
});

t.test('a report that is not as it should be is refused with the place of the fault', async (t) => {
  const { post, as } = await startApp(t);
  const officer = await as('recorder', 'CN', 'CN-GX-PSD');
  for (const [body, pointer] of [
    [{ ...operation, offices: ['CN-GX-PSD'] }, '/offices'],
    [{ ...operation, name: undefined }, '/name'],
    [{ ...operation, leader: 'N. V. A.' }, '/leader'],
  ] as const) {
    const answer = await post('/v1/operations', body, officer);
    t.equal(answer.statusCode, 422);
    t.match(answer.json().errors, [{ pointer }]);
  }
  const { links } = (await post('/v1/operations', operation, officer)).json();
  await post(links.events, { type: 'begun', occurredAt: '2023-09-01', data: { begunOn: '2023-09' } }, officer);
  const arrests = { result: '1', measure: 'arrests', bound: '=', count: 1 };
  for (const [data, pointer] of [
    [{ ...arrests, quantity: '1' }, '/data/quantity'],
    [{ ...arrests, phase: 'phase-1' }, '/data/phase'],
    [{ ...arrests, count: '1' }, '/data/count'],
    [{ ...arrests, count: 1e300 }, '/data/count'],
    [{ ...arrests, bound: '<' }, '/data/bound'],
  ] as const) {
    const answer = await post(links.events, { type: 'result-reported', occurredAt: '2023-10-01', data }, officer);
    t.equal(answer.statusCode, 422, answer.body);
    t.match(answer.json().errors, [{ pointer }]);
  }
});

t.test('that an operation has to do with a case of a victim is told by those who protect victims', async (t) => {
  const started = await startApp(t);
  const { get, post, as } = started;
  const office = ['CN', 'CN-GX-PSD'] as const;
  const [officer, protection] = [await as('recorder', ...office), await as('protection', ...office)];
  const { id: victim } = await sendCase(started, wayTo('trafficking-victim', 'reported') as never, officer);
  const { links } = (await post('/v1/operations', { ...operation, subjects: ['trafficking'] }, officer)).json();
  const link = (sender: Headers) =>
    post(links.events, { type: 'case-linked', occurredAt: '2023-10-01', data: { case: victim } }, sender);
  const refused = await link(officer);
  t.equal(refused.statusCode, 422, refused.body);
  t.match(refused.json().errors, [{ code: 'unsuitable-record', pointer: '/data/case' }]);
  const linked = await link(protection);
  t.equal(linked.statusCode, 201, linked.body);
  t.same((await get(links.self, { ...officer, ...seenBy(linked) })).json().cases, [victim]);
});
