import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import t from 'tap';
import { readOrMakeKeyEncryptionKeys } from '../../src/sealing/key-encryption-key.ts';
import { SEMANTICS, type Simulated, simulate } from './history.ts';

/**
 * SIMULATION_RUNS: so many histories of each kind of log, others each time; SIMULATION_SEED: the one history of that seed. Without either a few
 * whose seeds are the same each time.
 */
const { SIMULATION_SEED: given, SIMULATION_RUNS: runs } = process.env;

const FEW = 15;

const seedsOf = (): readonly number[] => {
  if (given !== undefined) return [Number(given)];
  if (runs !== undefined) return Array.from({ length: Number(runs) }, () => randomInt(2 ** 32));
  return Array.from({ length: FEW }, (_, seed) => seed);
};
const seeds = seedsOf();

t.setTimeout(7_200_000);

for (const semantics of SEMANTICS) {
  t.test(`${seeds.length} histories at random, on a log as ${semantics}`, async (t) => {
    const keys = readOrMakeKeyEncryptionKeys(join(t.testdir(), 'key-encryption-key.json'));
    const sum = { carried: 0, refused: 0, lost: 0, crashes: 0, handovers: 0 };
    for (const seed of seeds) {
      try {
        const simulated: Simulated = await simulate(seed, semantics, keys);
        for (const name of Object.keys(sum) as (keyof Simulated)[]) sum[name] += simulated[name];
      } catch (cause) {
        throw new Error(`SIMULATION_SEED=${seed}, on a log as ${semantics}: ${(cause as Error).message}`, { cause });
      }
    }
    t.comment(JSON.stringify({ histories: seeds.length, ...sum }));
    const { carried, lost, crashes, handovers } = sum;
    // Few histories may come to no handover.
    const happened = carried > 0 && lost > 0 && crashes > 0 && (handovers > 0 || seeds.length < 100);
    t.ok(given !== undefined || happened, 'something was carried out, lost on the way, cut off and counted');
  });
}
