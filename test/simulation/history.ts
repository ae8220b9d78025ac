import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CASES_READ_MODEL, HISTORY_READ_MODEL } from '../../projections/read-models.ts';
import type { KeyEncryptionKeys } from '../../src/sealing/key-encryption-key.ts';
import { createTree, projectOn } from './consumers.ts';
import { byTheTables, countsEqualHandovers, eachOnce, treesAreConsistent, viewsAgree } from './invariants.ts';
import { embeddedLog, eventStoreDbModel } from './logs.ts';
import { type SimulatedNode, startNode, type World } from './node.ts';
import { officer, type Told } from './officers.ts';
import { randomFrom } from './random.ts';
import { createSchedule } from './schedule.ts';

export const SEMANTICS = ['embedded', 'eventstoredb'] as const;
export type Semantics = (typeof SEMANTICS)[number];

/** Nothing here tests a disk. */
const IN_MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const NODES = 2;
const MODELS = [CASES_READ_MODEL, HISTORY_READ_MODEL];

/** What came about in a history, so that a run can show that it was not idle. */
export interface Simulated {
  readonly carried: number;
  readonly refused: number;
  readonly lost: number;
  readonly crashes: number;
  readonly handovers: number;
}

/** One history, by its seed alone. Throws where an invariant does not hold after it. */
export const simulate = async (
  seed: number,
  semantics: Semantics,
  keyEncryptionKeys: KeyEncryptionKeys,
): Promise<Simulated> => {
  const random = randomFrom(seed);
  const schedule = createSchedule(random);
  const directory = mkdtempSync(join(IN_MEMORY, 'handover-ledger-simulation-'));
  const log = semantics === 'embedded' ? embeddedLog(directory) : eventStoreDbModel();
  let seconds = 0;
  const clock = (): Date => {
    // It jumps back now and then, as clocks do that are set.
    seconds += random.chance(0.02) ? -random.below(7_200) : random.below(60);
    return new Date(Date.parse('2025-06-01T00:00:00Z') + seconds * 1_000);
  };
  const world: World = { log, random, schedule, clock, keyEncryptionKeys };
  const nodes: SimulatedNode[] = Array.from({ length: NODES }, () => startNode(world));
  const trees = nodes.map(() => createTree(world));
  const viewsOf = nodes.map((_, node) => join(directory, `views-${node}`));
  const fresh = join(directory, 'views-fresh');
  for (const each of [...viewsOf, fresh]) mkdirSync(each);
  const told: Told = { carried: [], refused: 0, lost: 0 };
  let crashes = 0;
  let officersLeft = 3 + random.below(6);

  const crashing = async (): Promise<void> => {
    while (officersLeft > 0) {
      for (let pauses = random.below(120); pauses >= 0 && officersLeft > 0; pauses--) await schedule.pause();
      const node = random.below(NODES);
      nodes[node]?.crash();
      nodes[node] = startNode(world);
      crashes += 1;
    }
  };
  const consuming = async (node: number): Promise<void> => {
    // One that is slow looks seldom, and has much to catch up with then.
    const most = 100 + random.below(800);
    while (officersLeft > 0) {
      for (let pauses = random.below(most); pauses >= 0 && officersLeft > 0; pauses--) await schedule.pause();
      trees[node]?.grow();
      for (const model of MODELS)
        await projectOn(world, nodes[node] as SimulatedNode, viewsOf[node] as string, model, true);
    }
  };
  const working = async (cases: string[]): Promise<void> => {
    await officer(world, nodes, cases, told, 5 + random.below(20));
    officersLeft -= 1;
  };

  try {
    const cases: string[] = [];
    const officers = Array.from({ length: officersLeft }, () => working(cases));
    await schedule.run([...officers, crashing(), ...nodes.map((_, node) => consuming(node))]);
    for (const tree of trees) tree.grow();
    const catchingUp = async (directory: string): Promise<void> => {
      for (const model of MODELS) {
        let isThere = false;
        while (!isThere) isThere = await projectOn(world, nodes[0] as SimulatedNode, directory, model, false);
      }
    };
    await schedule.run([...viewsOf, fresh].map(catchingUp));
    eachOnce(log, told.carried);
    byTheTables(log, '2026-01-01T00:00:00.000Z');
    viewsAgree([...viewsOf, fresh], MODELS);
    const handovers = countsEqualHandovers(log, viewsOf, MODELS);
    treesAreConsistent(log, trees);
    return { carried: told.carried.length, refused: told.refused, lost: told.lost, crashes, handovers };
  } finally {
    log.close();
    rmSync(directory, { recursive: true, force: true });
  }
};
