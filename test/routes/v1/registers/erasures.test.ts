import t from 'tap';
import { leafOf } from '../../../../src/transparency/leaf.ts';
import { type Headers, startApp, type TestApp } from '../../../support/app.ts';
import { seenBy, sendCase } from '../../../support/cases-over-http.ts';
import { eventually } from '../../../support/eventually.ts';
import { filesWith, untilNoFileHas } from '../../../support/files-with.ts';
import { minutesOf } from '../../../support/minutes.ts';
import { ordinaryWays } from '../../../support/ordinary-ways.ts';

/** Invented; the words mean "test" and "hidden". */
const NAME = 'Thử Nghiệm Ẩn';
const ALIAS = 'Đặt Thêm';
const DOCUMENT = 'X12345678';
const PERSON = {
  names: [
    { text: NAME, script: 'Latn', role: 'native' },
    { text: ALIAS, script: 'Latn', role: 'alias' },
  ],
  documents: [
    { type: 'passport', number: DOCUMENT },
    { type: 'identity-card', number: 'Y87654321' },
  ],
  residence: `with ${ALIAS}, in a village`,
} as const;

interface Made {
  readonly started: TestApp;
  readonly officer: Headers;
  readonly caseId: string;
}

/** A fugitive whose person was handed over; the names are in the views. */
const handedOver = async (started: TestApp): Promise<Made> => {
  const officer = await started.as('recorder');
  const [opening, ...steps] = ordinaryWays.fugitive;
  const way = [{ ...opening, particulars: { ...opening.particulars, person: PERSON } }, ...steps] as const;
  const { id } = await sendCase(started, way, officer);
  await started.views.upToDate();
  return { started, officer, caseId: id };
};

const ORDER = { orderedOn: '2024-05-01', authority: 'court', reference: 'Order 17/2024', occurredAt: '2024-05-02' };

const erase = async ({ started, officer, caseId }: Made, what: object): Promise<string> => {
  const answer = await started.post('/v1/erasures', { case: caseId, ...ORDER, ...what }, officer);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  const { id } = answer.json();
  await eventually(() => started.views.registers.idsOf('erasure', 'status', 'key-destroyed', 10).includes(id));
  await started.views.upToDate();
  return id;
};

const shown = async ({ started, officer, caseId }: Made) =>
  (await started.get(`/v1/cases/${caseId}?include=person`, officer)).json();

const found = async ({ started, officer }: Made, search: object): Promise<number> =>
  (await started.post('/v1/cases/search', search, officer)).json().cases.length;

t.test(
  'an expunged person is gone from every answer and every file, and the history, the counts and the proofs stay',
  async (t) => {
    const made = await handedOver(await startApp(t, { signed: {} }));
    const { started, officer, caseId } = made;
    const { get, ledger, caseEvents } = started;
    const before = (await get('/v1/handovers/yearly', officer)).json().rows;
    const leaves = (await caseEvents()).map(leafOf);
    t.ok(filesWith(ledger.directory, NAME).length > 0, 'the search finds what is there');
    t.equal(await found(made, { name: 'Nghiệm' }), 1);

    const erasure = await erase(made, { part: 'person' });
    t.match(await shown(made), { who: null, expunged: true, status: 'closed' });
    t.equal(await found(made, { name: 'Nghiệm' }), 0);
    t.equal(await found(made, { document: DOCUMENT }), 0);
    const { events } = (await get(`/v1/cases/${caseId}/events?include=person`, officer)).json();
    t.notMatch(JSON.stringify(events), /Nghi/);
    t.match(events.at(-1), { type: 'expunged', data: { erasure, part: 'person' } });
    t.same((await get('/v1/handovers/yearly', officer)).json().rows, before);
    t.same((await caseEvents()).map(leafOf).slice(0, leaves.length), leaves, 'not a byte of the history is another');

    const { body } = await get(`/v1/erasures/${erasure}`, officer);
    t.match(JSON.parse(body), { status: 'key-destroyed', toDo: ['key-encryption-key', 'scavenge'] });
    for (const text of [NAME, ALIAS, DOCUMENT]) await untilNoFileHas(ledger.directory, text);

    t.test('what becomes known later is recorded as before', async (t) => {
      const answer = await started.post(
        `/v1/cases/${caseId}/events`,
        { type: 'reopened', occurredAt: '2024-05-03', data: { reason: 'an appeal' } },
        officer,
      );
      t.equal(answer.statusCode, 201, answer.body);
      const history = await get(`/v1/cases/${caseId}/events?include=person`, { ...officer, ...seenBy(answer) });
      t.match(history.json().events.at(-1), { type: 'reopened', data: { reason: 'an appeal' } });
    });
  },
);

t.test('one name goes, with every place where it stands, and the others stay', async (t) => {
  const made = await handedOver(await startApp(t));
  await erase(made, { part: 'alias', what: ALIAS.normalize('NFD') });
  const { who } = await shown(made);
  t.same(
    who.person.names.map(({ text }: { text: string }) => text),
    [NAME],
  );
  t.equal(who.person.residence, 'with [expunged], in a village');
  t.equal(await found(made, { name: 'Thêm' }), 0);
  t.equal(await found(made, { name: 'Nghiệm' }), 1);
  await untilNoFileHas(made.started.ledger.directory, ALIAS);

  t.test('then one document', async (t) => {
    await erase(made, { part: 'document', what: DOCUMENT });
    const { who } = await shown(made);
    t.same(who.person.documents, [{ type: 'identity-card', number: 'Y87654321' }]);
    t.equal(await found(made, { document: 'Y87654321' }), 1);
    await untilNoFileHas(made.started.ledger.directory, DOCUMENT);
  });

  t.test('then all of the person', async (t) => {
    await erase(made, { part: 'person' });
    t.match(await shown(made), { who: null, expunged: true });
    await untilNoFileHas(made.started.ledger.directory, NAME);
  });
});

