import { randomUUID } from 'node:crypto';
import t from 'tap';
import { recordOf } from '../../../../domain/stream-kinds.ts';
import { unsealAll } from '../../../../src/event-log/unsealed.ts';
import { leafOf } from '../../../../src/transparency/leaf.ts';
import { type Answer, type Headers, startApp, type TestApp } from '../../../support/app.ts';
import { eventually } from '../../../support/eventually.ts';
import { untilNoFileHas } from '../../../support/files-with.ts';
import { handOver } from '../../../support/handed-over.ts';
import { listOf, standsAs } from '../../../support/reconciliations.ts';

/** Invented; the words mean "test" and "hidden", and "another". */
const NAME = 'Thử Nghiệm Ẩn';
const ANOTHER = 'Nguyễn Khác';

const ORDER = { orderedOn: '2026-05-01', authority: 'court', reference: 'Order 17/2026', occurredAt: '2026-05-02' };

const accepted = (answer: Answer): Answer => {
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer;
};

const carriedOut = async ({ views }: TestApp, id: string): Promise<void> => {
  await eventually(() => views.registers.idsOf('erasure', 'status', 'key-destroyed', 100).includes(id));
  await views.upToDate();
};

const erase = async (started: TestApp, what: object, officer: Headers): Promise<string> => {
  const { id } = accepted(await started.post('/v1/erasures', { part: 'person', ...ORDER, ...what }, officer)).json();
  await carriedOut(started, id);
  return id;
};

/** All events of records, as far as a node that starts now can open them. */
const opened = async ({ ledger }: TestApp): Promise<string> => {
  const told: unknown[] = [];
  const node = ledger.another();
  for await (const chunk of ledger.log.readAll()) {
    const ofRecords = chunk.filter(({ stream }) => recordOf(stream) !== undefined);
    told.push(await unsealAll(ofRecords, node.vault));
  }
  return JSON.stringify(told);
};

const leavesOf = async ({ ledger }: TestApp, stream: string) => (await ledger.log.readStream(stream)).map(leafOf);

t.test('what is asked and answered about a person goes, and the request stays as open data', async (t) => {
  const started = await startApp(t);
  const { get, post, as, ledger } = started;
  const asking = await as('liaison', 'CN', 'CN-GX-BLO');
  const asked = await as('liaison', 'VN', 'VN-04-BLO');
  const ministry = await as('recorder');
  const question = {
    kind: 'location',
    addressee: 'VN-04-BLO',
    urgency: 'urgent',
    urgencyReason: `${NAME} moves on`,
    dueOn: '2026-03-01',
    occurredAt: '2026-02-01',
    question: `Where is ${NAME}?`,
  };
  const openingKey = { 'idempotency-key': randomUUID() };
  const { id, links } = accepted(await post('/v1/requests', question, { ...asking, ...openingKey })).json();
  const note = { type: 'noted', occurredAt: '2026-02-02', data: { note: `${NAME} has a brother` } };
  const noteKey = { 'idempotency-key': randomUUID() };
  accepted(await post(links.events, note, { ...asking, ...noteKey }));
  const reply = { type: 'interim-replied', occurredAt: '2026-02-03', data: { text: `${NAME} is looked for` } };
  accepted(await post(links.events, reply, asked));
  const stays = accepted(
    await post('/v1/requests', { ...question, urgencyReason: 'a flight', question: `Who is ${ANOTHER}?` }, asking),
  ).json();
  await started.views.upToDate();
  t.match(await opened(started), NAME, 'it can be read before');
  const before = await leavesOf(started, `request-${id}`);

  const erasure = await erase(started, { request: id }, ministry);
  t.same((await leavesOf(started, `request-${id}`)).slice(0, before.length), before, 'not a byte of it is another');
  t.notMatch(await opened(started), NAME);
  await untilNoFileHas(ledger.directory, NAME);

  const shown = await get(`${links.self}?include=sealed`, asking);
  t.equal(shown.statusCode, 200, shown.body);
  t.match(shown.json(), { status: 'interim-replied', kind: 'location', addressee: 'VN-04-BLO', dueOn: '2026-03-01' });
  t.equal(shown.json().question, undefined);
  const { events } = (await get(`${links.events}?include=sealed`, asked)).json();
  t.match(events[0], { type: 'requested', request: { kind: 'location' }, sealed: true });
  t.match(events.at(-1), { type: 'expunged', data: { erasure, part: 'person' }, recordedBy: { role: 'ledger' } });
  for (const path of [links.self, links.next, '/v1/requests', '/v1/events']) {
    t.equal((await get(path, asking)).statusCode, 200, path);
  }
  t.match((await get(`/v1/requests/${stays.id}?include=sealed`, asking)).json(), { question: `Who is ${ANOTHER}?` });
  t.match((await get(`/v1/erasures?request=${id}`, ministry)).json().erasures, [
    { id: erasure, request: id, part: 'person', toDo: ['key-encryption-key', 'scavenge'] },
  ]);
  t.same((await get(`/v1/erasures?request=${stays.id}`, ministry)).json().erasures, []);

  t.test('it goes on, and what is recorded of it then is read', async (t) => {
    const data = { outcome: 'found', answer: 'At home' };
    const replied = accepted(await post(links.events, { type: 'replied', occurredAt: '2026-02-20', data }, asked));
    t.match(replied.json(), { status: 'replied', outcome: 'found' });
    await started.views.upToDate();
    t.match((await get(`${links.self}?include=sealed`, asking)).json(), data);
  });

  t.test('what is sent once more is not taken for the same, and not written again', async (t) => {
    for (const [url, body, key] of [
      ['/v1/requests', question, openingKey],
      [links.events, note, noteKey],
    ] as const) {
      const again = await post(url, body, { ...asking, ...key });
      t.equal(again.statusCode, 422, again.body);
      t.match(again.json(), { type: /idempotency-key-reused/, detail: /erased by order/ });
    }
  });

  t.test('and goes once more by another order', async (t) => {
    await erase(started, { request: id }, ministry);
    t.notMatch(await opened(started), 'At home');
  });
});

