import t from 'tap';
import { FOR_CASE_WORK, type Headers, startApp } from '../../../support/app.ts';
import type { Opening, Step } from '../../../support/case-scenario.ts';
import { type SentCase, seenBy, sendCase, sendMore } from '../../../support/cases-over-http.ts';
import { ordinaryWays } from '../../../support/ordinary-ways.ts';

const { fugitive, suspect, 'trafficking-victim': victims } = ordinaryWays;

/** A case of somebody of this name, written by hand or in a document. */
const of = ([opening]: readonly [Opening, ...unknown[]], text: string, more: object = {}): readonly [Opening] => [
  {
    ...opening,
    particulars: {
      ...opening.particulars,
      person: { names: [{ text, script: /\p{Script=Han}/u.test(text) ? 'Hans' : 'Latn', role: 'native' }], ...more },
    },
  },
];

const born = (date: string, estimated = false) => ({ birthDate: { date, ...(estimated && { estimated }) } });
const passport = (number: string) => ({ documents: [{ type: 'passport', number, issuedBy: 'VN' }] });

const link = (otherCase: string, type = 'linked-to-person-of'): Step => ({
  type,
  data: { otherCase, basis: 'fingerprints', reason: 'the prints of N. say so' },
});

t.test('cases of one person', async (t) => {
  const started = await startApp(t);
  const { as, get, post } = started;
  const guangxi = await as('recorder', 'CN', 'CN-GX-BLO');
  const protection = await as('protection', 'CN', 'CN-GX-BLO');
  const auditor = await as('auditor');
  const send = (opening: readonly [Opening], officer = guangxi) => sendCase(started, opening, officer);
  const cases: Record<string, SentCase> = {
    first: await send(of(fugitive, 'Nguyễn Văn Đạt', { ...born('1985-03-09'), ...passport('C 123-456') })),
    samePassport: await send(of(suspect, 'Trần Văn B.', passport('c123456'))),
    sameName: await send(of(suspect, 'NGUYEN VAN DAT', born('1985'))),
    decomposed: await send(of(suspect, 'Đạt Nguyễn Văn'.normalize('NFD'))),
    similar: await send(of(suspect, 'Nguyen Van Dzat', born('1984', true))),
    bornOtherwise: await send(of(suspect, 'Nguyen Van Dat', born('1991-01-01'))),
    onlySimilar: await send(of(suspect, 'Nguyen Van Dzat')),
    another: await send(of(suspect, 'Lê Thị Hoa', born('1985-03-09'))),
    victim: await send(of(victims, 'Nguyễn Văn Đạt', born('1985-03-09')), protection),
    otherVictim: await send(of(victims, 'Nguyen Van Dat', born('1985-03')), protection),
    elsewhere: await send(of(suspect, 'Nguyễn Văn Đạt'), await as('recorder', 'CN', 'CN-YN-BLO')),
  };
  const nameOf = new Map(Object.entries(cases).map(([name, { id }]) => [id, name]));
  const at = (name: string): SentCase => cases[name] as SentCase;
  let seen: Headers = at('elsewhere').seen;
  const ask = (name: string, what: string, viewer: Headers = guangxi) =>
    get(`${at(name).links.self}/${what}`, { ...viewer, ...seen });
  type Found = { case: { id: string }; reasons: { code: string; forms: string[] }[] };
  const candidatesOf = async (name: string, viewer?: Headers): Promise<readonly (string | undefined)[]> =>
    (await ask(name, 'candidates', viewer)).json().candidates.map(({ case: { id } }: Found) => nameOf.get(id));
  const record = async (name: string, step: Step, officer: Headers = guangxi) => {
    const etag = (await get(at(name).links.self, { ...officer, ...seen })).headers.etag;
    seen = seenBy(await sendMore(started, at(name), step, officer, String(etag)));
  };

  t.test(
    'are proposed in the order in which they are likely to be of use, with what speaks for and against it',
    async (t) => {
      const answer = await ask('first', 'candidates');
      t.equal(answer.statusCode, 200, answer.body);
      t.equal(answer.headers['cache-control'], 'no-store');
      t.equal(answer.json().more, false);
      t.same(await candidatesOf('first'), ['samePassport', 'sameName', 'decomposed', 'bornOtherwise', 'similar']);
      const found = new Map(
        answer.json().candidates.map(({ case: { id }, reasons }: Found) => [nameOf.get(id), reasons]),
      ) as Map<string, Found['reasons']>;
      t.match(found.get('samePassport'), [{ code: 'same-document', forms: ['C 123-456', 'c123456'] }]);
      t.match(found.get('sameName'), [
        { code: 'same-name', forms: ['Nguyễn Văn Đạt', 'NGUYEN VAN DAT'] },
        { code: 'birth-date-compatible', forms: ['1985-03-09', '1985'] },
      ]);
      t.match(found.get('bornOtherwise')?.[1], { code: 'birth-date-contradicts' });
      t.match(found.get('similar'), [{ code: 'similar-name' }, { code: 'birth-date-compatible' }]);
      t.match(answer.json().candidates[0].case.who, { person: { names: [{ text: 'Trần Văn B.' }] } });
      const one = (await ask('first', 'candidates?limit=1')).json();
      t.same([one.candidates.length, one.more], [1, true]);
    },
  );

  t.test('are proposed from either side', async (t) => {
    for (const name of ['samePassport', 'sameName', 'decomposed', 'similar']) {
      t.ok((await candidatesOf(name)).includes('first'), name);
    }
    t.same(await candidatesOf('another'), []);
  });

  t.test('are proposed to those alone who may see the persons of both', async (t) => {
    t.same(await candidatesOf('victim', protection), ['otherVictim'], 'and no victim beside a suspect');
    for (const viewer of [guangxi, await as('liaison', 'CN')]) {
      t.equal((await ask('victim', 'candidates', viewer)).statusCode, 403);
    }
    t.equal((await ask('first', 'candidates', protection)).statusCode, 403);
    t.ok(
      (await candidatesOf('first', { ...(await as('liaison', 'CN')), ...FOR_CASE_WORK })).includes('elsewhere'),
      'the ministry sees both offices',
    );
    t.equal((await ask('first', 'candidates', await as('recorder', 'CN', 'CN-YN-BLO'))).statusCode, 404);
    t.equal((await ask('first', 'candidates', await as('recorder', 'VN'))).statusCode, 404);
    for (const role of ['auditor', 'statistician', 'admin'] as const) {
      t.equal((await ask('first', 'candidates', await as(role))).statusCode, 403, role);
    }
  });

  t.test('that are linked are shown by both, as a group, and not proposed any more', async (t) => {
    await record('first', link(at('sameName').id));
    await record('similar', link(at('sameName').id));
    for (const name of ['first', 'sameName', 'similar']) {
      const group = (await ask(name, 'person-links')).json();
      t.same(
        group.cases.map(({ id }: { id: string }) => nameOf.get(id)).sort(),
        ['first', 'sameName', 'similar'],
        name,
      );
      t.equal(nameOf.get(group.cases[0].id), name);
      t.equal(group.links.length, 2);
      t.notMatch(JSON.stringify(group), /Nguy|prints of/, 'without persons and reasons');
      t.notOk((await candidatesOf(name)).some((each) => ['first', 'sameName', 'similar'].includes(String(each))));
    }
    t.same((await ask('another', 'person-links')).json().links, []);
    t.equal((await ask('first', 'person-links', auditor)).json().cases.length, 3);
    t.same((await ask('elsewhere', 'person-links', await as('recorder', 'CN', 'CN-YN-BLO'))).json().cases.length, 1);
  });

  t.test('are not linked again, by those who may know that they are', async (t) => {
    const again = async (name: string, other: string, officer: Headers) => {
      const { etag } = (await get(at(name).links.self, { ...officer, ...seen })).headers;
      const body = { type: 'linked-to-person-of', occurredAt: '2024-01-02', data: link(at(other).id).data };
      return post(at(name).links.events, body, { ...officer, 'if-match': String(etag) });
    };
    const refused = await again('first', 'sameName', guangxi);
    t.equal(refused.statusCode, 422, refused.body);
    t.match(refused.json().errors, [{ code: 'unsuitable-record', pointer: '/data/otherCase', detail: /already/ }]);
    await record('otherVictim', link(at('another').id), protection);
    t.equal((await again('otherVictim', 'another', protection)).statusCode, 422);
    const unknowing = await again('otherVictim', 'another', guangxi);
    t.equal(unknowing.statusCode, 201, 'who may not know of the link is not told of it so');
    seen = seenBy(unknowing);
  });

  t.test('of which one was found to be of somebody else are not proposed again', async (t) => {
    await record('bornOtherwise', link(at('first').id, 'found-not-same-person'));
    t.notOk((await candidatesOf('first')).includes('bornOtherwise'));
    t.notOk((await candidatesOf('bornOtherwise')).includes('first'));
    const { links, cases: group } = (await ask('first', 'person-links')).json();
    t.match(
      links.find(({ verdict }: { verdict: string }) => verdict === 'not-same'),
      { cases: [at('bornOtherwise').id, at('first').id], basis: 'fingerprints' },
    );
    t.equal(group.length, 3);
  });

  t.test('that are unlinked again stand alone', async (t) => {
    const { links } = (await ask('similar', 'person-links')).json();
    const own = links.find(({ cases: [by] }: { cases: string[] }) => by === at('similar').id);
    await record('similar', { type: 'unlinked-from-person-of', data: { link: own.eventId, reason: 'a mix-up' } });
    t.equal((await ask('similar', 'person-links')).json().cases.length, 1);
    t.equal((await ask('first', 'person-links')).json().cases.length, 2);
    t.ok((await candidatesOf('first')).includes('similar'));
  });

  t.test('one of which is a victim’s are linked in the victim’s, and seen as such by protection alone', async (t) => {
    const refused = await post(
      at('first').links.events,
      { type: 'linked-to-person-of', occurredAt: '2024-01-02', data: link(at('victim').id).data },
      { ...guangxi, 'if-match': '"1"' },
    );
    t.equal(refused.statusCode, 422, refused.body);
    t.match(refused.json().errors[0], { code: 'unsuitable-record', pointer: '/data/otherCase' });
    t.notMatch(refused.body, 'Nguy');
    await record('victim', link(at('first').id), protection);
    const shown = async (name: string, viewer: Headers) =>
      (await ask(name, 'person-links', viewer)).json().cases.map(({ id }: { id: string }) => nameOf.get(id));
    t.same(await shown('victim', protection), ['victim', 'first', 'sameName']);
    t.ok((await shown('first', protection)).includes('victim'));
    for (const viewer of [guangxi, auditor, await as('liaison', 'CN')]) {
      t.same(await shown('victim', viewer), ['victim']);
      t.notOk((await shown('first', viewer)).includes('victim'));
      for (const path of ['events', 'events?limit=500', 'next', 'deadlines']) {
        t.notMatch((await ask('victim', path, viewer)).body, at('first').id, `${path} of the victim`);
        t.notMatch((await ask('first', path, viewer)).body, at('victim').id, `${path} of the other`);
      }
      t.notMatch((await get('/v1/events', { ...viewer, ...seen })).body, `"otherCase"`);
    }
    t.match((await ask('victim', 'events?include=person', protection)).json().events[1].data, {
      otherCase: at('first').id,
    });
  });

  t.test('are linked by those who see both, who have seen the case as it stands', async (t) => {
    const body = { type: 'linked-to-person-of', occurredAt: '2024-01-02', data: link(at('elsewhere').id).data };
    t.equal((await post(at('another').links.events, body, guangxi)).statusCode, 428);
    const unseen = await post(at('another').links.events, body, { ...guangxi, 'if-match': '"0"' });
    t.match(unseen.json().errors[0], { code: 'unsuitable-record', detail: /there is no case/ });
  });

  t.test('are found by a number that came later', async (t) => {
    await record('another', { type: 'case-number-recorded', data: { side: 'VN', number: '12/QĐ-CSĐT' } });
    for (const [caseNumber, expected] of [
      ['12/qđ-csđt', ['another']],
      ['12/QĐ', ['another']],
      ['QĐ', []],
    ] as const) {
      const answer = await post('/v1/cases/search', { caseNumber }, { ...guangxi, ...seen });
      t.same(
        answer.json().cases.map(({ id }: { id: string }) => nameOf.get(id)),
        expected,
        caseNumber,
      );
    }
    t.notMatch((await ask('another', 'events')).body, 'CSĐT', 'the number is sealed');
  });

  t.test('are asked for with what there is', async (t) => {
    for (const path of ['candidates?limit=0', 'candidates?limit=501', 'candidates?name=L', 'person-links?limit=1']) {
      t.equal((await ask('first', path)).statusCode, 400, path);
    }
    for (const path of ['candidates', 'person-links']) {
      t.equal((await get(`/v1/cases/not-an-id/${path}`, guangxi)).statusCode, 400, path);
      t.equal((await get(`/v1/cases/00000000-0000-4000-8000-000000000000/${path}`, guangxi)).statusCode, 404, path);
    }
  });
  t.notMatch(started.logged(), /Nguyễn|NGUYEN|C 123/, 'no log holds a name');
});
