import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Test } from 'tap';
import { READ_MODELS } from '../../projections/read-models.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import { checkpointKeyFile, readModelDirectory } from '../../src/places.ts';
import { cli, type Started, starting } from './cli.ts';
import { eventually } from './eventually.ts';
import { caseEventsOf, holdsEachOnce } from './held-against-log.ts';
import { clientOf } from './http-client.ts';
import { byTheTables, viewsAgree } from './invariants.ts';
import { startWriters } from './persistent-writers.ts';

export type Environment = Readonly<Record<string, string>>;

/** Of a ledger of its own on a server. */
export const onServer = (connectionString: string, directory: string): Environment => ({
  DATA_DIR: directory,
  EVENT_STORE: connectionString,
  LEDGER_NAME: `test-${randomUUID().slice(0, 13)}`,
});

/** A process of the service that can be ended and started again. */
export interface DisturbedNode {
  /** Starts it again. */
  start(): Promise<void>;
  readonly service: () => Started;
}

export interface Disturbed {
  readonly nodes: readonly [DisturbedNode, ...DisturbedNode[]];
  /** How many answers there are. */
  readonly answered: () => number;
}

/** What the writers met with. */
export interface Met {
  /** How many commands had to be sent again. */
  readonly again: number;
  /** How many requests had no answer at all. */
  readonly unanswered: number;
}

const secretFilesOf = (config: Config): readonly string[] => [
  config.keyEncryptionKey.file,
  checkpointKeyFile(config),
  ...(config.identity.kind === 'development' ? [config.identity.signingKeyFile] : []),
];

/** Gives a node the keys that another one of the same ledger has made. */
const copyKeys = (from: Config, to: Config): void => {
  const copies = secretFilesOf(to);
  for (const [index, file] of secretFilesOf(from).entries()) {
    const copy = copies[index] as string;
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
  }
};

/**
 * Writes through one node, or several of one log, while something is done to them or to the log again and again; then nothing is lost,
 * nothing is twice, every case went by its table, and everything that follows from the log agrees, on each node.
 */
export const losesNothing = async (
  t: Test,
  environments: readonly [Environment, ...Environment[]],
  writing: number,
  disturb: (disturbed: Disturbed) => Promise<void>,
): Promise<Met> => {
  const [first, ...others] = environments;
  const tokenOf = async (role: string) => (await cli(['token', '--role', role], first)).stdout.trim();
  const [recorder, auditor] = [await tokenOf('recorder'), await tokenOf('auditor')];
  const node = async (environment: Environment) => {
    let service = starting(t, environment);
    let address = await service.listens;
    const start = async (): Promise<void> => {
      service = starting(t, environment);
      address = await service.listens;
    };
    return { environment, start, service: () => service, address: () => address };
  };
  const firstNode = await node(first);
  for (const other of others) copyKeys(loadConfig(first), loadConfig(other));
  const nodes = [firstNode, ...(await Promise.all(others.map(node)))] as const;

  const writers = startWriters(
    nodes.map(({ address }) => clientOf(address, recorder)),
    writing,
  );
  const { acknowledged } = writers;
  t.after(writers.abandon);
  await Promise.race([disturb({ nodes, answered: () => acknowledged.length }), writers.writing]);
  await writers.stop();

  const events = await caseEventsOf(first);
  holdsEachOnce(t, events, acknowledged);
  byTheTables(events, new Date().toISOString());
  const seen = { 'min-event-position': String(events.at(-1)?.position) };
  const again = acknowledged.filter(({ sent }) => sent > 1).length;
  t.comment(`${acknowledged.length} commands acknowledged, ${again} of them sent more than once`);
  if (nodes.length > 1) t.comment(`${writers.refused()} commands refused, as another was faster`);

  const checkpoints = new Set<string>();
  for (const { address } of nodes) {
    await eventually(async () => (await fetch(`${address()}/readyz`)).ok);
    const { get } = clientOf(address, auditor);
    await eventually(async () => (await get('/v1/transparency')).body.checkpoint?.leaves === events.length);
    for (const ofView of ['/v1/cases?limit=1', '/v1/handovers/yearly']) t.equal((await get(ofView, seen)).status, 200);
    checkpoints.add((await get('/tlog/checkpoint')).body);
  }
  t.equal(checkpoints.size, 1, 'every node shows the same checkpoint');
  for (const { environment, service } of nodes) {
    t.equal(await service().stop(), 0);
    const replayed = await cli(['replay'], environment);
    t.equal(replayed.code, 0, replayed.stderr);
    t.equal(
      replayed.stdout.match(/ is EQUAL /g)?.length,
      READ_MODELS.length,
      `each view is what a fresh one would be: ${replayed.stdout}`,
    );
    const verified = await cli(['verify'], environment);
    t.equal(verified.code, 0, verified.stdout);
    t.match(verified.stdout, new RegExp(`^the log: ${events.length} leaves, .*Everything agrees`, 's'));
  }
  viewsAgree(
    environments.map((environment) => readModelDirectory(loadConfig(environment))),
    READ_MODELS,
  );
  return { again, unanswered: writers.unanswered() };
};
