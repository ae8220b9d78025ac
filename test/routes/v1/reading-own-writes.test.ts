import t from 'tap';
import { startApp } from '../../support/app.ts';
import { seenBy, sendCase, sendMore } from '../../support/cases-over-http.ts';
import { ordinaryWays } from '../../support/ordinary-ways.ts';

t.test('one who wrote', async (t) => {
  const started = await startApp(t);
  const { get, post, as } = started;
  const officer = await as('recorder');

  t.test('reads it in every view at once, however much is written meanwhile', async (t) => {
    const write = async (number: number) => {
      const incident = `affair-${number}`;
      const [opening, ...steps] = ordinaryWays.fugitive;
      const way = [{ ...opening, particulars: { ...opening.particulars, incident } }, ...steps] as const;
      const sent = await sendCase(started, way, officer);
      const seen = { ...officer, ...sent.seen };
      const last = sent.positions.length - 1;
      const [shown, listed, found, history, next, behind, feed] = await Promise.all([
        get(sent.links.self, seen),
        get(`/v1/cases?incident=${incident}`, seen),
        post('/v1/cases/search', { name: 'N. V. A.', limit: 500 }, seen),
        get(sent.links.events, seen),
        get(sent.links.next, seen),
        get('/v1/handovers/yearly/2024/VN-CN/events?kind=fugitive&limit=500', seen),
        get(`/v1/events?after=${sent.positions.at(-2)}&case=${sent.id}`, seen),
      ]);
      t.equal(shown.json().revision, last);
      t.match(listed.json().cases, [{ id: sent.id, revision: last }]);
      t.ok(found.json().cases.some(({ id }: { id: string }) => id === sent.id));
      t.equal(history.json().events.length, last + 1);
      t.match(next.json(), { status: 'closed', revision: last });
      t.ok(behind.json().lines.some(({ caseId }: { caseId: string }) => caseId === sent.id));
      t.match(JSON.parse(feed.body), { subject: sent.id, type: 'handover-ledger.case.closed', revision: last });
    };
    await Promise.all(Array.from({ length: 8 }, (_, number) => write(number)));
    const { rows } = (await get('/v1/handovers/yearly', officer)).json();
    t.match(rows, [{ year: 2024, direction: 'VN-CN', kind: 'fugitive', persons: 8, incidents: 8 }]);
  });

  t.test('asks for what was known at the position of the write, and waits for it too', async (t) => {
    const sent = await sendCase(started, [ordinaryWays.suspect[0]], officer);
    for (let number = 0; number < 10; number++) {
      const step = { type: 'incident-assigned', data: { incident: `affair-${number}` } };
      const position = seenBy(await sendMore(started, sent, step, officer))['min-event-position'];
      const answer = await get(`${sent.links.self}?asOf=${position}`, officer);
      t.match(answer.json(), { incident: `affair-${number}`, revision: number + 1 });
    }
  });

  t.test('is told to try again where the log has not come to a position', async (t) => {
    const head = String((await started.caseEvents()).at(-1)?.position);
    const beyond = String(Number(head) + 1_000_000).padStart(head.length, '0');
    const urls: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ['/v1/cases', { 'min-event-position': beyond }],
      [`/v1/handovers/yearly?asOf=${beyond}`, {}],
    ];
    const answers = await Promise.all(urls.map(([url, headers]) => get(url, { ...officer, ...headers })));
    for (const answer of answers) {
      t.equal(answer.statusCode, 503);
      t.match(answer.json(), { type: 'urn:handover-ledger:problem:not-yet-scanned', detail: /try again/ });
      t.match(answer.headers['retry-after'], /^\d+$/);
    }
    const bad = await get('/v1/cases', { ...officer, 'min-event-position': 'a b' });
    t.equal(bad.statusCode, 400);
    t.match(bad.json().errors, [{ in: 'header', name: 'Min-Event-Position' }]);
  });
});
