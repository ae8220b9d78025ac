import { randomUUID } from 'node:crypto';
import t from 'tap';
import { type Answer, startApp } from '../../../support/app.ts';
import { sendCase } from '../../../support/cases-over-http.ts';
import { wayTo } from '../../../support/ordinary-ways.ts';

const QUESTION = 'Where is D. T. U., who left Trang Dinh?';

const question = {
  kind: 'location',
  addressee: 'CN-GX-BLO',
  urgency: 'urgent',
  urgencyReason: 'She is expected to move on',
  dueOn: '2023-08-31',
  occurredAt: '2023-08-01',
  question: QUESTION,
} as const;

t.test('a request goes from one office to another', async (t) => {
  const started = await startApp(t);
  const { get, post, as } = started;
  const asking = await as('liaison', 'VN', 'VN-04-BLO');
  const asked = await as('liaison', 'CN', 'CN-GX-BLO');
  const stranger = await as('liaison', 'CN', 'CN-YN-BLO');
  const { id: caseId } = await sendCase(started, [...wayTo('fugitive', 'reported')] as never, asked);
  const opened = await post('/v1/requests', question, asking);
  t.equal(opened.statusCode, 201, opened.body);
  const { id, links } = opened.json();
  t.equal(opened.headers.location, links.self);
  t.match(opened.headers.etag, /^"0\.v\d+-1\.worker"$/);
  t.notMatch(opened.body, 'D. T. U.', 'what is asked is sealed');
  let position = String(opened.headers['event-position']);
  const seen = () => ({ 'min-event-position': position });
  const record = async (body: object, sender: object): Promise<Answer> => {
    const answer = await post(links.events, body, sender as never);
    if (answer.statusCode === 201) position = String(answer.headers['event-position']);
    return answer;
  };

  t.test('and is seen by the two and by auditors, without what is sealed', async (t) => {
    for (const viewer of [asking, asked, await as('auditor'), await as('recorder', 'CN')]) {
      const answer = await get(links.self, { ...viewer, ...seen() });
      t.equal(answer.statusCode, 200, answer.body);
      t.match(answer.json(), {
        id,
        status: 'requested',
        kind: 'location',
        office: 'VN-04-BLO',
        addressee: 'CN-GX-BLO',
        sharedWith: ['CN-GX-BLO'],
        dueOn: '2023-08-31',
        links,
      });
      t.notMatch(answer.body, 'D. T. U.');
    }
    for (const path of [links.self, links.events, links.next]) {
      t.equal((await get(path, { ...stranger, ...seen() })).statusCode, 404, path);
    }
    t.same((await get('/v1/requests', { ...stranger, ...seen() })).json(), { requests: [] });
    t.equal((await get('/v1/requests', { ...(await as('statistician')), ...seen() })).statusCode, 403);
  });

  t.test('with what is sealed for the officers of the two alone', async (t) => {
    for (const viewer of [asking, asked]) {
      const answer = await get(`${links.self}?include=sealed`, { ...viewer, ...seen() });
      t.match(answer.json(), { question: QUESTION, urgencyReason: /move on/ });
      t.equal(answer.headers['cache-control'], 'no-store');
      t.match((await get(`${links.events}?include=sealed`, { ...viewer, ...seen() })).json().events[0], {
        type: 'requested',
        request: { question: QUESTION },
        data: {},
        sealed: false,
      });
    }
    const auditor = await get(`${links.self}?include=sealed`, { ...(await as('auditor')), ...seen() });
    t.equal(auditor.statusCode, 403);
  });

  t.test('with what concerns a victim for the role that protects them alone', async (t) => {
    const answer = await post('/v1/requests', { ...question, protected: true }, asking);
    position = String(answer.headers['event-position']);
    const { self, events } = answer.json().links;
    for (const path of [self, events]) {
      t.equal((await get(`${path}?include=sealed`, { ...asked, ...seen() })).statusCode, 403);
      const protection = await as('protection', 'CN', 'CN-GX-BLO');
      const shown = await get(`${path}?include=sealed`, { ...protection, ...seen() });
      t.equal(shown.statusCode, 200);
      t.match(shown.body, QUESTION);
    }
    const annulled = { type: 'annulled', occurredAt: '2023-08-02', data: { eventId: '', reason: 'asked twice' } };
    annulled.data.eventId = (await get(events, { ...asking, ...seen() })).json().events[0].id;
    const gone = await post(events, annulled, { ...asking, 'if-match': String(answer.headers.etag) });
    t.equal(gone.json().status, 'annulled', gone.body);
    position = String(gone.headers['event-position']);
  });

  t.test('says what may come next, and refuses the rest with the reason', async (t) => {
    const { next } = (await get(links.next, { ...asked, ...seen() })).json();
    const sidesOf = (type: string) => next.find((each: { type: string }) => each.type === type)?.sides;
    t.same(sidesOf('replied'), ['CN']);
    t.same(sidesOf('withdrawn'), ['VN']);
    for (const [body, pointer, detail] of [
      [{ type: 'replied', data: { outcome: 'confirmed' } }, '/data/outcome', /found, not-found, inconclusive/],
      [{ type: 'replied', data: { outcome: 'found', colour: 'red' } }, '/data/colour', /unknown field/],
      [{ type: 'handed-over-at-border-pass', data: {} }, '/type', /no event type/],
      [{ type: 'withdrawn' }, '/statedBy', /for the asking party \(VN\)/],
      [{ type: 'acknowledged', occurredAt: '2023-07-01' }, '/occurredAt', /before 2023-08-01/],
    ] as const) {
      const answer = await record({ occurredAt: '2023-08-02', ...body }, asked);
      t.equal(answer.statusCode, 422, answer.body);
      t.match(answer.json().errors, [{ pointer, detail }]);
    }
    const corrected = { type: 'corrected', occurredAt: '2023-08-02', data: {} };
    t.equal((await record(corrected, asking)).statusCode, 428);
  });

  t.test('is answered, and found by where it stands', async (t) => {
    for (const body of [
      { type: 'acknowledged', occurredAt: '2023-08-02', data: { theirNumber: 'GX 7/2023' } },
      { type: 'replied', occurredAt: '2023-08-20', data: { outcome: 'found', answer: 'In custody in Pingxiang' } },
      { type: 'led-to-case', occurredAt: '2023-08-21', data: { case: caseId } },
    ]) {
      const answer = await record(body, asked);
      t.equal(answer.statusCode, 201, answer.body);
    }
    const second = await post('/v1/requests', { ...question, kind: 'information' }, asking);
    position = String(second.headers['event-position']);
    const idsOf = async (query: string, viewer = asking) => {
      const answer = await get(`/v1/requests${query}`, { ...viewer, ...seen() });
      t.equal(answer.statusCode, 200, answer.body);
      return answer.json().requests.map((each: { id: string }) => each.id);
    };
    const other = second.json().id;
    t.same(await idsOf('?status=requested,replied'), [other, id], 'the latest first');
    t.equal((await idsOf('')).length, 3);
    t.equal((await idsOf('', await as('auditor'))).length, 3);
    t.same(await idsOf('?status=replied'), [id]);
    t.same(await idsOf('?kind=information,location&status=requested,replied'), [other, id]);
    t.same(await idsOf('?kind=location&status=requested'), []);
    t.same(await idsOf(`?case=${caseId}`, asked), [id]);
    t.same(await idsOf('?urgency=routine'), []);
    const first = await get('/v1/requests?limit=1&status=requested,replied', { ...asking, ...seen() });
    const nextPage = /^<([^>]+)>/.exec(String(first.headers.link))?.[1] as string;
    t.same(
      (await get(nextPage, asking)).json().requests.map((each: { id: string }) => each.id),
      [id],
    );
    for (const query of ['?kind=rumour', '?status=lost', '?addressee=nobody', '?cursor=x', '?colour=red']) {
      t.equal((await get(`/v1/requests${query}`, asking)).statusCode, 400, query);
    }
  });

  t.test('is corrected by whoever has seen it, and the lists follow', async (t) => {
    const { etag } = (await get(links.self, { ...asked, ...seen() })).headers;
    const { events } = (await get(links.events, { ...asked, ...seen() })).json();
    const reply = events.find((each: { type: string }) => each.type === 'replied');
    const data = { eventId: reply.id, changes: { outcome: 'not-found' }, reason: 'Another person was meant' };
    const body = { type: 'corrected', occurredAt: '2023-08-25', data };
    t.equal((await record(body, { ...asked, 'if-match': '"0"' })).statusCode, 412);
    const answer = await record(body, { ...asked, 'if-match': String(etag) });
    t.equal(answer.statusCode, 201, answer.body);
    for (const viewer of [asking, asked]) {
      t.match((await get(links.self, { ...viewer, ...seen() })).json(), { status: 'replied', outcome: 'not-found' });
    }
    t.match((await get('/v1/requests?status=replied', { ...asking, ...seen() })).json().requests, [
      { id, outcome: 'not-found' },
    ]);
  });

  t.test('is in the feed of the two, by its kind of record', async (t) => {
    const typesFor = async (viewer: object, query = '') =>
      (await get(`/v1/events${query}`, { ...viewer, ...seen() })).body
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line).type);
    const all = [
      'requested',
      'requested',
      'annulled',
      'acknowledged',
      'replied',
      'led-to-case',
      'requested',
      'corrected',
    ];
    t.same(
      await typesFor(asked, '?category=request'),
      all.map((type) => `handover-ledger.request.${type}`),
    );
    t.equal((await typesFor(asking, '?category=request&type=replied')).length, 1);
    t.same(await typesFor(asking, '?category=case'), []);
    t.equal((await typesFor(asking, `?record=${id}`)).length, 5);
    t.same(await typesFor(stranger), []);
  });

  t.test('once, however often it is sent', async (t) => {
    const key = { 'idempotency-key': randomUUID() };
    const sent = await post('/v1/requests', question, { ...asking, ...key });
    const again = await post('/v1/requests', question, { ...asking, ...key });
    t.equal(again.statusCode, 201);
    t.equal(again.body, sent.body);
    t.equal((await post('/v1/requests', { ...question, kind: 'evidence' }, { ...asking, ...key })).statusCode, 422);
  });
});

t.test('a request that is not as it should be is refused, and nothing is written', async (t) => {
  const { post, as, ledger } = await startApp(t);
  const asking = await as('liaison', 'VN', 'VN-04-BLO');
  const { question: _, ...unasked } = question;
  for (const [body, pointer] of [
    [unasked, '/question'],
    [{ ...question, addressee: 'Nanning' }, '/addressee'],
    [{ ...question, urgencyReason: undefined }, '/urgencyReason'],
    [{ ...question, dueOn: '2023-02-30' }, '/dueOn'],
    [{ ...question, kind: 'rumour' }, '/kind'],
    [{ ...question, colour: 'red' }, '/colour'],
    [{ ...question, occurredAt: '2199-01-01' }, '/occurredAt'],
  ] as const) {
    const answer = await post('/v1/requests', body, asking);
    t.equal(answer.statusCode, 422, answer.body);
    t.ok(
      answer.json().errors.some((each: { pointer: string }) => each.pointer === pointer),
      `${pointer}: ${answer.body}`,
    );
  }
  for await (const events of ledger.log.readAll()) {
    t.same(
      events.filter(({ stream }) => stream.startsWith('request-')),
      [],
    );
  }
});
