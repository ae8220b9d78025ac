import t from 'tap';
import { type Headers, startApp } from '../../../support/app.ts';
import type { Opening, Step } from '../../../support/case-scenario.ts';
import { person } from '../../../support/case-scenario.ts';
import { seenBy, sendCase, sendMore } from '../../../support/cases-over-http.ts';
import { check } from '../../../support/ordinary-ways.ts';

const heldForVietNam = (arrestedOn: string): readonly [Opening, ...Step[]] => [
  {
    by: 'VN',
    type: 'reported',
    particulars: { kind: 'fugitive', requestingParty: 'VN', minor: false, person, warrant: { kind: 'warrant' } },
  },
  { type: 'captured', occurredAt: arrestedOn, data: { provisional: true } },
];
const toBeCollected = (agreedDate: string): readonly [Opening, ...Step[]] => [
  ...heldForVietNam('2024-01-10'),
  { by: 'VN', type: 'surrender-requested', occurredAt: '2024-01-20' },
  { type: 'identity-verified', occurredAt: '2024-02-01' },
  { ...check, occurredAt: '2024-02-01' },
  { type: 'transfer-approved', occurredAt: '2024-02-01', data: { legalBasis: 'extradition-treaty' } },
  { type: 'handover-agreed', occurredAt: '2024-02-20', data: { agreedDate } },
];

