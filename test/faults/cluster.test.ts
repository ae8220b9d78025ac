import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { CANNOT_START_CLUSTER, startOwnCluster } from '../support/eventstoredb-server.ts';
import { howMany } from '../support/how-many.ts';
import { losesNothing, onServer } from '../support/loses-nothing.ts';
import { testFolder } from '../support/test-folder.ts';

const WRITERS = 16;
const KILLS = howMany({ short: 2, long: 15 });
/** From the answers on that came after the last kill. */
const LONGEST_LIFE_MS = howMany({ short: 1_000, long: 6_000 });

t.setTimeout(3_600_000);

t.test(
  `a cluster whose leader is killed ${KILLS} times under ${WRITERS} writers loses nothing, and the service goes on by itself`,
  { skip: CANNOT_START_CLUSTER },
  async (t) => {
    const { connectionString, leader } = await startOwnCluster(t);
    const environment = onServer(connectionString, testFolder(t));
    const { unanswered } = await losesNothing(t, [environment], WRITERS, async ({ answered }) => {
      const more = async (): Promise<void> => {
        const before = answered();
        while (answered() < before + 2 * WRITERS) await wait(20); // Each may have had one under way.
      };
      for (let times = 0; times < KILLS; times++) {
        await more();
        await wait(randomInt(LONGEST_LIFE_MS));
        const killed = await leader();
        await killed.end('SIGKILL');
        await more(); // The two that are left elect a leader.
        killed.start();
      }
      await more();
    });
    t.equal(unanswered, 0, 'whatever could not be carried out was told to be sent again');
  },
);
