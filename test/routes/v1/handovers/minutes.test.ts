import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { type Answer, type Headers, startApp, type TestApp } from '../../../support/app.ts';
import type { Opening, Step } from '../../../support/case-scenario.ts';
import { type SentCase, sendCase } from '../../../support/cases-over-http.ts';
import { linesOf, minutesOf, NOT_READY, READY, workedOff } from '../../../support/minutes.ts';
import { wayTo } from '../../../support/ordinary-ways.ts';

const VICTIM = [...wayTo('trafficking-victim', 'rescued')] as unknown as readonly [Opening, ...Step[]];

/** Invented, as all that is in the tests. */
const PROPERTY = 'A silver ring and 300 yuan';

const started = async (t: Test) => {
  const app = await startApp(t);
  return { app, officer: await app.as('recorder', 'CN') };
};

/** The views may still show the minutes as they were before. */
const workedOffAfter = async (app: TestApp, self: string, officer: Headers): Promise<Answer> => {
  for (let tries = 0; tries < 400; tries++) {
    const answer = await workedOff(app, self, officer);
    if (answer.json().work.couldNotBe === 0) return answer;
    await wait(25);
  }
  throw new Error('the line was not taken up again');
};

t.test('minutes hand over each person in their own case, and tell who could not be', async (t) => {
  const { app, officer } = await started(t);
  const cases: SentCase[] = [];
  for (const way of [READY, NOT_READY, READY, READY]) cases.push(await sendCase(app, way, officer));
  const [first, notReady, noShow, refused] = cases.map(({ id }) => id);
  const signed = await app.post(
    '/v1/handovers',
    minutesOf(
      [
        { case: first, outcome: 'handed-over', property: PROPERTY, medicine: 'Insulin' },
        { case: notReady, outcome: 'handed-over' },
        { case: noShow, outcome: 'no-show' },
        { case: refused, outcome: 'refused', cause: 'documents-missing' },
      ],
      {
        signatories: [{ side: 'CN', name: 'W. L.' }],
        planned: { date: '2024-01-31', pass: 'dongxing', persons: 4 },
        documentHash: 'a'.repeat(64),
        copies: 2,
      },
    ),
    officer,
  );
  t.equal(signed.statusCode, 201, signed.body);
  t.match(signed.json(), { status: 'signed', work: { lines: 4, open: 4 }, differsFromPlan: ['date', 'persons'] });
  t.notMatch(signed.body, /silver|Insulin|W\. L\./);
  const { self } = signed.json().links;
  const done = await workedOff(app, self, officer);
  t.match(done.json().work, { lines: 4, open: 0, handedOver: 1, noShow: 1, refused: 1, couldNotBe: 1 });

  const lines = await linesOf(app, self, officer);
  t.match(lines, [
    { line: 0, case: first, result: 'recorded', handover: { result: 'recorded' } },
    { line: 1, case: notReady, result: 'could-not-be', handover: { faults: [{ code: 'out-of-order' }] } },
    { line: 2, case: noShow, result: 'recorded' },
    { line: 3, case: refused, result: 'recorded' },
  ]);
  const { position } = (await app.get(`${self}/events`, officer)).json().events.at(-1);
  const seen = { ...officer, 'min-event-position': position };
  const statusOf = async (id: string | undefined) => (await app.get(`/v1/cases/${id}`, seen)).json().status;
  t.same(await Promise.all([first, notReady, noShow, refused].map(statusOf)), [
    'handed-over',
    'found',
    'handover-refused',
    'handover-refused',
  ]);
  t.match(
    (await app.get(`${self}/lines?result=could-not-be&limit=1`, officer)).json().lines.map((each: object) => each),
    [{ line: 1 }],
  );

  t.test("what is a person's is in that person's case, sealed", async (t) => {
    const { events } = (await app.get(`/v1/cases/${first}/events?include=person`, officer)).json();
    const handover = events.at(-1);
    t.match(handover, {
      type: 'handed-over-at-border-pass',
      recordedBy: { role: 'ledger', office: 'CN-MPS' },
      data: {
        handover: signed.json().id,
        property: PROPERTY,
        medicine: 'Insulin',
        minutes: { number: '12/2024/BB-BG' },
      },
    });
    t.notMatch((await app.get(`/v1/cases/${first}/events`, officer)).body, /silver|Insulin/);
    const own = await app.get(`${self}/events?include=sealed`, officer);
    t.match(own.json().events[0].handover.lines[0], { property: PROPERTY });
    t.notMatch((await app.get(`${self}/events`, officer)).body, /silver|Insulin|W\. L\./);
  });

  t.test('a line that could not be is taken up again when its case is ready', async (t) => {
    const found = cases[1];
    for (const { type, by, data } of READY.slice(1) as readonly Step[]) {
      const body = {
        type,
        data,
        occurredAt: '2024-01-01',
        ...(by === 'VN' && { statedBy: { office: 'VN-MPS', document: 'Note 1' } }),
      };
      t.equal((await app.post(found?.links.events as string, body, officer)).statusCode, 201, type);
    }
    const again = { type: 'lines-taken-up-again', occurredAt: '2024-02-02', data: { again: [1] } };
    t.equal((await app.post(`${self}/events`, again, officer)).statusCode, 201);
    const after = await workedOffAfter(app, self, officer);
    t.match(after.json().work, { open: 0, handedOver: 2, couldNotBe: 0 });
    for (const [line, detail] of [
      [1, /line 1 was recorded in its case/],
      [9, /there is no line 9: the last one is 3/],
    ] as const) {
      const twice = await app.post(`${self}/events`, { ...again, data: { again: [line] } }, officer);
      t.equal(twice.statusCode, 422);
      t.match(twice.json().errors, [{ pointer: '/data/again/0', detail }]);
    }
  });

  t.test('a correction of what else stands in the minutes leaves their lines as they are', async (t) => {
    const { events } = (await app.get(`${self}/events`, officer)).json();
    const seen = await app.get(self, officer);
    const data = { eventId: events[0].id, changes: { copies: 3 }, reason: 'Three copies were made out' };
    const answer = await app.post(
      `${self}/events`,
      { type: 'corrected', occurredAt: '2024-02-03', data },
      { ...officer, 'if-match': String(seen.headers.etag) },
    );
    t.equal(answer.statusCode, 201, answer.body);
    t.match(answer.json(), { copies: 3, work: seen.json().work });
    const shown = { ...officer, 'min-event-position': String(answer.headers['event-position']) };
    t.match((await app.get(self, shown)).json(), { copies: 3, work: seen.json().work });
  });

  t.test('minutes that were carried out are not annulled', async (t) => {
    const { events } = (await app.get(`${self}/events`, officer)).json();
    const { etag } = (await app.get(self, officer)).headers;
    const annulled = { type: 'annulled', occurredAt: '2024-02-03', data: { eventId: events[0].id, reason: 'x' } };
    const answer = await app.post(`${self}/events`, annulled, { ...officer, 'if-match': String(etag) });
    t.match(answer.json().errors, [{ code: 'out-of-order', detail: /recorded in their cases/ }], answer.body);
  });

  t.test('the figure has each person once, and says whose word it is', async (t) => {
    const { rows } = (await app.get('/v1/handovers/yearly?from=2024&to=2024&direction=CN-VN', officer)).json();
    t.match(rows, [{ kind: 'irregular-entry', persons: 2, delivered: 2, received: 0, matched: 0 }]);
  });

  t.test('nobody but the ledger says what came of a line', async (t) => {
    const settled = {
      type: 'lines-settled',
      occurredAt: '2024-02-03',
      data: { task: 'handover', settled: [{ line: 0, result: 'recorded' }] },
    };
    const answer = await app.post(`${self}/events`, settled, officer);
    t.equal(answer.statusCode, 422);
    t.match(answer.json().detail, /recorded by the ledger itself/);
    const { next } = (await app.get(`${self}/next`, officer)).json();
    const offered = next.map(({ type }: { type: string }) => type);
    t.ok(offered.includes('lines-taken-up-again'));
    t.notOk(offered.includes('lines-settled'));
    const named = {
      type: 'handed-over-at-border-pass',
      occurredAt: '2024-02-03',
      data: { handoverDate: '2024-02-03', handover: signed.json().id },
    };
    const direct = await app.post(`/v1/cases/${notReady}/events`, named, officer);
    t.equal(direct.statusCode, 422);
  });
});

