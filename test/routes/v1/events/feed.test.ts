import t from 'tap';
import { cloudEventSchema } from '../../../../src/routes/v1/events/schemas.ts';
import { type Answer, startApp } from '../../../support/app.ts';
import { seenBy, sendCase, sendMore } from '../../../support/cases-over-http.ts';
import { wayTo } from '../../../support/ordinary-ways.ts';

interface FeedEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly position: string;
  readonly revision: number;
}

t.test('the feed of events as lines', async (t) => {
  const started = await startApp(t);
  const { get, as } = started;
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const fugitive = await sendCase(started, wayTo('fugitive', 'identity-verified'), officer);
  const suspect = await sendCase(started, wayTo('suspect', 'identity-verified'), officer);
  const elsewhere = await sendCase(started, wayTo('suspect', 'captured'), await as('recorder', 'CN', 'CN-YN-BLO'));
  const feed = async (query = '', account = officer): Promise<Answer> => {
    const answer = await get(`/v1/events${query}`, { ...account, ...elsewhere.seen });
    t.equal(answer.statusCode, 200, answer.body);
    return answer;
  };
  const eventsOf = ({ body }: Answer): readonly FeedEvent[] =>
    body
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  const types = (answer: Answer) => eventsOf(answer).map(({ type }) => type.replace('handover-ledger.case.', ''));

  t.test('gives CloudEvents in log order, without persons', async (t) => {
    const answer = await feed();
    t.equal(answer.headers['content-type'], 'application/x-ndjson');
    t.equal(answer.headers['cache-control'], 'no-store');
    t.equal(answer.headers.vary, 'accept');
    t.ok(answer.body.endsWith('}\n'));
    t.notMatch(answer.body, /N\. V\. A\.|Note 1/);
    const events = eventsOf(answer);
    for (const event of events) {
      cloudEventSchema.parse(event);
      // CloudEvents 1.0.2, naming of context attributes: lower-case letters and digits.
      for (const attribute of Object.keys(event)) t.match(attribute, /^[a-z0-9]{1,20}$/);
    }
    t.match(events[0], {
      specversion: '1.0',
      source: 'urn:handover-ledger:test',
      type: 'handover-ledger.case.reported',
      subject: fugitive.id,
      revision: 0,
      datacontenttype: 'application/json',
      data: {
        occurredAt: '2024-01-01',
        recordedBy: { office: 'CN-GX-BLO', side: 'CN' },
        case: { kind: 'fugitive' },
        data: {},
      },
    });
    t.same(
      events.map(({ position }) => position),
      [...fugitive.positions, ...suspect.positions],
    );
    const history = (await get(fugitive.links.events, officer)).json().events;
    t.same(
      events.slice(0, 4).map(({ id }) => id),
      history.map(({ id }: FeedEvent) => id),
      'with the ids of the history',
    );
  });

  t.test('goes on after any position', async (t) => {
    const all = eventsOf(await feed());
    for (const [index, { position }] of all.entries()) {
      t.same(eventsOf(await feed(`?after=${position}`)), all.slice(index + 1));
    }
    const { last } = { last: all.at(-1)?.position };
    t.equal((await feed(`?after=${last}`)).body, '', 'nothing more');
    const more = await sendMore(started, suspect, { type: 'incident-assigned', data: { incident: 'A-1' } }, officer);
    const answer = await get(`/v1/events?after=${last}`, { ...officer, ...seenBy(more) });
    t.same(types(answer), ['incident-assigned']);
  });

  t.test('of some cases, types and kinds', async (t) => {
    t.same(types(await feed(`?case=${fugitive.id}`)), ['reported', 'located', 'captured', 'identity-verified']);
    t.same(types(await feed(`?case=${fugitive.id.toUpperCase()}&type=located`)), ['located']);
    t.same(types(await feed('?type=captured,located')), ['located', 'captured', 'captured']);
    t.same(types(await feed('?type=captured&type=located&kind=suspect')), ['captured']);
    t.same(types(await feed('?kind=suspect&type=captured,identity-verified')), ['captured', 'identity-verified']);
    t.same(types(await feed(`?case=${elsewhere.id}`)), [], 'a case of another office');
  });

  t.test('of the cases that the office sees', async (t) => {
    const subjects = async (account: { readonly authorization: string }) =>
      new Set(eventsOf(await feed('', account)).map(({ subject }) => subject));
    t.same(await subjects(officer), new Set([fugitive.id, suspect.id]));
    t.same(await subjects(await as('recorder', 'CN', 'CN-YN-BLO')), new Set([elsewhere.id]));
    t.same(await subjects(await as('recorder', 'VN')), new Set());
    for (const account of [await as('auditor', 'VN'), await as('protection')]) {
      t.same(await subjects(account), new Set([fugitive.id, suspect.id, elsewhere.id]));
    }
    for (const role of ['statistician', 'admin'] as const)
      t.equal((await get('/v1/events', await as(role))).statusCode, 403);
  });

  t.test('of what concerns an office, for those who see the records of many', async (t) => {
    const auditor = await as('auditor', 'VN');
    const subjects = async (query: string) =>
      new Set(eventsOf(await feed(query, auditor)).map(({ subject }) => subject));
    t.same(await subjects('?office=CN-YN-BLO'), new Set([elsewhere.id]));
    t.same(await subjects('?office=CN-YN-BLO,CN-GX-BLO&kind=suspect'), new Set([suspect.id, elsewhere.id]));
    t.same(types(await feed('?office=CN-YN-BLO')), [], 'nobody sees more by it');
  });

  t.test('unless something is asked for that makes no sense', async (t) => {
    for (const [query, name] of [
      ['after=first', 'after'],
      ['after=', 'after'],
      ['after=2024-01-01', 'after'],
      ['case=7', 'case'],
      ['type=teleported', 'type'],
      ['type=', 'type'],
      ['kind=pirate', 'kind'],
      ['limit=5', 'limit'],
      ['office=Nanning', 'office'],
    ] as const) {
      const answer = await get(`/v1/events?${query}`, officer);
      t.equal(answer.statusCode, 400, query);
      t.match(answer.json().errors, [{ in: 'query', name }]);
    }
    const other = await get('/v1/events', { ...officer, accept: 'text/html' });
    t.equal(other.statusCode, 406);
    t.match(other.json().errors, [{ in: 'header', name: 'Accept', detail: /x-ndjson or text\/event-stream/ }]);
    const id = await get('/v1/events', { ...officer, accept: 'text/event-stream', 'last-event-id': 'x' });
    t.equal(id.statusCode, 400);
    t.match(id.json().errors, [{ in: 'header', name: 'Last-Event-ID' }]);
  });
});
