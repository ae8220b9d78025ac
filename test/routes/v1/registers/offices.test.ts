import t from 'tap';
import { ROLES } from '../../../../domain/kernel/roles.ts';
import { startApp } from '../../../support/app.ts';

const office = {
  code: 'VN-04-BLO',
  kind: 'border-liaison-office',
  names: [{ text: '高平边境联络官办公室', language: 'zh', script: 'Hans' }],
  jurisdiction: ['VN-04', 'CN-GX'],
  openedOn: '2022-08',
  occurredAt: '2023-10-01',
} as const;

t.test('an office is found by what it is, and shows all that is claimed of it to everybody', async (t) => {
  const { get, post, as } = await startApp(t);
  const officer = await as('liaison', 'CN', 'CN-GX-BLO');
  const opened = await post('/v1/offices', office, officer);
  t.equal(opened.statusCode, 201, opened.body);
  const { links } = opened.json();
  const record = (type: string, data: object, sender = officer) =>
    post(links.events, { type, occurredAt: '2023-10-02', data }, sender);
  const claim = { field: 'openedOn', value: '2020-08-18', accordingTo: 'Report of the province' };
  const claimed = await record('claimed', claim, await as('recorder', 'VN', 'VN-04-BLO'));
  t.match(claimed.json(), { disputed: ['openedOn'] }, 'the office that it is about writes its own word');
  t.equal((await record('claimed', claim, await as('recorder', 'VN', 'VN-09-BLO'))).statusCode, 403);
  t.match((await record('claimed', { ...claim, value: '18 August' })).json().errors, [{ pointer: '/data/value' }]);

  const { events } = (await get(links.events, officer)).json();
  const preferred = await record('claim-preferred', {
    field: 'openedOn',
    claim: events[1].id,
    reason: 'It names the day',
  });
  const seen = { 'min-event-position': String(preferred.headers['event-position']) };
  for (const role of ROLES) {
    const viewer = { ...(await as(role, 'VN', 'VN-02-BLO')), ...seen };
    t.match((await get(links.self, viewer)).json(), {
      side: 'VN',
      openedOn: '2020-08-18',
      claims: [
        { value: '2022-08', by: 'CN', preferred: false },
        { value: '2020-08-18', by: 'VN', accordingTo: claim.accordingTo, preferred: true, reason: 'It names the day' },
      ],
    });
    for (const [query, found] of [
      ['code=VN-04-BLO', 1],
      ['kind=border-liaison-office&side=VN', 1],
      ['province=CN-GX', 1],
      ['side=CN', 0],
      ['status=closed', 0],
    ] as const) {
      t.equal((await get(`/v1/offices?${query}`, viewer)).json().offices.length, found, query);
    }
  }
  t.equal((await get('/v1/offices?side=US', officer)).statusCode, 400);
  t.match(
    (await get('/v1/lifecycles/office', officer)).json().states.map(({ state }: { state: string }) => state),
    ['not-opened', 'open', 'closed', 'superseded'],
  );
  const { next } = (await get(links.next, { ...officer, ...seen })).json();
  t.ok(
    ['claimed', 'claim-preferred', 'claim-preference-withdrawn'].every((type) =>
      next.some((n: { type: string }) => n.type === type),
    ),
  );
});