const persons = [NAME, ANOTHER, 'Trần Thị Hoa'] as const;

/** A list of three persons, of whom this ledger has handed over the first two; compared, and talked about. */
const compared = async (started: TestApp, officer: Headers) => {
  const { post } = started;
  for (const [index, name] of persons.slice(0, 2).entries()) {
    await handOver(started, officer, { name, date: `2025-0${index + 1}-02` });
  }
  const lines = persons.map((name, index) => ({ names: [name], date: `2025-0${index + 1}-02`, pass: 'youyi-guan' }));
  const { id, links } = accepted(await post('/v1/reconciliations', listOf(3), officer)).json();
  // Sent in error at first, and listed anew.
  const listed = async () =>
    accepted(await post(`${links.self}/lines?occurredAt=2026-01-05`, { lines: lines.slice(0, 2) }, officer));
  const sent = await listed();
  await started.views.upToDate();
  const { events } = (await started.get(links.events, officer)).json();
  const data = { eventId: events.at(-1).id, reason: 'sent in error' };
  const annulment = { type: 'annulled', occurredAt: '2026-01-05', data };
  accepted(await post(links.events, annulment, { ...officer, 'if-match': String(sent.headers.etag) }));
  accepted(await post(`${links.self}/lines?occurredAt=2026-01-05`, { lines }, officer));
  await standsAs(started, links.self, officer, 'compared');
  const settled = [{ theirs: 3, decision: 'not-counted' }];
  const settlement = { settled, reason: `${persons[2]} is not ${NAME}` };
  accepted(await post(links.events, { type: 'lines-settled', occurredAt: '2026-01-06', data: settlement }, officer));
  const again = async () => {
    const asked = { type: 'comparison-requested', occurredAt: '2026-05-03', data: { reason: 'an order' } };
    accepted(await post(links.events, asked, officer));
    await started.views.upToDate();
    await standsAs(started, links.self, officer, 'compared');
  };
  const linesOf = async () => {
    const answer = await started.get(`${links.self}/lines?include=sealed`, officer);
    if (answer.statusCode !== 200) throw new Error(answer.body);
    return answer.json().lines;
  };
  return { id, links, again, linesOf };
};