t.test('an order for what is not there says so, and shows what it named', async (t) => {
  const { started, officer, caseId } = await handedOver(await startApp(t));
  const body = { case: caseId, ...ORDER, part: 'alias', what: 'No Such Alias' };
  const answer = await started.post('/v1/erasures', body, officer);
  t.equal(answer.statusCode, 201, answer.body);
  const { id } = answer.json();
  await eventually(() => started.views.registers.idsOf('erasure', 'status', 'nothing-found', 10).includes(id));
  const protection = await started.as('protection');
  t.match((await started.get(`/v1/erasures/${id}?include=sealed`, protection)).json(), {
    status: 'nothing-found',
    what: 'No Such Alias',
    toDo: [],
  });
});

t.test('what minutes say of a person who did not come stays when one name goes', async (t) => {
  const made = await handedOver(await startApp(t));
  const { started, officer, caseId } = made;
  const lines = [{ case: caseId, outcome: 'no-show', property: `a bag of ${ALIAS}`, medicine: 'Insulin' }];
  const signed = await started.post('/v1/handovers', minutesOf(lines, { deliveringParty: 'VN' }), officer);
  t.equal(signed.statusCode, 201, signed.body);
  const { self } = signed.json().links;
  const line = async () => {
    const { events } = (await started.get(`${self}/events?include=sealed`, { ...officer, ...seenBy(signed) })).json();
    return events[0].handover.lines[0];
  };
  t.match(await line(), { property: `a bag of ${ALIAS}` });
  await erase(made, { part: 'alias', what: ALIAS });
  t.match(await line(), { property: 'a bag of [expunged]', medicine: 'Insulin' });
  const named = (await started.get(`/v1/handovers/minutes?case=${caseId}`, officer)).json().minutes;
  t.equal(named.length, 1, 'they are found by the case');
  await erase(made, { part: 'person' });
  t.notMatch(JSON.stringify(await line()), /bag|Insulin/);
});

t.test('who may order an erasure, and of what', async (t) => {
  const made = await handedOver(await startApp(t));
  const { started, officer, caseId } = made;
  const { post, as } = started;
  const order = (body: object, headers: Headers) =>
    post('/v1/erasures', { case: caseId, ...ORDER, part: 'person', ...body }, headers);
  const office = await as('recorder', 'CN', 'CN-GX-BLO');
  t.match((await order({}, office)).json(), { errors: [{ detail: /there is no case|for the ministry/ }] });
  for (const [body, expected] of [
    [{ part: 'alias' }, { pointer: '/what', detail: /say which alias/ }],
    [{ what: NAME }, { pointer: '/what', detail: /leave it out/ }],
    [{ reference: 'by word of mouth' }, { pointer: '/reference', detail: /with a digit/ }],
    [{ orderedOn: '2024-06-01' }, { detail: /is after the event/ }],
    [{ case: '10000000-0000-4000-8000-000000000000' }, { pointer: '/case', detail: /there is no case/ }],
  ] as const) {
    const refused = await order(body, officer);
    t.ok(refused.statusCode === 422 || refused.statusCode === 400, refused.body);
    t.match(refused.json().errors[0], expected);
  }

  t.test('nothing under a legal hold', async (t) => {
    const events = `/v1/cases/${caseId}/events`;
    const placed = await post(
      events,
      { type: 'legal-hold-placed', occurredAt: '2024-04-01', data: { reference: '3/2024', reason: 'an inquiry' } },
      officer,
    );
    t.equal(placed.statusCode, 201, placed.body);
    t.match((await order({}, officer)).json().errors[0], { pointer: '/case', detail: /under a legal hold/ });
    const { events: history } = (await started.get(events, { ...officer, ...seenBy(placed) })).json();
    const hold = history.at(-1).id;
    const lifted = await post(
      events,
      { type: 'legal-hold-lifted', occurredAt: '2024-04-02', data: { hold, reason: 'it is over' } },
      officer,
    );
    t.equal(lifted.statusCode, 201, lifted.body);
    t.equal((await order({}, officer)).statusCode, 201);
  });
});

t.test('whose retention period is over is a list, without those under a legal hold', async (t) => {
  const made = await handedOver(await startApp(t));
  const { started, officer, caseId } = made;
  const due = async (by: string) =>
    (await started.get(`/v1/erasures/due?by=${by}`, officer))
      .json()
      .cases.map((each: { caseId: string }) => each.caseId);
  t.same(await due('2053-12-31'), []);
  t.same(await due('2054-01-01'), [caseId], 'thirty years after the case was closed');
  const events = `/v1/cases/${caseId}/events`;
  const placed = await started.post(
    events,
    { type: 'legal-hold-placed', occurredAt: '2024-04-01', data: { reference: '3/2024', reason: 'an inquiry' } },
    officer,
  );
  t.equal(placed.statusCode, 201, placed.body);
  await started.views.upToDate();
  t.same(await due('2054-01-01'), []);
});
