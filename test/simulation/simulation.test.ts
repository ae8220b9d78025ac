import { randomInt } from 'node:crypto';
import t from 'tap';
import { type Came, SEMANTICS, simulate } from './history.ts';

/**
 * SIMULATION_RUNS: so many histories of each kind of log, others each time; SIMULATION_SEED: the one history of that seed. Without either a few
 * whose seeds are the same each time.
 */
const { SIMULATION_SEED: given, SIMULATION_RUNS: runs } = process.env;

const FEW = [4, 5, 6, 7];

/** What comes about in few histories already; of many everything has to. */
const COMMON: readonly (keyof Came)[] = ['carried', 'refused', 'lost', 'crashes', 'handovers'];

const seedsOf = (): readonly number[] => {
  if (given !== undefined) return [Number(given)];
  if (runs !== undefined) return Array.from({ length: Number(runs) }, () => randomInt(2 ** 32));
  return FEW;
};
const seeds = seedsOf();

t.setTimeout(7_200_000);

for (const semantics of SEMANTICS) {
  t.test(`${seeds.length} histories at random, on a log as ${semantics}`, async (t) => {
    const sum = { carried: 0, refused: 0, lost: 0, crashes: 0, handovers: 0, lines: 0, continued: 0, erased: 0 };
    for (const seed of seeds) {
      try {
        const simulated = await simulate(seed, semantics);
        for (const name of Object.keys(sum) as (keyof Came)[]) sum[name] += simulated[name];
      } catch (cause) {
        throw new Error(`SIMULATION_SEED=${seed}, on a log as ${semantics}: ${(cause as Error).message}`, { cause });
      }
    }
    t.comment(JSON.stringify({ histories: seeds.length, ...sum }));
    if (given !== undefined) return;
    for (const what of runs === undefined ? COMMON : (Object.keys(sum) as (keyof Came)[])) {
      t.ok(sum[what] > 0, `${what}: some`);
    }
  });
}

t.test('a seed gives the same log each time, byte for byte', async (t) => {
  t.equal((await simulate(5, 'embedded')).digest, (await simulate(5, 'embedded')).digest);
});