t.test('the person of one line goes from a list, and all others stay', async (t) => {
  const started = await startApp(t);
  const officer = await started.as('recorder');
  const { id, links, again, linesOf } = await compared(started, officer);
  const before = await leavesOf(started, `reconciliation-${id}`);
  // Of the case of the same person an order of its own would be needed.
  const ofList = async () => JSON.stringify(await unsealedList(started, id));
  t.match(await ofList(), NAME, 'it can be read before');
  const erasure = await erase(started, { reconciliation: id, part: 'line', line: 1 }, officer);
  t.same((await leavesOf(started, `reconciliation-${id}`)).slice(0, before.length), before);
  t.notMatch(await ofList(), NAME, 'nor in the list that was annulled, nor in a reason');
  t.match(await ofList(), `${persons[2]} is not [expunged]`);
  const lines = await linesOf();
  t.match(lines[0], { theirs: { line: 1, date: '2025-01-02' }, result: 'matched' });
  t.equal(lines[0].theirs.names, undefined);
  t.match(lines[1], { theirs: { line: 2, names: [ANOTHER] }, result: 'matched' });
  t.match(lines[2], { theirs: { line: 3, names: [persons[2]] }, settlement: { decision: 'not-counted' } });
  const { events } = (await started.get(links.events, officer)).json();
  t.match(events.at(-1), { type: 'expunged', data: { erasure, part: 'line', line: 1 } });

  t.test('compared anew, the line goes by what is left of it', async (t) => {
    await again();
    t.match(await linesOf(), [{ result: 'matched' }, { result: 'matched' }, { result: 'theirs-only' }]);
  });

  t.test('several lines go by orders of their own', async (t) => {
    const orders = await Promise.all(
      [2, 3].map(async (line) => {
        const order = { ...ORDER, reconciliation: id, part: 'line', line };
        return accepted(await started.post('/v1/erasures', order, officer)).json().id;
      }),
    );
    for (const each of orders) await carriedOut(started, each);
    for (const name of persons) t.notMatch(await ofList(), name);
    t.match((await started.get(`/v1/erasures?reconciliation=${id}&part=line`, officer)).json().erasures, {
      length: 3,
    });
  });
});

const unsealedList = async ({ ledger }: TestApp, id: string) =>
  unsealAll(await ledger.log.readStream(`reconciliation-${id}`), ledger.another().vault);

t.test('all persons of a list go, and it is compared by what is left', async (t) => {
  const started = await startApp(t);
  const { get, post } = started;
  const officer = await started.as('recorder');
  const { id, links, again, linesOf } = await compared(started, officer);
  await erase(started, { reconciliation: id }, officer);
  for (const name of persons) t.notMatch(JSON.stringify(await unsealedList(started, id)), name);
  await untilNoFileHas(started.ledger.directory, persons[2]);
  t.match(await linesOf(), [{ theirs: { line: 1 } }, { theirs: { line: 2 } }, { theirs: { line: 3 } }]);
  await again();
  const { comparison, figures } = (await get(links.self, officer)).json();
  t.match(comparison, { matched: 2, theirsOnly: 1, open: 0 }, 'what was settled stays');
  const agreed = figures.map(({ direction, kind, agreed: persons }: never) => ({ direction, kind, persons }));
  const signed = { type: 'signed-off', occurredAt: '2026-05-04', data: { figures: agreed } };
  t.equal(accepted(await post(links.events, signed, officer)).json().status, 'signed-off');
});

t.test('who may order what of a request or a list', async (t) => {
  const started = await startApp(t);
  const { post, as } = started;
  const officer = await as('recorder');
  const question = { kind: 'information', urgency: 'routine', occurredAt: '2026-02-01', question: `Who is ${NAME}?` };
  const between = await as('liaison', 'CN', 'CN-GX-BLO');
  const { id } = accepted(await post('/v1/requests', { ...question, addressee: 'CN-YN-BLO' }, between)).json();
  const order = (what: object, headers: Headers = officer) =>
    post('/v1/erasures', { part: 'person', ...ORDER, ...what }, headers);
  const there = await order({ request: id }, await as('recorder', 'VN'));
  t.match(there.json().errors[0], { pointer: '/request', detail: /there is no request/ });
  t.match((await order({ request: id }, between)).json(), { detail: /for the ministry/ });
  t.match((await order({})).json().errors[0], { pointer: '/case', detail: /case, request, reconciliation/ });
  t.match((await order({ request: id, case: randomUUID() })).json().errors[0], { pointer: '/request' });
  t.match((await order({ request: id, part: 'line', line: 1 })).json().errors[0], { pointer: '/part' });
  const list = accepted(await post('/v1/reconciliations', listOf(1), officer)).json().id;
  t.match((await order({ reconciliation: list, part: 'line', line: 1 })).json().errors[0], {
    pointer: '/line',
    detail: /the list has 0 lines/,
  });
});
