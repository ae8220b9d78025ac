import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { anyServer, NO_SERVER } from '../support/eventstoredb-server.ts';
import { howMany } from '../support/how-many.ts';
import { type Disturbed, losesNothing, onServer } from '../support/loses-nothing.ts';
import { testFolder } from '../support/test-folder.ts';

const WRITERS = howMany({ short: 6, long: 12 });
const TURNS = howMany({ short: 4, long: 80 });
/** From the first answer on that came after the start. */
const LONGEST_LIFE_MS = howMany({ short: 500, long: 2_000 });
/** For how long the other node is alone. */
const LONGEST_ABSENCE_MS = howMany({ short: 300, long: 2_000 });

/** Ends one of the nodes, in turn by `kill -9` and as a person does, and starts it again. */
const endsOneOrTheOther = async ({ nodes, answered }: Disturbed): Promise<void> => {
  for (let turn = 0; turn < TURNS; turn++) {
    const before = answered();
    while (answered() < before + WRITERS) await wait(5);
    await wait(randomInt(LONGEST_LIFE_MS));
    const node = nodes[randomInt(nodes.length)];
    if (node === undefined) throw new Error('there are nodes');
    if (turn % 2 === 0) await node.service().kill();
    else await node.service().stop();
    await wait(randomInt(LONGEST_ABSENCE_MS));
    await node.start();
  }
};

t.setTimeout(3_600_000);

t.test(
  `two nodes of one log, one of which is ended ${TURNS} times under ${WRITERS} writers of the same cases, agree on everything`,
  { skip: NO_SERVER },
  async (t) => {
    const directory = testFolder(t, { one: {}, two: {} });
    const one = onServer(await anyServer(t), join(directory, 'one'));
    const two = { ...one, DATA_DIR: join(directory, 'two') };
    const { again } = await losesNothing(t, [one, two], WRITERS, endsOneOrTheOther);
    t.ok(again > 0, 'some answers were lost');
  },
);
