import t from 'tap';
import { type Answer, startApp } from '../../../support/app.ts';
import { seenBy, sendCase, sendMore } from '../../../support/cases-over-http.ts';
import { handOver, redate } from '../../../support/handed-over.ts';
import { wayTo } from '../../../support/ordinary-ways.ts';

interface Step {
  readonly event: { readonly id: string; readonly type: string; readonly revision: number; readonly sealed: boolean };
  readonly after: { readonly status: string; readonly revision: number; readonly handovers: readonly object[] };
  readonly changes: readonly { readonly pointer: string; readonly before?: unknown; readonly after?: unknown }[];
}

t.test('a case event by event', async (t) => {
  const started = await startApp(t);
  const { get, as } = started;
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const sent = await handOver(started, officer, { date: '2024-03-10' });
  const before = sent.positions.at(-1) as string;
  const end = await redate(started, officer, sent, '2024-03-12');
  const seen = { 'min-event-position': end };
  const { self } = sent.links;
  const stepsOf = async (query = '', account: object = officer) => {
    const answer = await get(`${self}/steps${query}`, { ...account, ...seen });
    t.equal(answer.statusCode, 200, answer.body);
    return answer.json().steps as readonly Step[];
  };

  t.test('is shown with the state after each, as it was known then', async (t) => {
    const steps = await stepsOf();
    const { events } = (await get(sent.links.events, officer)).json();
    t.same(
      steps.map(({ event }) => event),
      events,
      'the events are those of the history',
    );
    for (const { event, after } of steps) {
      const { links: _, ...then } = (await get(`${self}?revision=${event.revision}`, officer)).json();
      t.same(after, then, `the case of revision ${event.revision}`);
    }
    t.notMatch(JSON.stringify(steps), /N\. V\. A\./, 'nothing that is sealed is opened');
  });

  t.test('with what changed, field by field', async (t) => {
    const steps = await stepsOf();
    t.ok(steps[0]?.changes.some(({ pointer, after }) => pointer === '/kind' && after === 'fugitive'));
    t.ok(
      steps[0]?.changes.every((change) => !('before' in change)),
      'there was nothing before',
    );
    t.match(
      steps[1]?.changes.find(({ pointer }) => pointer === '/status'),
      { before: 'reported', after: 'located' },
    );
    const corrected = steps.at(-1);
    t.equal(corrected?.event.type, 'corrected');
    t.same(
      corrected?.changes.map(({ pointer, before: was, after: is }) => [pointer, was, is]),
      [
        ['/since', '2024-03-10', '2024-03-12'],
        ['/dates/handedOver', '2024-03-10', '2024-03-12'],
        ['/handovers/0/handoverDate', '2024-03-10', '2024-03-12'],
        ['/handovers/0/occurredAt', '2024-03-10', '2024-03-12'],
      ],
    );
  });

  t.test('also where an event is taken back, and the whole case', async (t) => {
    const other = await sendCase(started, wayTo('fugitive', 'located'), officer);
    const { events } = (await get(other.links.events, { ...officer, ...other.seen })).json();
    const annul = async (id: string, etag: string): Promise<Answer> =>
      sendMore(
        started,
        other,
        { type: 'annulled', occurredAt: '2024-02-01', data: { eventId: id, reason: 'a slip' } },
        officer,
        etag,
      );
    const first = await annul(events[1].id, String(other.last.headers.etag));
    const second = await annul(events[0].id, String(first.headers.etag));
    const { steps } = (await get(`${other.links.self}/steps`, { ...officer, ...seenBy(second) })).json();
    t.same(
      steps.map(({ event, after }: Step) => [event.type, after.status]),
      [
        ['reported', 'reported'],
        ['located', 'located'],
        ['annulled', 'reported'],
        ['annulled', 'annulled'],
      ],
    );
    t.match(
      steps[2].changes.find(({ pointer }: { pointer: string }) => pointer === '/dates/located'),
      { before: '2024-01-01' },
    );
  });

  t.test('up to what was known then, page after page, and once for who has it', async (t) => {
    const all = await stepsOf();
    t.same(await stepsOf(`?asOf=${before}`), all.slice(0, -1));
    const found: Step[] = [];
    let url: string | undefined = `${self}/steps?limit=3`;
    while (url !== undefined) {
      const answer: Answer = await get(url, officer);
      found.push(...answer.json().steps);
      url = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link))?.[1];
    }
    t.same(found, all);
    const { etag } = (await get(`${self}/steps`, officer)).headers;
    t.equal((await get(`${self}/steps`, { ...officer, 'if-none-match': String(etag) })).statusCode, 304);
    t.equal((await get(`${self}/steps`, { ...(await as('auditor')), 'if-none-match': String(etag) })).statusCode, 200);
    const [labelled] = await stepsOf('', { ...officer, 'accept-language': 'en' });
    t.match(labelled, { event: { labels: { type: 'Reported' } }, after: { labels: { status: 'Reported' } } });
  });

  t.test('for those who see the case, and for what can be asked', async (t) => {
    t.same((await stepsOf('', await as('auditor'))).length, (await stepsOf()).length);
    t.equal((await get(`${self}/steps`, await as('recorder', 'CN', 'CN-YN-BLO'))).statusCode, 404);
    t.equal((await get(`${self}/steps`, await as('statistician'))).statusCode, 403);
    t.equal((await get(`${self}/steps?asOf=2017-01-01`, officer)).statusCode, 404);
    for (const [query, name] of [
      ['at=2024-01', 'at'],
      ['include=person', 'include'],
      ['asOf=soon', 'asOf'],
      ['cursor=x', 'cursor'],
    ] as const) {
      const answer = await get(`${self}/steps?${query}`, officer);
      t.equal(answer.statusCode, 400, query);
      t.match(answer.json().errors, [{ in: 'query', name }]);
    }
  });
});
