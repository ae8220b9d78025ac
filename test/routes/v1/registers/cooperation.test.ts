import t from 'tap';
import { ROLES } from '../../../../domain/kernel/roles.ts';
import { startApp } from '../../../support/app.ts';

const guangxi = { side: 'CN', level: 'province', office: 'CN-GX-BLO', province: 'CN-GX' } as const;
const langSon = { side: 'VN', level: 'province', office: 'VN-09-BLO', province: 'VN-09' } as const;

interface Sample {
  readonly opened: Readonly<Record<string, unknown>>;
  /** A field that is wrong, and where the refusal points. */
  readonly wrong: readonly [change: object, pointer: string];
  readonly next: { readonly type: string; readonly data: object };
  /** What is then shown, and a filter that finds it, and one that does not. */
  readonly shown: object;
  readonly found: string;
  readonly notFound: string;
}

const held = { heldFrom: '2019-03-04', heldTo: '2019-03-06' };

/** `agreement` is the id of one that is there. */
const registersBy = (agreement: string): Readonly<Record<string, Sample>> => ({
  agreements: {
    opened: { kind: 'memorandum', title: 'Memorandum (invented)', parties: [guangxi, langSon] },
    wrong: [{ parties: [guangxi] }, '/parties'],
    next: { type: 'signed', data: { signedOn: '2019-03-04', signedIn: 'Nanning' } },
    shown: { status: 'signed', signedOn: '2019-03-04' },
    found: 'kind=memorandum&party=VN-09-BLO&province=CN-GX&level=province&status=signed',
    notFound: 'kind=treaty',
  },
  meetings: {
    opened: { kind: 'dialogue', name: 'Dialogue', level: 'province', hosts: [guangxi], parties: [guangxi, langSon] },
    wrong: [{ ordinal: '9' }, '/ordinal'],
    next: { type: 'held', data: { ...held, venue: 'Nanning' } },
    shown: { status: 'held', heldTo: '2019-03-06' },
    found: 'kind=dialogue&level=province',
    notFound: `agreement=${agreement}`,
  },
  visits: {
    opened: { visitors: langSon, hosts: guangxi, members: 6 },
    wrong: [{ hosts: langSon }, '/hosts/side'],
    next: { type: 'held', data: { ...held, members: 5 } },
    shown: { status: 'held', direction: 'VN-CN', members: 5 },
    found: 'direction=VN-CN&party=CN-GX-BLO',
    notFound: 'direction=CN-VN',
  },
  trainings: {
    opened: { course: 'Language', provider: guangxi, officersOf: 'VN', sentBy: [langSon] },
    wrong: [{ officersPlanned: -1 }, '/officersPlanned'],
    next: { type: 'held', data: { ...held, officersTrained: 9 } },
    shown: { status: 'held', officersTrained: 9 },
    found: 'provider=CN&officersOf=VN',
    notFound: 'provider=VN',
  },
  twinnings: {
    opened: { kind: 'localities', parties: [guangxi, langSon], agreedOn: '2018' },
    wrong: [{ agreedOn: '18' }, '/agreedOn'],
    next: { type: 'memorandum-named', data: { memorandum: agreement } },
    shown: { status: 'agreed', memorandum: agreement },
    found: `kind=localities&memorandum=${agreement}`,
    notFound: 'kind=villages',
  },
  equipment: {
    opened: { from: langSon, to: [guangxi], items: [{ what: 'Radios', quantity: 20 }], presentedOn: '2019-02' },
    wrong: [{ items: [{ what: 'Radios', quantity: 1.5 }] }, '/items/0/quantity'],
    next: { type: 'receipt-confirmed', data: { receivedOn: '2019-03-04' } },
    shown: { status: 'received', direction: 'VN-CN', receivedOn: '2019-03-04' },
    found: 'direction=VN-CN',
    notFound: 'party=VN-MPS',
  },
});

t.test('what the sides do together is public, and written by the offices of both', async (t) => {
  const { get, post, as } = await startApp(t);
  const vietnamese = await as('liaison', 'VN', 'VN-09-BLO');
  const chinese = await as('liaison', 'CN', 'CN-GX-BLO');
  const memorandum = {
    kind: 'memorandum',
    title: 'Another (invented)',
    parties: [guangxi, { side: 'VN', level: 'province', office: 'VN-04-BLO', province: 'VN-04' }],
    occurredAt: '2018-12',
  };
  const { id } = (await post('/v1/agreements', memorandum, chinese)).json();
  for (const [name, { opened, wrong, next, shown, found, notFound }] of Object.entries(registersBy(id))) {
    t.test(name, async (t) => {
      const path = `/v1/${name}`;
      const body = { ...opened, occurredAt: '2019-02' };
      const [change, pointer] = wrong;
      const refused = await post(path, { ...body, ...change }, vietnamese);
      t.equal(refused.statusCode, 422, refused.body);
      t.match(refused.json().errors, [{ pointer }]);
      const answer = await post(path, body, vietnamese);
      t.equal(answer.statusCode, 201, answer.body);
      const { links } = answer.json();
      const event = { ...next, occurredAt: '2019-03-07' };
      t.equal((await post(links.events, event, await as('liaison', 'CN', 'CN-YN-BLO'))).statusCode, 403);
      t.equal((await post(path, body, await as('auditor'))).statusCode, 403);
      const recorded = await post(links.events, event, chinese);
      t.equal(recorded.statusCode, 201, recorded.body);
      t.match(recorded.json(), shown);
      const seen = { 'min-event-position': String(recorded.headers['event-position']) };
      for (const role of ROLES) {
        const viewer = { ...(await as(role, 'VN', 'VN-02-BLO')), ...seen };
        t.match((await get(links.self, viewer)).json(), shown, role);
        for (const [query, number] of [
          [found, 1],
          [notFound, 0],
        ] as const) {
          const listed = await get(`${path}?${query}`, viewer);
          t.equal(listed.statusCode, 200, listed.body);
          t.equal(listed.json()[name].length, number, query);
        }
      }
      const events = (await get(links.events, { ...chinese, ...seen })).json().events;
      t.match(events.at(-1), next);
    });
  }
});
