import t, { type Test } from 'tap';
import { type Answer, type Headers, startApp, type TestApp } from '../../../support/app.ts';
import { seenBy, sendCase } from '../../../support/cases-over-http.ts';
import { linesOf, minutesOf, READY, workedOff } from '../../../support/minutes.ts';

/** Minutes of two persons that were handed over and acknowledged, with the means to go on. */
const acknowledged = async (t: Test, data: object = {}) => {
  const app = await startApp(t);
  const [china, vietnam] = [await app.as('recorder', 'CN'), await app.as('liaison', 'VN')];
  const cases = [await sendCase(app, READY, china), await sendCase(app, READY, china)].map(({ id }) => id);
  const lines = cases.map((id) => ({ case: id, outcome: 'handed-over' }));
  const signed = await app.post('/v1/handovers', minutesOf(lines, { counterpart: 'VN-MPS' }), china);
  const { self } = signed.json().links;
  await workedOff(app, self, china);
  let seen: Headers = {};
  const record = async (body: object, sender: Headers = vietnam, more: Headers = {}): Promise<Answer> => {
    const answer = await app.post(`${self}/events`, { occurredAt: '2024-02-02', ...body }, { ...sender, ...more });
    if (answer.statusCode === 201) seen = seenBy(answer);
    return answer;
  };
  const acknowledge = (data: object) => record({ type: 'acknowledged', data });
  /** Takes the acknowledgement back as it stands now. */
  const annul = async (): Promise<Answer> => {
    const { headers } = await app.get(self, { ...vietnam, ...seen });
    const { events } = (await app.get(`${self}/events?limit=500`, { ...vietnam, ...seen })).json();
    const { id: eventId } = events.findLast(({ type }: { type: string }) => type === 'acknowledged');
    const body = { type: 'annulled', data: { eventId, reason: 'Of other minutes' } };
    return record(body, vietnam, { 'if-match': String(headers.etag) });
  };
  /** When all is done that follows from what was recorded. */
  const done = async () => {
    const work = (await workedOff(app, self, { ...china, ...seen })).json();
    const last = (await app.get(`${self}/events?limit=500`, china)).json().events.at(-1);
    seen = { 'min-event-position': last.position };
    return work;
  };
  const shown = async (id: string | undefined) => (await app.get(`/v1/cases/${id}`, { ...china, ...seen })).json();
  t.equal((await acknowledge(data)).statusCode, 201);
  await done();
  return { app, china, vietnam, cases, self, record, acknowledge, annul, done, shown };
};

const worklist = async ({ get }: Pick<TestApp, 'get'>, officer: Headers, agreement: string) =>
  (await get(`/v1/handovers?agreement=${agreement}`, officer)).json().handovers.length;

t.test('an acknowledgement that is annulled is taken back in the cases, and the next one stands there', async (t) => {
  const { app, china, cases, self, acknowledge, annul, done, shown } = await acknowledged(t, { theirNumber: 'VN 7' });
  t.match(await shown(cases[0]), { status: 'receipt-acknowledged', handovers: [{ agreement: 'matched' }] });

  t.equal((await annul()).statusCode, 201);
  t.match(await done(), { status: 'signed', work: { acknowledged: 0, handedOver: 2, couldNotBe: 0 } });
  for (const id of cases) {
    t.match(await shown(id), { status: 'handed-over', handovers: [{ agreement: 'one-sided' }] });
  }
  t.equal(await worklist(app, china, 'one-sided'), 2);
  t.match(await linesOf(app, self, china), [{ result: 'recorded', acknowledgement: { result: 'taken-back' } }, {}]);

  const second = { theirNumber: 'VN 8', differing: [{ case: cases[1], differsIn: ['person'] }] };
  t.equal((await acknowledge(second)).statusCode, 201);
  t.match(await done(), { status: 'acknowledged', work: { acknowledged: 2, couldNotBe: 0 } });
  t.match(await shown(cases[0]), { status: 'receipt-acknowledged', handovers: [{ agreement: 'matched' }] });
  t.match(await shown(cases[1]), { handovers: [{ agreement: 'conflicting', differsIn: ['person'] }] });
  const { events } = (await app.get(`/v1/cases/${cases[0]}/events?include=person`, china)).json();
  t.match(events.slice(-3), [
    { type: 'receipt-acknowledged', data: { minutes: { number: 'VN 7' } } },
    { type: 'annulled', recordedBy: { role: 'ledger', office: 'VN-MPS' } },
    { type: 'receipt-acknowledged', data: { minutes: { number: 'VN 8' } } },
  ]);
  t.equal((await linesOf(app, self, china))[0].acknowledgement.event, events.at(-1).id);
});

t.test('given anew before the first is taken back, it takes its place all the same', async (t) => {
  const { cases, acknowledge, annul, done, shown } = await acknowledged(t);
  t.equal((await annul()).statusCode, 201);
  t.equal((await acknowledge({ inOwnBook: { handoverDate: '2024-02-02' } })).statusCode, 201);
  t.match(await done(), { status: 'acknowledged', work: { acknowledged: 2, open: 0 } });
  for (const id of cases) {
    t.match(await shown(id), {
      status: 'receipt-acknowledged',
      handovers: [{ agreement: 'conflicting', differsIn: ['handover-date'] }],
    });
  }
});

t.test('where a case has gone on, it is told that the word could not be taken back, until it can', async (t) => {
  const { app, china, cases, self, record, annul, done, shown } = await acknowledged(t);
  const [closed] = cases;
  const path = `/v1/cases/${closed}/events`;
  const closing = await app.post(path, { type: 'closed', occurredAt: '2024-02-03' }, china);
  t.equal(closing.statusCode, 201, closing.body);
  await annul();
  t.match(await done(), { work: { acknowledged: 0, couldNotBe: 1 } });
  t.match(await shown(closed), { status: 'closed' });
  const [line] = await linesOf(app, self, china);
  t.match(line, { result: 'could-not-be', acknowledgement: { faults: [{ code: 'impossible-history' }] } });

  const { events } = (await app.get(path, china)).json();
  const body = { eventId: events.at(-1).id, reason: 'closed too early' };
  const reopened = await app.post(
    path,
    { type: 'annulled', occurredAt: '2024-02-04', data: body },
    { ...china, 'if-match': String(closing.headers.etag) },
  );
  t.equal(reopened.statusCode, 201, reopened.body);
  const again = { type: 'lines-taken-up-again', occurredAt: '2024-02-04', data: { again: [0] } };
  t.equal((await record(again, china)).statusCode, 201);
  t.match(await done(), { work: { acknowledged: 0, couldNotBe: 0 } });
  t.match(await shown(closed), { status: 'handed-over', handovers: [{ agreement: 'one-sided' }] });
});

t.test('what stands in the cases as well is not corrected in the acknowledgement', async (t) => {
  const { app, vietnam, self, record } = await acknowledged(t);
  const { headers } = await app.get(self, vietnam);
  const { events } = (await app.get(`${self}/events`, vietnam)).json();
  const { id: eventId } = events.find(({ type }: { type: string }) => type === 'acknowledged');
  for (const [field, value] of [
    ['inOwnBook', { pass: 'youyi-guan' }],
    ['theirNumber', '9'],
  ] as const) {
    const data = { eventId, changes: { [field]: value }, reason: 'a slip' };
    const answer = await record({ type: 'corrected', data }, vietnam, { 'if-match': String(headers.etag) });
    t.match(answer.json().errors, [{ pointer: `/data/changes/${field}`, detail: /annul the acknowledgement/ }]);
  }
});
