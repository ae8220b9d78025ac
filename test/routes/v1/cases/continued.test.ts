import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { FOR_CASE_WORK, type Headers, startApp } from '../../../support/app.ts';
import type { Opening, Step } from '../../../support/case-scenario.ts';
import { type SentCase, sendCase } from '../../../support/cases-over-http.ts';
import { ordinaryWays, wayTo } from '../../../support/ordinary-ways.ts';

/** A case of somebody of this name. */
const of = (way: readonly [Opening, ...Step[]], text: string): readonly [Opening, ...Step[]] => {
  const [{ particulars, ...opening }, ...steps] = way;
  const person = { names: [{ text, script: 'Latn', role: 'native' }] };
  return [{ ...opening, particulars: { ...particulars, person } }, ...steps];
};

const returning = wayTo('irregular-entry', 'return-ordered');

t.test('a case goes on as another', async (t) => {
  const started = await startApp(t);
  const { as, get, post } = started;
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const liaison = { ...(await as('liaison')), ...FOR_CASE_WORK };
  const protection = await as('protection', 'CN', 'CN-GX-BLO');
  const auditor = await as('auditor');
  const others = [officer, liaison, auditor];
  const victim = await sendCase(started, of(returning, 'Nguyen Thi Hoa'), officer);
  const wanted = await sendCase(started, of(returning, 'Nguyen Van Hoa'), officer);
  const plain = await sendCase(started, of(returning, 'Nguyen Van Hoa'), officer);
  const suspect = await sendCase(started, of([ordinaryWays.suspect[0]], 'Nguyen Thi Hoa'), officer);
  /** What cannot be taken back is recorded by those who have seen the case as it stands. */
  const record = ({ links, last }: SentCase, body: object, etag = String(last.headers.etag), by = officer) =>
    post(links.events, body, { ...by, 'if-match': etag });
  const duplicate = await sendCase(started, of(returning, 'Nguyen Thi Hoa'), officer);
  const merged = { type: 'merged', occurredAt: '2024-01-01', data: { into: victim.id, reason: 'the same passport' } };
  t.equal((await record(duplicate, merged)).json().status, 'merged');
  const warrant = { kind: 'warrant', issuedOn: '2023-05-01' };
  const as_ = (kind: string, more: object = {}) => ({
    type: 'continued-as-another-case',
    occurredAt: '2024-01-02',
    data: { as: { kind, ...more }, reason: 'She was sold to a village' },
  });
  const ended = [
    await record(victim, as_('trafficking-victim')),
    await record(
      wanted,
      as_('fugitive', { warrant, warrantNumber: 'W-1', statedBy: { office: 'VN-MPS', document: 'Warrant 12' } }),
    ),
    await record(suspect, as_('unlawful-detention')),
  ];
  for (const answer of ended) t.equal(answer.statusCode, 201, answer.body);

  const groupOf = async ({ links }: SentCase) => {
    for (let tries = 0; tries < 400; tries++) {
      const { cases } = (await get(`${links.self}/person-links`, protection)).json();
      if (cases?.length > 1) return cases;
      await wait(25);
    }
    throw new Error('no other case was opened');
  };
  const [ofVictim, ofWanted, ofDetained] = [await groupOf(victim), await groupOf(wanted), await groupOf(suspect)];
  const asBefore = async ({ links }: SentCase, viewer: Headers) => (await get(links.self, viewer)).json();
  const everything = { 'min-event-position': (await started.caseEvents()).at(-1)?.position as string };

  t.test('of the right kind, with who the person is, linked for protection', async (t) => {
    for (const [group, before, kind, status] of [
      [ofVictim, victim, 'trafficking-victim', 'identified'],
      [ofWanted, wanted, 'fugitive', 'reported'],
      [ofDetained, suspect, 'unlawful-detention', 'reported'],
    ] as const) {
      const [old, other] = group;
      t.match(old, { id: before.id, status: 'continued-as-another-case' });
      t.match(other, { kind, status, office: 'CN-GX-BLO', direction: old.direction, dates: {} });
      t.same((await get(`${other.links.self}/person-links`, protection)).json().cases.length, 2, 'from either side');
    }
    const who = (await get(`${ofVictim[1].links.self}?include=person`, protection)).json();
    t.match(who, {
      who: { person: { names: [{ text: 'Nguyen Thi Hoa' }] } },
      dates: { identifiedAsVictim: '2024-01-02' },
    });
    const sought = (await get(`${ofWanted[1].links.self}?include=person`, officer)).json();
    t.match(sought, { who: { warrantNumber: 'W-1', person: { names: [{ text: 'Nguyen Van Hoa' }] } }, warrant });
  });

  t.test('and tells nobody else which, nor as what, nor of whom', async (t) => {
    for (const before of [victim, wanted, suspect]) {
      for (const viewer of others) {
        const shown = await asBefore(before, viewer);
        t.equal(shown.status, 'continued-as-another-case');
        for (const path of ['', '/events', '/person-links', '/next', '/deadlines']) {
          const { statusCode, body } = await get(`${before.links.self}${path}`, { ...viewer, ...everything });
          t.equal(statusCode, 200, body);
          t.notMatch(body, /Hoa|was sold|Warrant 12/, path);
          for (const [, other] of [ofVictim, ofWanted, ofDetained]) t.notOk(body.includes(other.id), path);
        }
        for (const query of ['include=person', 'include=person&revision=0', 'include=person&at=2024-01-01']) {
          t.equal((await get(`${before.links.self}?${query}`, viewer)).statusCode, 403, query);
        }
        t.equal((await get(`${before.links.events}?include=person`, viewer)).statusCode, 403);
        t.equal((await get(`${before.links.self}/candidates`, viewer)).statusCode, 403);
      }
      const sealed = (await get(`${before.links.events}?include=person`, protection)).json().events;
      t.match(sealed.at(-2), { type: 'continued-as-another-case', data: { reason: 'She was sold to a village' } });
      t.match(sealed.at(-1), { type: 'linked-to-person-of', recordedBy: { role: 'ledger' } });
      t.equal((await get(`${before.links.self}?include=person`, protection)).statusCode, 200);
    }
    for (const viewer of others) {
      const url = `${duplicate.links.self}?include=person`;
      t.equal((await get(url, viewer)).statusCode, 403, 'nor by a duplicate that had been merged into it');
    }
    const told = await get(`${victim.links.self}?include=person`, officer);
    t.match(told.json().detail, /a case that goes on as another one is, is not for the role recorder/);
    const [one, another] = await Promise.all([victim, wanted].map((each) => asBefore(each, officer)));
    t.same(
      { ...one, id: 0, links: 0, revision: 0 },
      { ...another, id: 0, links: 0, revision: 0 },
      'a victim’s case that ended looks as one of somebody who is wanted',
    );
    for (const viewer of others) {
      const links = (await get(`${ofWanted[1].links.self}/person-links`, viewer)).json();
      t.equal(links.cases.length, 1, 'nor is it told from the other side, by which those of victims would be known');
    }
    t.notMatch((await get('/v1/events', { ...officer, ...everything })).body, /Hoa|was sold|"otherCase"|"as"/);
  });

  t.test('and is found by name by protection alone', async (t) => {
    const find = async (viewer: Headers) =>
      (await post('/v1/cases/search', { name: 'Hoa' }, { ...viewer, ...everything }))
        .json()
        .cases.map(({ id }: { id: string }) => id);
    for (const viewer of [officer, liaison]) t.same(await find(viewer), [plain.id, ofWanted[1].id]);
    t.same(
      new Set(await find(protection)),
      new Set([victim, wanted, suspect, duplicate].map(({ id }) => id).concat(ofVictim[1].id, ofDetained[1].id)),
    );
    const candidates = (await get(`${plain.links.self}/candidates`, { ...officer, ...everything })).json().candidates;
    t.same(
      candidates.map(({ case: { id } }: { case: { id: string } }) => id),
      [ofWanted[1].id],
    );
  });

  t.test('and stands in no list that does not ask for such cases', async (t) => {
    const list = async (query: string, viewer: Headers) =>
      (await get(`/v1/cases?${query}`, { ...viewer, ...everything })).json().cases.map(({ id }: { id: string }) => id);
    for (const viewer of [...others, protection]) {
      t.same(await list('kind=suspect', viewer), []);
      t.same(await list('kind=irregular-entry&status=return-ordered', viewer), [plain.id]);
      t.same(await list('kind=suspect&status=continued-as-another-case', viewer), [suspect.id]);
      t.same(await list('kind=trafficking-victim', viewer), [ofVictim[1].id]);
    }
    t.same(new Set(await list('', officer)), new Set([plain.id, duplicate.id, ofWanted[1].id]));
    t.same(new Set(await list('', protection)), new Set([ofVictim[1].id, ofDetained[1].id]));
  });

  t.test('and is refused with what would be right', async (t) => {
    const etag = String((await get(victim.links.self, officer)).headers.etag);
    t.equal((await post(plain.links.events, as_('suspect'), officer)).statusCode, 428);
    const byOfficer = await record(victim, as_('trafficking-victim'), etag);
    t.equal(byOfficer.statusCode, 403, 'who may not know the person can put nothing right');
    const twice = await record(victim, as_('trafficking-victim'), etag, protection);
    t.equal(twice.statusCode, 422);
    t.match(twice.json().errors, [{ code: 'out-of-order', pointer: '/type' }]);
    for (const [body, pointer, detail] of [
      [as_('fugitive'), '/data/as/warrant', /a warrant, a judgment/],
      [as_('pirate'), '/data/as/kind', /fugitive/],
      [as_('irregular-entry'), '/data/as/kind', /already/],
      [{ ...as_('suspect'), data: { as: { kind: 'suspect' } } }, '/data/reason', /required/],
    ] as const) {
      const answer = await record(plain, body);
      t.match(answer.json().errors, [{ pointer, detail }], answer.body);
    }
    const annulled = { type: 'annulled', occurredAt: '2024-01-03', data: { eventId: '', reason: 'a mistake' } };
    const { events } = (await get(victim.links.events, officer)).json();
    const back = await record(
      victim,
      { ...annulled, data: { ...annulled.data, eventId: events.at(-2).id } },
      etag,
      protection,
    );
    t.equal(back.statusCode, 422);
    t.match(back.json().errors, [{ code: 'out-of-order', detail: /which the ledger has opened from it/ }]);
    const [, other] = ofVictim;
    const opened = (await get(other.links.events, protection)).json().events;
    const gone = await post(
      other.links.events,
      { ...annulled, data: { ...annulled.data, eventId: opened[0].id } },
      { ...officer, 'if-match': `"${opened.length - 1}"` },
    );
    t.match(gone.json().errors, [{ code: 'out-of-order', detail: /will open no other/ }], gone.body);
  });

  t.test('also where its person was linked to that of another case before', async (t) => {
    const linked = await sendCase(started, of([ordinaryWays.suspect[0]], 'Nguyen Thi Mai'), officer);
    const before = await sendCase(started, of(returning, 'Nguyen Thi Mai'), officer);
    const data = { otherCase: before.id, basis: 'document', reason: 'the same passport' };
    const link = await record(linked, { type: 'linked-to-person-of', occurredAt: '2024-01-01', data });
    t.equal(link.statusCode, 201, link.body);
    const known = { 'min-event-position': String(link.headers['event-position']) };
    const read = async () =>
      (await get(`${linked.links.events}?include=person`, { ...officer, ...known })).json().events.at(-1);
    t.match(await read(), { data: { otherCase: before.id } });
    const answer = await record(before, as_('trafficking-victim'));
    t.equal(answer.statusCode, 201, answer.body);
    const seen = { 'min-event-position': String(answer.headers['event-position']) };
    const { events } = (await get(`${linked.links.events}?include=person`, { ...officer, ...seen })).json();
    t.same(events.at(-1).data, { basis: 'document' });
    t.equal(events.at(-1).sealed, true);
  });
  t.notMatch(started.logged(), /Hoa|was sold|goes on.*tried again/);
});