t.test('what fails as before is told as before, and holds up no other minutes', async (t) => {
  const { app, officer } = await started(t);
  const { id } = await sendCase(app, NOT_READY, officer);
  const { self } = (await app.post('/v1/handovers', minutesOf([{ case: id, outcome: 'handed-over' }]), officer)).json()
    .links;
  for (let times = 0; times < 2; times++) {
    const before = await workedOff(app, self, officer);
    t.match(before.json().work, { couldNotBe: 1, open: 0 });
    const again = { type: 'lines-taken-up-again', occurredAt: '2024-02-02', data: { again: [0] } };
    const taken = await app.post(`${self}/events`, again, officer);
    t.equal(taken.statusCode, 201, taken.body);
    const seen = { ...officer, 'min-event-position': String(taken.headers['event-position']) };
    t.match((await workedOff(app, self, seen)).json().work, { couldNotBe: 1, open: 0 });
  }
  const { id: ready } = await sendCase(app, READY, officer);
  const lines = [{ case: ready, outcome: 'handed-over' }];
  const others = await app.post('/v1/handovers', minutesOf(lines, { number: '13/2024/BB-BG' }), officer);
  t.match((await workedOff(app, others.json().links.self, officer)).json().work, { handedOver: 1 });
});

t.test(
  'somebody of a batch whose case goes on as another is told as not handed over, as any other whose case has ended, and holds up nobody',
  async (t) => {
    const { app, officer } = await started(t);
    const cases: SentCase[] = [];
    for (let each = 0; each < 3; each++) cases.push(await sendCase(app, READY, officer));
    const [first, found, last] = cases as [SentCase, SentCase, SentCase];
    const dead = await sendCase(app, [...READY, { type: 'died' }], officer);
    const { headers, statusCode } = await app.post(
      found.links.events,
      {
        type: 'continued-as-another-case',
        occurredAt: '2024-01-31',
        data: { as: { kind: 'trafficking-victim' }, reason: 'She was sold to a village' },
      },
      { ...officer, 'if-match': String(found.last.headers.etag) },
    );
    t.equal(statusCode, 201);
    const persons = [first, found, last, dead];
    const lines = persons.map(({ id }) => ({ case: id, outcome: 'handed-over', property: PROPERTY }));
    const { self } = (await app.post('/v1/handovers', minutesOf(lines), officer)).json().links;
    const done = await workedOff(app, self, officer);
    t.match(done.json().work, { lines: 4, open: 0, handedOver: 2, couldNotBe: 2 });
    const told = await linesOf(app, self, officer);
    t.match(told, [
      { result: 'recorded' },
      { case: found.id, result: 'could-not-be' },
      { result: 'recorded' },
      { case: dead.id, result: 'could-not-be' },
    ]);
    t.same(told[1].handover.faults, [{ code: 'out-of-order', pointer: '/type' }]);
    t.same(told[1].handover.faults, told[3].handover.faults);
    t.notMatch(JSON.stringify(told), /victim|village|continued/);
    const again = { type: 'lines-taken-up-again', occurredAt: '2024-02-02', data: { again: [1] } };
    t.equal((await app.post(`${self}/events`, again, officer)).statusCode, 201);
    t.match((await workedOff(app, self, officer)).json().work, { handedOver: 2, couldNotBe: 2 });

    const seen = { ...officer, 'min-event-position': String(headers['event-position']) };
    t.equal((await app.get(found.links.self, seen)).json().handovers.length, 0);
    const { rows } = (await app.get('/v1/handovers/yearly?from=2024&to=2024&direction=CN-VN', seen)).json();
    t.match(rows, [{ kind: 'irregular-entry', persons: 2 }]);
  },
);

