import { setTimeout as wait } from 'node:timers/promises';
import { type BenchServer, startServer } from './server.ts';

/** A service of a ledger, and how long it took from the start of its process until it was ready. */
export interface ReadyService extends BenchServer {
  readonly readyAfterSeconds: number;
}

/** Starts the service of a ledger in a directory, or a program that serves it otherwise, and waits until `/readyz` says that it is ready. */
export const startService = async (directory: string, program = 'servers/ledger.ts'): Promise<ReadyService> => {
  const began = performance.now();
  const server = await startServer(program, { DATA_DIR: directory });
  while (!(await fetch(`${server.address}/readyz`)).ok) await wait(10);
  return { ...server, readyAfterSeconds: (performance.now() - began) / 1_000 };
};
