import { randomInt, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { cli, serving } from '../support/cli.ts';
import { howMany } from '../support/how-many.ts';
import { clientOf } from '../support/http-client.ts';
import { readyCases } from '../support/ready-cases.ts';
import { testFolder } from '../support/test-folder.ts';

const PERSONS = 60;
const KILLS = howMany({ short: 3, long: 20 });
/** From the moment at which the service listens: some kills come before the first case is opened, some between two events of one. */
const LONGEST_LIFE_MS = 120;

const SERVER = process.env.EVENTSTOREDB_URL;

const AS_VICTIM = {
  type: 'continued-as-another-case',
  occurredAt: '2024-01-02',
  data: { as: { kind: 'trafficking-victim' }, reason: 'sold to a village' },
};

const opensOneCaseEach = async (
  t: Test,
  environment: Readonly<Record<string, string> & { DATA_DIR: string }>,
): Promise<void> => {
  const tokenOf = async (role: string) => (await cli(['token', '--role', role], environment)).stdout.trim();
  let service = await serving(t, environment);
  const officer = clientOf(() => service.address, await tokenOf('recorder'));
  const protection = clientOf(() => service.address, await tokenOf('protection'));
  const restart = async (): Promise<void> => {
    await service.kill();
    service = await serving(t, environment);
  };
  const cases = await readyCases(officer, PERSONS);
  const ended = await Promise.all(
    cases.map(({ events, etag }) => officer.post(events, AS_VICTIM, { 'if-match': etag })),
  );
  t.ok(ended.every(({ status }) => status === 201));
  for (let times = 0; times < KILLS; times++) {
    await wait(randomInt(LONGEST_LIFE_MS));
    await restart();
  }

  /** None while the views are built anew. */
  const linesOf = async (type: string): Promise<readonly string[]> => {
    const { status, body } = await officer.get(`/v1/events?category=case&type=${type}`);
    return status === 200 ? (body as string).split('\n').slice(0, -1) : [];
  };
  const subjectsOf = async (type: string) =>
    (await linesOf(type)).map((line) => JSON.parse(line).subject as string).sort();
  const allLinked = async (): Promise<void> => {
    for (let tries = 0; tries < 600 && (await linesOf('linked-to-person-of')).length < PERSONS; tries++)
      await wait(100);
  };
  const expectOneEach = async (): Promise<void> => {
    t.same(await subjectsOf('linked-to-person-of'), cases.map(({ id }) => id).sort(), 'each case goes on as one');
    const opened = await subjectsOf('identified-as-victim');
    t.equal(opened.length, PERSONS);
    const linked = await Promise.all(
      cases.map(async ({ id }) => (await protection.get(`/v1/cases/${id}/person-links`)).body.cases[1].id as string),
    );
    t.same(linked.sort(), opened, 'which is linked with it');
  };
  await allLinked();
  await expectOneEach();

  await service.kill();
  rmSync(join(environment.DATA_DIR, 'read-models'), { recursive: true });
  service = await serving(t, environment);
  await allLinked();
  await expectOneEach();
  t.equal(await service.stop(), 0);
};

// Starts of a process take their time on a machine that is busy with other tests.
t.setTimeout(600_000);

t.test(
  `${PERSONS} cases that go on as others, the service killed ${KILLS} times and its views built anew`,
  async (t) => {
    t.test('are each continued once, on sqlite', (t) => opensOneCaseEach(t, { DATA_DIR: testFolder(t) }));

    const skip = SERVER === undefined ? 'EVENTSTOREDB_URL names no server' : false;
    t.test('are each continued once, on eventstoredb', { skip }, (t) =>
      opensOneCaseEach(t, {
        DATA_DIR: testFolder(t),
        EVENT_STORE: SERVER as string,
        LEDGER_NAME: `test-${randomUUID().slice(0, 13)}`,
      }),
    );
  },
);
