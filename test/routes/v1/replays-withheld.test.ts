import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { startApp } from '../../support/app.ts';
import { type SentCase, seenBy, sendCase, sendMore } from '../../support/cases-over-http.ts';
import { ordinaryWays } from '../../support/ordinary-ways.ts';

t.test('what auditors may not see is not told by what has changed since', async (t) => {
  const started = await startApp(t);
  const { get, post, as } = started;
  const protection = await as('protection', 'CN', 'CN-GX-BLO');
  const auditor = await as('auditor');
  const { suspect, 'trafficking-victim': victims } = ordinaryWays;
  const wanted = await sendCase(started, [suspect[0]], await as('recorder', 'CN', 'CN-GX-BLO'));
  const victim = await sendCase(started, [victims[0]], protection);
  const data = { otherCase: wanted.id, basis: 'fingerprints', reason: 'the prints agree' };
  const { etag } = (await get(victim.links.self, { ...protection, ...victim.seen })).headers;
  const linked = seenBy(
    await sendMore(started, victim, { type: 'linked-to-person-of', data }, protection, String(etag)),
  );
  const linksOf = async ({ links }: SentCase) =>
    (await get(`${links.self}/person-links`, { ...auditor, ...linked })).json().links.length;
  t.same([await linksOf(wanted), await linksOf(victim)], [0, 0], 'the link is not for auditors');

  const begun = await post('/v1/replays', { to: '2020-01-01', view: 'cases' }, auditor);
  const location = String(begun.headers.location);
  while ((await get(location, auditor)).json().status === 'running') await wait(20);
  const { tables, first } = (await get(location, auditor)).json().replayed[0];
  const differencesOf = (table: string) => first.filter((each: { table: string }) => each.table === table);

  const terms = differencesOf('case_search');
  t.ok(terms.length > 2);
  for (const each of terms) {
    t.same([Object.keys(each.key), each.columns], [['number'], []], 'not even a digest, which a dictionary opens');
  }
  t.match(
    tables.find(({ table }: { table: string }) => table === 'person_link'),
    { differences: 1 },
  );
  const [link] = differencesOf('person_link');
  t.match(link, { difference: 'only-live', columns: [], events: [] });
  t.same(link.key, {});
  t.notOk('record' in link, 'nor of which case it is');
});
