import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { cli, serving } from '../support/cli.ts';
import { howMany } from '../support/how-many.ts';
import { clientOf } from '../support/http-client.ts';
import { readyCases } from '../support/ready-cases.ts';
import { testFolder } from '../support/test-folder.ts';

const PERSONS = 500;
const KILLS = howMany({ short: 5, long: 20 });
/** From the moment at which the service listens: some kills come before it has begun, some in the middle of a batch. */
const LONGEST_LIFE_MS = 120;

const SERVER = process.env.EVENTSTOREDB_URL;

const handsOverEachOnce = async (t: Test, environment: Readonly<Record<string, string>>): Promise<void> => {
  const token = (await cli(['token', '--role', 'recorder'], environment)).stdout.trim();
  let service = await serving(t, environment);
  const client = clientOf(() => service.address, token);
  const cases = (await readyCases(client, PERSONS)).map(({ id }) => id);
  const signed = await client.post('/v1/handovers', {
    number: '500/2024',
    occurredAt: '2024-02-01',
    handoverDate: '2024-02-01',
    pass: 'dongxing',
    deliveringParty: 'CN',
    totals: {
      persons: PERSONS,
      bySex: { 0: PERSONS },
      byAgeBand: { unknown: PERSONS },
      byHomeLocality: { unknown: PERSONS },
    },
    lines: cases.map((id, index) => ({ case: id, outcome: 'handed-over', property: `bag ${index}` })),
  });
  t.equal(signed.status, 201, JSON.stringify(signed.body).slice(0, 500));
  for (let times = 0; times < KILLS; times++) {
    await wait(randomInt(LONGEST_LIFE_MS));
    await service.kill();
    service = await serving(t, environment);
  }
  const { self } = signed.body.links;
  let work = signed.body.work;
  for (let tries = 0; tries < 600 && (work.open > 0 || work.lines !== PERSONS); tries++) {
    await wait(100);
    const { status, body } = await client.get(self);
    if (status === 200) work = body.work;
  }
  t.match(work, { lines: PERSONS, open: 0, handedOver: PERSONS, couldNotBe: 0 });

  const { position } = (await client.get(`${self}/events?limit=500`)).body.events.at(-1);
  const seen = { 'min-event-position': position };
  const feed = (await client.get('/v1/events?category=case&type=handed-over-at-border-pass', seen)).body as string;
  const handedOver = feed
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).subject as string);
  t.same([...handedOver].sort(), [...cases].sort(), 'each case was handed over exactly once');
  const { rows } = (await client.get('/v1/handovers/yearly?from=2024&to=2024')).body;
  t.match(rows, [{ direction: 'CN-VN', kind: 'irregular-entry', persons: PERSONS }]);
  t.equal(await service.stop(), 0);
};

// Twenty starts of a process take their time on a machine that is busy with other tests.
t.setTimeout(600_000);

t.test(`minutes for ${PERSONS} persons, the service killed ${KILLS} times`, async (t) => {
  t.test('hand over each exactly once, on sqlite', (t) => handsOverEachOnce(t, { DATA_DIR: testFolder(t) }));

  const skip = SERVER === undefined ? 'EVENTSTOREDB_URL names no server' : false;
  t.test('hand over each exactly once, on eventstoredb', { skip }, (t) =>
    handsOverEachOnce(t, {
      DATA_DIR: testFolder(t),
      EVENT_STORE: SERVER as string,
      LEDGER_NAME: `test-${randomUUID().slice(0, 13)}`,
    }),
  );
});
