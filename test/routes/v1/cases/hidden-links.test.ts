import { randomUUID } from 'node:crypto';
import t from 'tap';
import { type Headers, startApp } from '../../../support/app.ts';
import type { Opening, Step } from '../../../support/case-scenario.ts';
import { type SentCase, seenBy, sendCase, sendMore } from '../../../support/cases-over-http.ts';
import { sendAll } from '../../../support/ledger.ts';
import { ordinaryWays } from '../../../support/ordinary-ways.ts';

const { suspect, 'trafficking-victim': victims } = ordinaryWays;

const NAME = { names: [{ text: 'Nguyễn Văn Đạt', script: 'Latn', role: 'native' }] };
const named = ([opening]: readonly [Opening, ...unknown[]]): readonly [Opening] => [
  { ...opening, particulars: { ...opening.particulars, person: NAME } },
];
const link = (otherCase: string): Step => ({
  type: 'linked-to-person-of',
  data: { otherCase, basis: 'fingerprints', reason: 'the prints agree' },
});

t.test('what one may not see makes no difference to the candidates that one sees', async (t) => {
  const app = await startApp(t);
  const guangxi = await app.as('recorder', 'CN', 'CN-GX-BLO');
  const protection = await app.as('protection', 'CN', 'CN-GX-BLO');
  const first = await sendCase(app, named(suspect), guangxi);
  const second = await sendCase(app, named(suspect), guangxi);
  const victim = await sendCase(app, named(victims), protection);
  let seen: Headers = victim.seen;
  const candidates = async () => {
    const { candidates: found, more } = (
      await app.get(`${first.links.self}/candidates`, { ...guangxi, ...seen })
    ).json();
    return { found: found.map((each: { case: { id: string } }) => each.case.id), more };
  };
  const onlySecond = { found: [second.id], more: false };
  t.same(await candidates(), onlySecond);

  t.test('not that both are linked with a case of a victim', async (t) => {
    const record = async ({ links }: SentCase, step: Step) => {
      const { etag } = (await app.get(links.self, { ...protection, ...seen })).headers;
      seen = seenBy(await sendMore(app, { links }, step, protection, String(etag)));
    };
    await record(victim, link(first.id));
    await record(victim, link(second.id));
    t.same(await candidates(), onlySecond);
    const group = (await app.get(`${first.links.self}/person-links`, { ...guangxi, ...seen })).json();
    t.same([group.cases.length, group.links, group.more], [1, [], false]);
  });

  t.test('not that other offices have very many cases of that name', async (t) => {
    const [opening] = named(suspect);
    for (let each = 0; each < 201; each++) {
      const { position } = await sendAll(app.ledger, randomUUID(), [opening]);
      seen = { 'min-event-position': position };
    }
    t.same(await candidates(), onlySecond);
  });
});
