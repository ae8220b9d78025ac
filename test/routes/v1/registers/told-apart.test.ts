import { randomUUID } from 'node:crypto';
import t, { type Test } from 'tap';
import { type Answer, type Headers, startApp } from '../../../support/app.ts';
import { seenBy, sendCase } from '../../../support/cases-over-http.ts';
import { minutesOf, READY, workedOff } from '../../../support/minutes.ts';

const started = async (t: Test) => {
  const app = await startApp(t);
  const officer = await app.as('recorder', 'CN', 'CN-GX-BLO');
  /** Puts the event right by which a record was opened. */
  const revise = async (opened: Answer, type: 'corrected' | 'annulled', more: object = {}): Promise<Answer> => {
    const { self, events } = opened.json().links;
    const seen = seenBy(opened);
    const [first] = (await app.get(events, { ...officer, ...seen })).json().events;
    const { headers } = await app.get(self, { ...officer, ...seen });
    const body = { type, occurredAt: '2024-02-02', data: { eventId: first.id, reason: 'a slip', ...more } };
    return app.post(events, body, { ...officer, 'if-match': String(headers.etag) });
  };
  return { app, officer, revise };
};

const refusedAs = (t: Test, answer: Answer, pointer: string, detail: RegExp): void => {
  t.equal(answer.statusCode, 422, answer.body);
  t.match(answer.json().errors, [{ code: 'invalid', pointer, detail }]);
};

const office = {
  code: 'VN-04-BLO',
  kind: 'border-liaison-office',
  names: [{ text: '高平边境联络官办公室', language: 'zh', script: 'Hans' }],
  occurredAt: '2023-10-01',
} as const;

t.test('an office is entered once, by its code', async (t) => {
  const { app, officer, revise } = await started(t);
  const enter = (headers: Headers = officer, more: object = {}) =>
    app.post('/v1/offices', { ...office, ...more }, headers);
  const key = { ...officer, 'idempotency-key': randomUUID() };
  const first = await enter(key);
  t.equal(first.statusCode, 201, first.body);
  const same = /another of the offices has the same code/;
  refusedAs(t, await enter(), '/code', same);
  refusedAs(t, await enter(await app.as('liaison', 'VN', 'VN-09-BLO'), { kind: 'other' }), '/code', same);
  t.same((await enter(key)).json(), first.json(), 'the same request again has the first answer');
  t.equal((await enter(key, { kind: 'other' })).statusCode, 422, 'and another body has none');
  t.equal((await enter(await app.as('statistician'))).statusCode, 403);
  refusedAs(
    t,
    await revise(first, 'corrected', { changes: { code: 'VN-04-PD' } }),
    '/data/changes/code',
    /enter the office/,
  );

  t.equal((await revise(first, 'annulled')).statusCode, 201);
  const anew = { ...officer, 'idempotency-key': randomUUID() };
  const second = await enter(anew, { kind: 'border-station' });
  t.equal(second.statusCode, 201, second.body);
  t.not(second.json().id, first.json().id);
  t.equal(second.headers.location, second.json().links.self);
  t.same((await enter(anew, { kind: 'border-station' })).json(), second.json());
  t.same((await enter(key)).json(), first.json());
  refusedAs(t, await enter(), '/code', same);
  const { offices } = (
    await app.get('/v1/offices?code=VN-04-BLO&status=open', { ...officer, ...seenBy(second) })
  ).json();
  t.match(offices, [{ id: second.json().id, kind: 'border-station' }]);
  t.equal(offices.length, 1);
});

t.test('offices that are entered at one time under one code are one', async (t) => {
  const { app, officer } = await started(t);
  const answers = await Promise.all(Array.from({ length: 8 }, () => app.post('/v1/offices', office, officer)));
  t.same(answers.map(({ statusCode }) => statusCode).sort(), [201, ...Array(7).fill(422)]);
});

t.test('minutes are signed once, by number, delivering side, date and pass', async (t) => {
  const { app, officer, revise } = await started(t);
  const { id } = await sendCase(app, READY, officer);
  const lines = [{ case: id, outcome: 'no-show' }];
  const sign = (more: object = {}, headers: Headers = officer) =>
    app.post('/v1/handovers', minutesOf(lines, more), headers);
  const first = await sign();
  t.equal(first.statusCode, 201, first.body);
  const same = /another of the minutes has the same number, deliveringParty, handoverDate, pass/;
  refusedAs(t, await sign(), '/number', same);
  refusedAs(t, await sign({ number: ' 12/2024/BB-BG ' }, await app.as('recorder', 'CN', 'CN-YN-BLO')), '/number', same);
  for (const more of [
    { number: '13/2024' },
    { pass: 'youyi-guan' },
    { handoverDate: '2024-02-02', occurredAt: '2024-02-02' },
  ]) {
    t.equal((await sign(more)).statusCode, 201);
  }

  await workedOff(app, first.json().links.self, officer);
  for (const changes of [
    { number: '13/2024' },
    { pass: 'youyi-guan' },
    { handoverDate: '2024-02-02' },
    { deliveringParty: 'VN' },
  ]) {
    const [field] = Object.keys(changes);
    refusedAs(t, await revise(first, 'corrected', { changes }), `/data/changes/${field}`, /can be annulled/);
  }
});