t.test('deadlines', async (t) => {
  let now = '2024-03-23T15:59:59.999Z';
  const started = await startApp(t, { clock: () => new Date(now) });
  const { as, get, post } = started;
  const guangxi = await as('recorder', 'CN', 'CN-GX-BLO');
  const ministry = await as('recorder', 'CN');
  const yunnan = await as('liaison', 'CN', 'CN-YN-BLO');
  const arrest = await sendCase(started, heldForVietNam('2024-03-20'), guangxi);
  const collection = await sendCase(started, toBeCollected('2024-03-08'), guangxi);
  const asked = await post(
    '/v1/requests',
    {
      kind: 'location',
      addressee: 'VN-MPS',
      urgency: 'routine',
      dueOn: '2024-04-01',
      occurredAt: '2024-03-01',
      question: 'Where is L.?',
    },
    yunnan,
  );
  t.equal(asked.statusCode, 201, asked.body);
  let seen: Headers = seenBy(asked);
  const list = async (query = '', viewer: Headers = ministry) => {
    const answer = await get(`/v1/deadlines${query}`, { ...viewer, ...seen });
    t.equal(answer.statusCode, 200, answer.body);
    return answer.json().deadlines;
  };
  type Listed = { record: { id: string }; overdue: boolean; due: string };
  const names = new Map([
    [arrest.id, 'arrest'],
    [collection.id, 'collection'],
    [asked.json().id, 'request'],
  ]);
  const namesOf = (found: readonly Listed[]) => found.map(({ record }) => names.get(record.id));

  t.test('are listed by the day on which they end, with their rule and zone', async (t) => {
    const found = await list();
    t.same(namesOf(found), ['collection', 'request', 'arrest']);
    t.match(found[0], {
      record: { kind: 'case', id: collection.id },
      due: '2024-03-23',
      overdue: false,
      started: '2024-03-08',
      zone: 'Asia/Shanghai',
      utcOffset: '+08:00',
      rule: { code: 'cn-collection', source: /art\. 40/ },
      earliest: false,
      links: { record: collection.links.self },
    });
    t.match(found[1], {
      record: { kind: 'request' },
      due: '2024-04-01',
      zone: 'Asia/Ho_Chi_Minh',
      links: { record: asked.json().links.self },
    });
    t.match(found[2], { due: '2024-04-19', rule: { code: 'cn-provisional-arrest', source: /art\. 31/ } });
    t.notMatch(JSON.stringify(found), /N\. V\. A\.|Where is L/);
  });

  t.test('are overdue once their last day is over where it is counted', async (t) => {
    t.same(await list('?overdue=true'), []);
    now = '2024-03-23T16:00:00.000Z';
    t.same(namesOf(await list('?overdue=true')), ['collection']);
    t.same(namesOf(await list('?overdue=false')), ['request', 'arrest']);
    now = '2024-04-01T16:30:00.000Z';
    t.same(namesOf(await list('?overdue=true')), ['collection'], 'in Viet Nam it is 1 April still');
    t.same(namesOf(await list('?overdue=false')), ['request', 'arrest']);
    now = '2024-04-01T17:00:00.000Z';
    t.same(namesOf(await list('?overdue=true')), ['collection', 'request']);
    t.ok((await list('?overdue=true')).every(({ overdue }: Listed) => overdue));
  });

  t.test('that are overdue are counted for those who run the service', async (t) => {
    const { body } = await get('/metrics');
    t.match(body, /^handover_ledger_deadlines_overdue\{kind="case"\} 1$/m);
    t.match(body, /^handover_ledger_deadlines_overdue\{kind="request"\} 1$/m);
  });

  t.test('are filtered and paged', async (t) => {
    for (const [query, expected] of [
      ['?dueBefore=2024-04-01', ['collection']],
      ['?dueAfter=2024-03-23', ['request', 'arrest']],
      ['?dueAfter=2024-03-23&dueBefore=2024-04-02', ['request']],
      ['?kind=request', ['request']],
      ['?kind=case', ['collection', 'arrest']],
      ['?kind=case,request&rule=cn-collection,request-due-date', ['collection', 'request']],
      ['?office=CN-YN-BLO', ['request']],
      ['?office=CN-GX-BLO', ['collection', 'arrest']],
      ['?office=VN-MPS', ['request']],
      ['?office=CN-MPS', ['collection', 'request', 'arrest']],
      ['?rule=vn-urgent-detention', []],
    ] as const) {
      t.same(namesOf(await list(query)), expected, query);
      t.same(namesOf(await list(query, await as('auditor'))), expected, `${query} by an auditor`);
    }
    const found: (string | undefined)[] = [];
    let next: string | undefined = '/v1/deadlines?limit=1';
    while (next !== undefined) {
      const answer = await get(next, { ...ministry, ...seen });
      found.push(...namesOf(answer.json().deadlines));
      next = /<(.+)>/.exec(String(answer.headers.link ?? ''))?.[1];
    }
    t.same(found, ['collection', 'request', 'arrest']);
  });

  t.test('are there for those who see the record', async (t) => {
    t.same(namesOf(await list('', guangxi)), ['collection', 'arrest']);
    t.same(namesOf(await list('', yunnan)), ['request']);
    t.same(namesOf(await list('', await as('liaison', 'VN'))), ['request']);
    t.same(namesOf(await list('', await as('protection', 'CN'))), ['collection', 'request', 'arrest']);
    t.same(await list('', await as('recorder', 'VN', 'VN-04-BLO')), []);
    for (const role of ['statistician', 'admin'] as const) {
      t.equal((await get('/v1/deadlines', await as(role))).statusCode, 403, role);
    }
  });

  t.test('of one case are shown with those that are over', async (t) => {
    const of = async (path: string, viewer = guangxi) => get(`${path}/deadlines`, { ...viewer, ...seen });
    const answer = await of(collection.links.self);
    t.match(answer.json().deadlines, [
      { status: 'met', due: '2024-02-09', end: { type: 'surrender-requested' } },
      { status: 'expired', due: '2024-03-23', rule: { code: 'cn-collection', verified: false } },
    ]);
    t.notOk(answer.json().deadlines[1].end);
    t.equal((await of(collection.links.self, yunnan)).statusCode, 404);
    t.equal((await get(`${collection.links.self}/deadlines?x=1`, guangxi)).statusCode, 400);
  });

  t.test('go with what ends them, and move with an extension and a correction', async (t) => {
    const extended = {
      type: 'collection-extended',
      occurredAt: '2024-03-22',
      data: { until: '2024-04-07', reason: 'x' },
    };
    seen = seenBy(await sendMore(started, collection, extended, guangxi));
    t.match(await list('?rule=cn-collection'), [{ due: '2024-04-07', extendedFrom: '2024-03-23' }]);
    const { events } = (await get(collection.links.events, { ...guangxi, ...seen })).json();
    const agreed = events.find(({ type }: { type: string }) => type === 'handover-agreed');
    const current = await get(collection.links.self, { ...guangxi, ...seen });
    const correction = { eventId: agreed.id, changes: { agreedDate: '2024-03-18' }, reason: 'an 8 was read for 18' };
    seen = seenBy(
      await sendMore(
        started,
        collection,
        { type: 'corrected', occurredAt: '2024-03-23', data: correction },
        guangxi,
        String(current.headers.etag),
      ),
    );
    t.match(await list('?rule=cn-collection'), [{ started: '2024-03-18', due: '2024-04-07' }]);
    seen = seenBy(
      await sendMore(started, arrest, { by: 'VN', type: 'surrender-requested', occurredAt: '2024-03-25' }, guangxi),
    );
    t.same(namesOf(await list()), ['request', 'collection']);
    seen = seenBy(
      await sendMore(
        started,
        collection,
        { type: 'shared-with', occurredAt: '2024-03-26', data: { offices: ['VN-04-BLO'] } },
        guangxi,
      ),
    );
    t.same(namesOf(await list('', await as('recorder', 'VN', 'VN-04-BLO'))), ['collection']);
    const answered = await post(
      asked.json().links.events,
      { type: 'replied', occurredAt: '2024-03-27', data: { outcome: 'found' } },
      await as('liaison', 'VN'),
    );
    t.equal(answered.statusCode, 201, answered.body);
    seen = seenBy(answered);
    t.same(namesOf(await list()), ['collection']);
  });

  t.test('are asked for with what there is', async (t) => {
    for (const [query, name] of [
      ['?dueBefore=2024-02-30', 'dueBefore'],
      ['?dueAfter=2024-03', 'dueAfter'],
      ['?dueAfter=2024-03-02&dueBefore=2024-03-02', 'dueBefore'],
      ['?overdue=yes', 'overdue'],
      ['?office=Guangxi', 'office'],
      ['?kind=statement', 'kind'],
      ['?rule=art-40', 'rule'],
      ['?limit=0', 'limit'],
      ['?limit=501', 'limit'],
      ['?cursor=x', 'cursor'],
      ['?person=L', 'person'],
    ] as const) {
      const answer = await get(`/v1/deadlines${query}`, ministry);
      t.equal(answer.statusCode, 400, query);
      t.match(answer.body, name, query);
    }
  });
});
