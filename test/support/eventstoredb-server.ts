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

/** A server of the test's own, to which anything may be done. */
export interface OwnServer {
  readonly connectionString: string;
  /** Starts it again. */
  start(): void;
  /** Sends it a signal; one that ends it is waited for. */
  end(signal: NodeJS.Signals): Promise<void>;
  signal(signal: NodeJS.Signals): void;
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
const waitUntilLive = async (connectionString: string): Promise<void> => {
  const { host } = new URL(connectionString.replace(/^esdb/, 'http'));
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`http://${host}/health/live`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(200);
  }
  throw new Error(`no server answers at ${connectionString}`);
};

/** Starts the server and waits until it answers; it ends with the test. */
export const startOwnServer = async (t: Test): Promise<OwnServer> => {
  if (command === undefined || connectionString === undefined) throw new Error(String(CANNOT_START));
  await waitForTurn(t, command);
  const start = (): ChildProcess => spawn(`exec ${command}`, { shell: true, stdio: 'ignore' });
  let server = start();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const exited = once(server, 'exit');
    if (!server.kill(signal)) return;
    await exited;
  };
  t.teardown(() => end('SIGKILL'));
  await waitUntilLive(connectionString);
  return {
    connectionString,
    start: () => {
      server = start();
    },
    end,
    signal: (signal) => {
      server.kill(signal);
    },
  };
};