t.test('minutes of which something else is put right keep their lines, and what came of them', async (t) => {
  const { app, officer } = await started(t);
  const { id } = await sendCase(app, READY, officer);
  const lines = [{ case: id, outcome: 'handed-over', property: PROPERTY }];
  const { self, events } = (await app.post('/v1/handovers', minutesOf(lines), officer)).json().links;
  const before = await workedOff(app, self, officer);
  const toldBefore = await linesOf(app, self, officer);
  const [first] = (await app.get(events, officer)).json().events;
  const data = { eventId: first.id, changes: { copies: 3 }, reason: 'a third copy was made out' };
  const corrected = { type: 'corrected', occurredAt: '2024-02-02', data };
  const answer = await app.post(events, corrected, { ...officer, 'if-match': String(before.headers.etag) });
  t.equal(answer.statusCode, 201, answer.body);
  t.match(answer.json(), { copies: 3, work: before.json().work });
  const seen = { ...officer, 'min-event-position': String(answer.headers['event-position']) };
  t.same((await app.get(self, seen)).json().work, before.json().work);
  t.same(await linesOf(app, self, officer), toldBefore);
  t.match((await app.get(`${events}?include=sealed`, officer)).json().events[0].handover.lines, lines);
});

t.test('handovers of victims are listed apart from those of others', async (t) => {
  const { app, officer } = await started(t);
  const protection = await app.as('protection', 'CN');
  const { id: victim } = await sendCase(app, wayTo('trafficking-victim', 'repatriated-at-border-pass'), protection);
  const { id, seen } = await sendCase(app, wayTo('irregular-entry', 'handed-over-at-border-pass'), officer);
  const list = async (query: string, viewer: Headers) =>
    (await app.get(`/v1/handovers?${query}`, { ...viewer, ...seen }))
      .json()
      .handovers.map(({ caseId }: { caseId: string }) => caseId);
  for (const viewer of [officer, await app.as('auditor'), await app.as('liaison')]) {
    t.same(await list('', viewer), [id]);
    t.same(await list('kind=trafficking-victim', viewer), [victim]);
  }
  t.same(await list('', protection), [victim]);
  const mixed = await app.get('/v1/handovers?kind=fugitive,trafficking-victim', protection);
  t.equal(mixed.statusCode, 400);
  t.match(mixed.json().errors, [{ name: 'kind', detail: /never in one list/ }]);
});

