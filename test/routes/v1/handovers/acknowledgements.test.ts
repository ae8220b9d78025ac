import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { type Headers, startApp } from '../../../support/app.ts';
import { sendCase } from '../../../support/cases-over-http.ts';
import { minutesOf, NOT_READY, READY, workedOff } from '../../../support/minutes.ts';
import { wayTo } from '../../../support/ordinary-ways.ts';

const started = async (t: Test) => {
  const app = await startApp(t);
  return { app, officer: await app.as('recorder', 'CN') };
};

t.test('an acknowledgement is taken back by the side that gave it, and then the minutes', async (t) => {
  const { app, officer } = await started(t);
  const { id } = await sendCase(app, NOT_READY, officer);
  const lines = [{ case: id, outcome: 'handed-over' }];
  const signed = await app.post('/v1/handovers', minutesOf(lines, { counterpart: 'VN-MPS' }), officer);
  const { self } = signed.json().links;
  await workedOff(app, self, officer);
  const vietnam = await app.as('liaison', 'VN');
  const acknowledged = await app.post(`${self}/events`, { type: 'acknowledged', occurredAt: '2024-02-02' }, vietnam);
  t.equal(acknowledged.statusCode, 201, acknowledged.body);
  const seen = { 'min-event-position': String(acknowledged.headers['event-position']) };
  const { events } = (await app.get(`${self}/events`, { ...officer, ...seen })).json();
  const annul = async (type: string, by: Headers) => {
    const { etag } = (await app.get(self, { ...by, ...seen })).headers;
    const eventId = events.find((each: { type: string }) => each.type === type).id;
    const body = { type: 'annulled', occurredAt: '2024-02-03', data: { eventId, reason: 'signed in error' } };
    const answer = await app.post(`${self}/events`, body, { ...by, 'if-match': String(etag) });
    if (answer.statusCode === 201) seen['min-event-position'] = String(answer.headers['event-position']);
    return answer;
  };
  t.match((await annul('minutes-signed', officer)).json().detail, /what VN has recorded/);
  t.equal((await annul('acknowledged', vietnam)).json().status, 'signed');
  t.equal((await annul('minutes-signed', officer)).json().status, 'annulled');
});

t.test("the other side's word matches, differs or is missing", async (t) => {
  const { app, officer } = await started(t);
  const cases: string[] = [];
  for (let each = 0; each < 3; each++) cases.push((await sendCase(app, READY, officer)).id);
  const lines = cases.map((id) => ({ case: id, outcome: 'handed-over' }));
  const signed = await app.post('/v1/handovers', minutesOf(lines, { counterpart: 'VN-MPS' }), officer);
  const { self } = signed.json().links;
  await workedOff(app, self, officer);
  const worklist = async (query: string, viewer = officer) => {
    const answer = await app.get(`/v1/handovers?${query}`, viewer);
    t.equal(answer.statusCode, 200, answer.body);
    return answer.json().handovers;
  };
  t.equal((await worklist('agreement=one-sided')).length, 3);
  t.same(await worklist('agreement=matched,conflicting'), []);

  const vietnam = await app.as('liaison', 'VN');
  const own = await app.post(`${self}/events`, { type: 'acknowledged', occurredAt: '2024-02-02' }, officer);
  t.equal(own.statusCode, 422);
  t.match(own.json().errors, [{ code: 'wrong-side' }]);
  const acknowledged = await app.post(
    `${self}/events`,
    {
      type: 'acknowledged',
      occurredAt: '2024-02-02',
      data: {
        inOwnBook: { handoverDate: '2024-02-01', pass: 'dongxing' },
        differing: [{ case: cases[1], differsIn: ['person'] }],
        theirNumber: 'VN 7/2024',
      },
    },
    vietnam,
  );
  t.equal(acknowledged.statusCode, 201, acknowledged.body);
  for (let tries = 0; tries < 400 && (await worklist('agreement=one-sided')).length > 0; tries++) await wait(25);
  t.match(await worklist('agreement=conflicting'), [
    { caseId: cases[1], delivered: true, received: false, differsIn: ['person'] },
  ]);
  t.equal((await worklist('agreement=matched')).length, 2);
  t.equal((await worklist('limit=1')).length, 1);
  const { rows } = (await app.get('/v1/handovers/yearly?from=2024&to=2024&direction=CN-VN', officer)).json();
  t.match(rows, [{ persons: 3, delivered: 3, received: 2, matched: 2 }]);
  t.match((await app.get(self, officer)).json(), { status: 'acknowledged', work: { acknowledged: 3, open: 0 } });
  // The view of the cases may be behind that of the worklist.
  const seen = { ...officer, 'min-event-position': (await app.caseEvents()).at(-1)?.position as string };
  t.match((await app.get(`/v1/cases/${cases[0]}`, seen)).json(), {
    status: 'receipt-acknowledged',
    handovers: [{ statedBy: 'CN', agreement: 'matched' }],
  });
});

t.test('for one case as well', async (t) => {
  const { app, officer } = await started(t);
  const handedOver = [...wayTo('irregular-entry', 'handed-over-at-border-pass')] as never;
  const { id, links } = await sendCase(app, handedOver, officer);
  const say = (body: object) => app.post(links.events, { occurredAt: '2024-01-02', ...body }, officer);
  const other = { statedBy: { office: 'VN-MPS', document: 'Minutes 3' } };
  t.match(
    (await say({ type: 'handover-disputed', data: { differsIn: ['pass'] } })).json().detail,
    /is the word of .. itself/,
  );
  const answer = await say({
    type: 'receipt-acknowledged',
    ...other,
    data: { inOwnBook: { handoverDate: '2024-01-02', pass: 'youyi-guan' } },
  });
  t.match(answer.json().handovers, [{ agreement: 'conflicting', differsIn: ['handover-date'] }], answer.body);
  t.equal(answer.json().id, id);
});
