import t from 'tap';
import { type Answer, startApp } from '../../../support/app.ts';
import { person } from '../../../support/case-scenario.ts';
import { seenBy, sendCase, sendMore } from '../../../support/cases-over-http.ts';
import { ordinaryWays } from '../../../support/ordinary-ways.ts';

t.test('what was recorded of a case', async (t) => {
  const started = await startApp(t);
  const { get, as } = started;
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const sent = await sendCase(started, ordinaryWays.fugitive, officer);
  const { events } = sent.links;
  const types = ordinaryWays.fugitive.map(({ type }) => type);
  const typesOf = (answer: Answer): readonly string[] => answer.json().events.map(({ type }: { type: string }) => type);

  t.test('is shown in its order, without the person', async (t) => {
    const answer = await get(events, { ...officer, ...sent.seen });
    t.equal(answer.statusCode, 200);
    t.same(typesOf(answer), types);
    t.notMatch(answer.body, /N\. V\. A\.|T\. V\. B\.|Note 1/);
    const shown = answer.json().events;
    t.same(
      shown.map(({ position }: { position: string }) => position),
      sent.positions,
    );
    t.match(shown[0], {
      revision: 0,
      type: 'reported',
      occurredAt: '2024-01-01',
      recordedBy: { subject: 'recorder-of-CN-GX-BLO', office: 'CN-GX-BLO', side: 'CN', role: 'recorder' },
      case: { kind: 'fugitive', requestingParty: 'CN' },
      data: {},
      sealed: true,
    });
    t.match(shown[1], { type: 'located', sealed: false });
    t.match(shown[2], { type: 'captured', statedBy: { office: 'VN-MPS' }, sealed: true });
    t.equal(answer.headers['cache-control'], 'private, no-cache');
  });

  t.test('is shown with the person and the documents to those who may know', async (t) => {
    const answer = await get(`${events}?include=person`, officer);
    const shown = answer.json().events;
    t.match(shown[0], { case: { kind: 'fugitive', person }, sealed: false });
    t.match(shown[2], { statedBy: { office: 'VN-MPS', document: 'Note 1' }, sealed: false });
    t.match(shown[4], { data: { decidedBy: 'T. V. B.' } });
    t.ok(shown.every(({ sealed }: { sealed: boolean }) => !sealed));
    t.equal(answer.headers['cache-control'], 'no-store');
    const auditor = await get(`${events}?include=person`, await as('auditor'));
    t.equal(auditor.statusCode, 403);
    t.same(typesOf(await get(events, await as('auditor'))), types, 'an auditor replays it without');
  });

  t.test('is not sent again to those who have it', async (t) => {
    const { etag } = (await get(events, officer)).headers;
    t.equal((await get(events, { ...officer, 'if-none-match': String(etag) })).statusCode, 304);
    t.equal(
      (await get(`${events}?include=person`, { ...officer, 'if-none-match': String(etag) })).statusCode,
      200,
      'with the person it is another representation',
    );
    const step = { type: 'particulars-recorded', data: { particulars: { residence: 'Tràng Định' } } };
    const other = await sendCase(started, [ordinaryWays.suspect[0]], officer);
    const had = (await get(other.links.events, { ...officer, ...other.seen })).headers.etag;
    const seen = seenBy(await sendMore(started, other, step, officer));
    const again = await get(other.links.events, { ...officer, ...seen, 'if-none-match': String(had) });
    t.equal(again.statusCode, 200, 'there is more now');
    t.equal(again.json().events.length, 2);
  });

  t.test('is shown page after page', async (t) => {
    const found: string[] = [];
    let url: string | undefined = `${events}?limit=4&include=person`;
    const sizes: number[] = [];
    while (url !== undefined) {
      const answer: Answer = await get(url, officer);
      found.push(...typesOf(answer));
      sizes.push(answer.json().events.length);
      url = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link))?.[1];
    }
    t.same([found, sizes], [types, [4, 4, 2]]);
    t.equal(
      (await get(`${events}?limit=10`, officer)).headers.link,
      undefined,
      'no empty page follows a full last one',
    );
  });

  t.test('stays as it was recorded where it was put right', async (t) => {
    const other = await sendCase(started, ordinaryWays.fugitive.slice(0, 3) as never, officer);
    const [, located, captured] = (await get(other.links.events, { ...officer, ...other.seen })).json().events;
    const corrected = await sendMore(
      started,
      other,
      {
        type: 'corrected',
        occurredAt: '2024-01-02',
        statedBy: { office: 'VN-MPS', document: 'Note 2' },
        data: { eventId: captured.id, changes: { province: 'VN-04', place: 'a market' }, reason: 'another province' },
      },
      officer,
      String(other.last.headers.etag),
    );
    const annulled = await sendMore(
      started,
      other,
      { type: 'annulled', occurredAt: '2024-01-03', data: { eventId: located.id, reason: 'another man' } },
      officer,
      String(corrected.headers.etag),
    );
    const answer = await get(`${other.links.events}?include=person`, { ...officer, ...seenBy(annulled) });
    t.same(typesOf(answer), ['reported', 'located', 'captured', 'corrected', 'annulled']);
    const shown = answer.json().events;
    t.same(shown[2].data, {}, 'what was wrong stands as it was recorded');
    t.match(shown[3].data, {
      eventId: captured.id,
      changes: { province: 'VN-04', place: 'a market' },
      reason: 'another province',
    });
    t.match(shown[4].data, { eventId: located.id, reason: 'another man' });
  });

  t.test('is not shown for what makes no sense', async (t) => {
    for (const [query, name] of [
      ['limit=0', 'limit'],
      ['cursor=x', 'cursor'],
      [`cursor=${Buffer.from('-2').toString('base64url')}`, 'cursor'],
      ['include=everything', 'include'],
      ['from=3', 'from'],
    ] as const) {
      const answer = await get(`${events}?${query}`, officer);
      t.equal(answer.statusCode, 400, query);
      t.match(answer.json().errors, [{ in: 'query', name }]);
    }
    const past = Buffer.from('["events of a case",99]').toString('base64url');
    t.same((await get(`${events}?cursor=${past}`, officer)).json().events, []);
  });
});