t.test('minutes that do not hold together are refused, and nothing is written', async (t) => {
  const { app, officer } = await started(t);
  const ready = await sendCase(app, READY, officer);
  const victim = await sendCase(app, VICTIM, officer);
  const line = { case: ready.id, outcome: 'handed-over', sex: 2, ageBand: '18-39', homeLocality: 'VN-04' };
  const totals = { persons: 1, bySex: { '2': 1 }, byAgeBand: { '18-39': 1 }, byHomeLocality: { 'VN-04': 1 } };
  const before = (await app.caseEvents()).length;
  for (const [lines, more, pointer, detail] of [
    [[line], { totals: { ...totals, persons: 2 } }, '/totals/persons', /the list has 1 persons/],
    [[line], { totals: { ...totals, bySex: { '1': 1 } } }, '/totals/bySex/1', /the list has 0 of 1/],
    [[line], { totals: { ...totals, byAgeBand: {} } }, '/totals/byAgeBand/18-39', /the list has 1 of 18-39/],
    [[line, line], { totals }, '/lines/1/case', /stands in line 0 already/],
    [[{ ...line, outcome: 'refused' }], { totals }, '/lines/0/cause', /say why/],
    [[{ ...line, cause: 'other' }], { totals }, '/lines/0/cause', /only who was refused/],
    [[{ ...line, case: '00000000-0000-4000-8000-00000000cafe' }], { totals }, '/lines/0/case', /there is no case/],
    [[line], { totals, deliveringParty: 'VN' }, '/lines/0/case', /that case runs CN-VN/],
    [[{ ...line, case: victim.id }], { totals }, '/lines/0/case', /protected/],
    [[line], { totals, protected: true }, '/lines/0/case', /no case of a victim/],
    [
      [{ ...line, ageBand: '14-17' }],
      { totals: { ...totals, byAgeBand: { '14-17': 1 } } },
      '/lines/0/ageBand',
      /no minor/,
    ],
    [[line], { totals, handoverDate: '2024-03-01' }, '/handoverDate', /does not go with/],
    [[{ ...line, outcome: 'refused', cause: 'no-show' }], { totals }, '/lines/0/cause', /expected one of/],
    [[line], { totals, counterpart: 'CN-GX-BLO' }, '/counterpart', /of the other side/],
    [[line], { totals, documentHash: 'abc' }, '/documentHash', /SHA-256/],
    [[line], { totals, number: 'Minutes' }, '/number', /with a digit/],
    [[], { totals }, '/lines', /at least 1 entry/],
    [[line], { totals, pass: 'shuolong', occurredAt: '2019-01-01', handoverDate: '2019-01-01' }, '/pass', /shuolong/],
  ] as const) {
    const answer = await app.post('/v1/handovers', minutesOf(lines as never, more), officer);
    t.equal(answer.statusCode, 422, answer.body);
    t.match(answer.json().errors, [{ pointer, detail }], `${pointer}: ${answer.body}`);
  }
  t.equal((await app.caseEvents()).length, before);
  for await (const events of app.ledger.log.readAll()) {
    t.same(
      events.filter(({ stream }) => stream.startsWith('handover-')),
      [],
    );
  }
});
