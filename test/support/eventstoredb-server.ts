import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Test } from 'tap';
import { holdLock, LockHeld } from '../../src/process-lock.ts';

/**
 * EVENTSTOREDB_START is a command that starts a server in the foreground and keeps its data on disk from one start to the next;
 * EVENTSTOREDB_START_URL is how that server is reached.
 */
const command = process.env['EVENTSTOREDB_START'];
const connectionString = process.env['EVENTSTOREDB_START_URL'];

export const CANNOT_START =
  command === undefined || connectionString === undefined
    ? 'EVENTSTOREDB_START names no command that starts an EventStoreDB server'
    : false;

/**
 * The same of a cluster: EVENTSTOREDB_CLUSTER_START starts one of its nodes, the one whose port takes the place of `{port}` in it;
 * EVENTSTOREDB_CLUSTER_START_URL has the addresses of all.
 */
const cluster = {
  command: process.env['EVENTSTOREDB_CLUSTER_START'],
  connectionString: process.env['EVENTSTOREDB_CLUSTER_START_URL'],
};

export const CANNOT_START_CLUSTER =
  cluster.command === undefined || cluster.connectionString === undefined
    ? 'EVENTSTOREDB_CLUSTER_START names no command that starts a node of an EventStoreDB cluster'
    : false;

/** A server that a test may share with others. */
const shared = process.env['EVENTSTOREDB_URL'];

export const NO_SERVER =
  shared === undefined && CANNOT_START !== false ? 'neither EVENTSTOREDB_URL nor EVENTSTOREDB_START is set' : false;

/** How a server is reached to which nothing is done: one that is there, or else one that ends with the test. */
export const anyServer = async (t: Test): Promise<string> => shared ?? (await startOwnServer(t)).connectionString;

/** A process of the test's own, to which anything may be done. */
export interface OwnProcess {
  /** Starts it again. */
  start(): void;
  /** Sends it a signal; one that ends it is waited for. */
  end(signal: NodeJS.Signals): Promise<void>;
  signal(signal: NodeJS.Signals): void;
}

export interface OwnServer extends OwnProcess {
  readonly connectionString: string;
}

export interface OwnCluster {
  readonly connectionString: string;
  readonly nodes: readonly OwnProcess[];
  /** The node that is the leader, once there is one. */
  leader(): Promise<OwnProcess>;
}

/** There is one address for it: of tests that run beside each other, one has it at a time. */
const waitForTurn = async (t: Test, command: string): Promise<void> => {
  const name = createHash('sha256').update(command).digest('hex').slice(0, 16);
  for (;;) {
    try {
      const lock = holdLock(join(tmpdir(), `eventstoredb-of-tests-${name}.lock`));
      t.teardown(() => lock.close());
      return;
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error;
      await wait(500);
    }
  }
};

/** A service that is started before its log is there gives up after a while. */
const waitUntil = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 600; tries++) {
    if (await holds()) return;
    await wait(200);
  }
  throw new Error(what);
};

const isLive = (host: string) => async (): Promise<boolean> =>
  (await fetch(`http://${host}/health/live`).catch(() => undefined))?.ok === true;

/**
 * Runs a command that is a server; it ends with the test. One that ends in order without being told is started again, as whoever runs a cluster
 * does: a node that has what its leader has not cuts that off at its start, and ends.
 */
const running = (t: Test, command: string): OwnProcess => {
  let server: ChildProcess;
  let isToEnd = false;
  const start = (): void => {
    isToEnd = false;
    server = spawn(`exec ${command}`, { shell: true, stdio: 'ignore' });
    server.on('exit', (code) => {
      if (code === 0 && !isToEnd) start();
    });
  };
  start();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    isToEnd = true;
    const exited = once(server, 'exit');
    if (!server.kill(signal)) return;
    await exited;
  };
  t.teardown(() => end('SIGKILL'));
  return {
    start,
    end,
    signal: (signal) => {
      server.kill(signal);
    },
  };
};

/** Starts the server and waits until it answers; it ends with the test. */
export const startOwnServer = async (t: Test): Promise<OwnServer> => {
  if (command === undefined || connectionString === undefined) throw new Error(String(CANNOT_START));
  await waitForTurn(t, command);
  const server = running(t, command);
  const { host } = new URL(connectionString.replace(/^esdb/, 'http'));
  await waitUntil(`no server answers at ${connectionString}`, isLive(host));
  return { connectionString, ...server };
};

/** The part of a node's gossip that is looked at. */
interface Gossip {
  readonly members: readonly { readonly state: string; readonly httpEndPointPort: number }[];
}

/** Whether a node takes itself for the leader: the others may not know yet that it is gone. */
const isLeader = async (host: string): Promise<boolean> => {
  const answer = await fetch(`http://${host}/gossip?format=json`).catch(() => undefined);
  if (answer?.ok !== true) return false;
  const { members } = (await answer.json()) as Gossip;
  return members.some(({ state, httpEndPointPort }) => state === 'Leader' && host.endsWith(`:${httpEndPointPort}`));
};

/** Starts the three nodes and waits until they have a leader; they end with the test. */
export const startOwnCluster = async (t: Test): Promise<OwnCluster> => {
  const { command, connectionString } = cluster;
  if (command === undefined || connectionString === undefined) throw new Error(String(CANNOT_START_CLUSTER));
  await waitForTurn(t, command);
  const hosts = connectionString.replace(/^esdb:\/\/|[/?].*$/g, '').split(',');
  const nodes = hosts.map((host) => ({
    host,
    ...running(t, command.replaceAll('{port}', new URL(`http://${host}`).port)),
  }));
  const leader = async (): Promise<OwnProcess> => {
    let found: OwnProcess | undefined;
    await waitUntil(`no node of ${connectionString} is the leader`, async () => {
      for (const node of nodes) if (await isLeader(node.host)) found = node;
      return found !== undefined;
    });
    return found as unknown as OwnProcess;
  };
  for (const { host } of nodes) await waitUntil(`no node answers at ${host}`, isLive(host));
  await leader();
  return { connectionString, nodes, leader };
};
