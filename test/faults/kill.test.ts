import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { cli, type Started, starting } from '../support/cli.ts';
import { CANNOT_START, startOwnServer } from '../support/eventstoredb-server.ts';
import { until } from '../support/filled-ledger.ts';
import { caseEventsOf, holdsEachOnce } from '../support/held-against-log.ts';
import { howMany } from '../support/how-many.ts';
import { clientOf } from '../support/http-client.ts';
import { startWriters } from '../support/persistent-writers.ts';

const WRITERS = 64;
const KILLS = howMany({ short: 6, long: 200 });
const KILLS_OF_SERVER = howMany({ short: 2, long: 25 });
/** From the first answer on. */
const LONGEST_LIFE_MS = howMany({ short: 300, long: 1_000 });
/** From the moment at which the process is begun: it is killed while it opens what it has. */
const LONGEST_START_MS = 900;
/** After so many kills one more comes while it starts. */
const CUT_OFF = 5;
/** Of a server that was started, until it takes writes again; what is killed before that has done nothing. */
const LONGEST_LIFE_OF_SERVER_MS = 6_000;

type Environment = Readonly<Record<string, string>>;

interface Disturbed {
  /** Starts the service for the first time, and again. */
  start(): Promise<void>;
  readonly service: () => Started;
  /** How many answers there are. */
  readonly answered: () => number;
}

/** Writes while something is killed again and again; then nothing is lost, nothing is twice, and everything that follows from the log agrees. Gives how many commands had to be sent again. */
const losesNothing = async (
  t: Test,
  environment: Environment,
  disturb: (disturbed: Disturbed) => Promise<void>,
): Promise<number> => {
  let address = 'http://127.0.0.1:9';
  let service: Started | undefined;
  const start = async (): Promise<void> => {
    service = starting(t, environment);
    address = await service.listens;
  };
  await start();
  const tokenOf = async (role: string) => (await cli(['token', '--role', role], environment)).stdout.trim();
  const client = clientOf(() => address, await tokenOf('recorder'));
  const writers = startWriters(client, WRITERS);
  const { acknowledged } = writers;
  await disturb({ start, service: () => service as Started, answered: () => acknowledged.length });
  await writers.stop();

  const events = await caseEventsOf(environment);
  holdsEachOnce(t, events, acknowledged);
  const again = acknowledged.filter(({ sent }) => sent > 1).length;
  t.comment(`${acknowledged.length} commands acknowledged, ${again} of them sent more than once`);

  const auditor = clientOf(() => address, await tokenOf('auditor'));
  await until(async () => (await fetch(`${address}/readyz`)).ok);
  await until(async () => (await auditor.get('/v1/transparency')).body.checkpoint?.leaves === events.length);
  t.equal(await (service as unknown as Started).stop(), 0);
  const replayed = await cli(['replay'], environment);
  t.equal(replayed.code, 0, replayed.stderr);
  t.equal(
    replayed.stdout.match(/ is EQUAL /g)?.length,
    3,
    `each view is what a fresh one would be: ${replayed.stdout}`,
  );
  const verified = await cli(['verify'], environment);
  t.equal(verified.code, 0, verified.stdout);
  t.match(verified.stdout, new RegExp(`^the log: ${events.length} leaves, .*Everything agrees`, 's'));
  return again;
};

const killsService = async ({ start, service, answered }: Disturbed): Promise<void> => {
  for (let times = 0; times < KILLS; times++) {
    const before = answered();
    while (answered() === before) await wait(5);
    await wait(randomInt(LONGEST_LIFE_MS));
    await service().kill();
    if (times % CUT_OFF === CUT_OFF - 1) {
      const begun = start().catch(() => {});
      await wait(randomInt(LONGEST_START_MS));
      await service().kill();
      await begun;
    }
    await start();
  }
};

const onServer = (connectionString: string, directory: string): Environment => ({
  DATA_DIR: directory,
  EVENT_STORE: connectionString,
  LEDGER_NAME: `test-${randomUUID().slice(0, 13)}`,
});

t.setTimeout(3_600_000);

t.test(`a service that is killed ${KILLS} times under ${WRITERS} writers loses nothing`, async (t) => {
  const losesNothingWhenKilled = async (t: Test, environment: Environment): Promise<void> => {
    t.ok((await losesNothing(t, environment, killsService)) > 0, 'some answers were lost');
  };

  t.test('on the embedded log', (t) => losesNothingWhenKilled(t, { DATA_DIR: t.testdir() }));

  const url = process.env['EVENTSTOREDB_URL'];
  const skip =
    url === undefined && CANNOT_START !== false ? 'neither EVENTSTOREDB_URL nor EVENTSTOREDB_START is set' : false;
  t.test('on EventStoreDB', { skip }, async (t) =>
    losesNothingWhenKilled(t, onServer(url ?? (await startOwnServer(t)).connectionString, t.testdir())),
  );
});

t.test(
  `an EventStoreDB server that is killed ${KILLS_OF_SERVER} times under ${WRITERS} writers loses nothing`,
  { skip: CANNOT_START },
  async (t) => {
    const server = await startOwnServer(t);
    await losesNothing(t, onServer(server.connectionString, t.testdir()), async ({ answered }) => {
      for (let times = 0; times < KILLS_OF_SERVER; times++) {
        const before = answered();
        while (answered() < before + WRITERS) await wait(20);
        await wait(randomInt(LONGEST_LIFE_OF_SERVER_MS));
        await server.end('SIGKILL');
        server.start();
      }
    });
  },
);
