import { hash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CASES_READ_MODEL, HISTORY_READ_MODEL } from '../../projections/read-models.ts';
import { readOrMakeKeyEncryptionKeys } from '../../src/sealing/key-encryption-key.ts';
import { byTheTables, viewsAgree } from '../support/invariants.ts';
import { createTree, projectOn } from './consumers.ts';
import {
  continuedOnce,
  countsEqualHandovers,
  eachOnce,
  minutesAreWorkedOff,
  treesAreConsistent,
} from './invariants.ts';
import { embeddedLog, eventStoreDbModel } from './logs.ts';
import { type SimulatedNode, startNode, type World } from './node.ts';
import { officer, type Told } from './officers.ts';
import type { KnownRecord } from './orders.ts';
import { workOff } from './processes.ts';
import { randomFrom } from './random.ts';
import { createSchedule } from './schedule.ts';
import { withSeededCrypto } from './seeded-crypto.ts';

export const SEMANTICS = ['embedded', 'eventstoredb'] as const;
export type Semantics = (typeof SEMANTICS)[number];

/** Nothing here tests a disk. */
const IN_MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const NODES = 2;
const MODELS = [CASES_READ_MODEL, HISTORY_READ_MODEL];

/** So often the background processes look before it is a fault that something is left. */
const MOST_LOOKS = 200;

/** What came about in a history, so that a run can show that it was not idle. */
export interface Came {
  readonly carried: number;
  readonly refused: number;
  readonly lost: number;
  readonly crashes: number;
  readonly handovers: number;
  /** Lines of minutes by which somebody was handed over. */
  readonly lines: number;
  /** Cases that the ledger opened, as which others go on. */
  readonly continued: number;
  /** Keys that were destroyed by order. */
  readonly erased: number;
}

export interface Simulated extends Came {
  /** Of all that is in the log. */
  readonly digest: string;
}

/** One history, by its seed alone. Throws where an invariant does not hold after it. */
export const simulate = (seed: number, semantics: Semantics): Promise<Simulated> =>
  // Another sequence than that of the choices: how many bytes are drawn is to change none of them.
  withSeededCrypto(randomFrom(~seed), () => simulateBy(seed, semantics));

const simulateBy = async (seed: number, semantics: Semantics): Promise<Simulated> => {
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
  const keyEncryptionKeys = readOrMakeKeyEncryptionKeys(join(directory, 'key-encryption-key.json'));
  const world: World = { log, random, schedule, clock, keyEncryptionKeys };
  const nodes: SimulatedNode[] = Array.from({ length: NODES }, () => startNode(world));
  const trees = nodes.map(() => createTree(world));
  const viewsOf = nodes.map((_, node) => join(directory, `views-${node}`));
  const fresh = join(directory, 'views-fresh');
  for (const each of [...viewsOf, fresh]) mkdirSync(each);
  const told: Told = { carried: [], erased: [], refused: 0, lost: 0 };
  let crashes = 0;
  let officersLeft = 3 + random.below(6);

  const crashing = async (): Promise<void> => {
    while (officersLeft > 0) {
      for (let pauses = random.below(100); pauses >= 0 && officersLeft > 0; pauses--) await schedule.pause();
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
      await workOff(nodes[node] as SimulatedNode, viewsOf[node] as string, MODELS);
    }
  };
  const working = async (known: KnownRecord[]): Promise<void> => {
    await officer(world, nodes, known, told, 8 + random.below(22));
    officersLeft -= 1;
  };
  const end = (): string | undefined => log.after(undefined).at(-1)?.position;
  /** The end of the log that the views of a directory have come to. */
  const seen = new Map<string, string | undefined>();
  const catchingUp = async (node: SimulatedNode, directory: string): Promise<void> => {
    const before = end();
    if (seen.get(directory) === before) return;
    for (const model of MODELS) {
      let isThere = false;
      while (!isThere) isThere = await projectOn(world, node, directory, model, false);
    }
    seen.set(directory, before);
  };
  /** Until nothing waits that a node could do. */
  const settling = async (): Promise<void> => {
    for (let looks = 0; ; looks++) {
      const before = end();
      const faults: Error[] = [];
      for (const [node, directory] of viewsOf.entries()) {
        await catchingUp(nodes[node] as SimulatedNode, directory);
        faults.push(...(await workOff(nodes[node] as SimulatedNode, directory, MODELS)));
      }
      if (faults.length === 0 && end() === before) return;
      if (looks > MOST_LOOKS) throw new Error('something is left that is not worked off', { cause: faults[0] });
    }
  };

  try {
    const known: KnownRecord[] = [];
    const officers = Array.from({ length: officersLeft }, () => working(known));
    await schedule.run([...officers, crashing(), ...nodes.map((_, node) => consuming(node))]);
    await schedule.run([settling()]);
    for (const tree of trees) tree.grow();
    const newcomer = startNode(world);
    await schedule.run([catchingUp(newcomer, fresh)]);
    eachOnce(log, told);
    byTheTables(log.after(undefined), '2026-01-01T00:00:00.000Z');
    viewsAgree([...viewsOf, fresh], MODELS);
    const handovers = countsEqualHandovers(log, viewsOf, MODELS);
    const lines = minutesAreWorkedOff(log);
    const continued = continuedOnce(log);
    treesAreConsistent(log, trees);
    const logged = log.after(undefined);
    return {
      carried: told.carried.length,
      refused: told.refused,
      lost: told.lost,
      crashes,
      handovers,
      lines,
      continued,
      erased: logged.filter(({ type }) => type === 'key-destroyed').length,
      digest: hash('sha256', JSON.stringify(logged)),
    };
  } finally {
    log.close();
    rmSync(directory, { recursive: true, force: true });
  }
};
