import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { anyServer, CANNOT_START, NO_SERVER, startOwnServer } from '../support/eventstoredb-server.ts';
import { howMany } from '../support/how-many.ts';
import { type Disturbed, type Environment, losesNothing, onServer } from '../support/loses-nothing.ts';
import { testFolder } from '../support/test-folder.ts';

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

const killsService = async ({ nodes: [{ start, service }], answered }: Disturbed): Promise<void> => {
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

t.setTimeout(3_600_000);

t.test(`a service that is killed ${KILLS} times under ${WRITERS} writers loses nothing`, async (t) => {
  const losesNothingWhenKilled = async (t: Test, environment: Environment): Promise<void> => {
    t.ok((await losesNothing(t, [environment], WRITERS, killsService)).again > 0, 'some answers were lost');
  };

  t.test('on the embedded log', (t) => losesNothingWhenKilled(t, { DATA_DIR: testFolder(t) }));

  t.test('on EventStoreDB', { skip: NO_SERVER }, async (t) =>
    losesNothingWhenKilled(t, onServer(await anyServer(t), testFolder(t))),
  );
});

t.test(
  `an EventStoreDB server that is killed ${KILLS_OF_SERVER} times under ${WRITERS} writers loses nothing`,
  { skip: CANNOT_START },
  async (t) => {
    const server = await startOwnServer(t);
    await losesNothing(t, [onServer(server.connectionString, testFolder(t))], WRITERS, async ({ answered }) => {
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
