/**
 * Which thread of the service spends how much processor time on a durable command, and what of it is left to the load itself: 64 connections,
 * beside a fastify route that does nothing. On Linux.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recorderTokens } from './support/accounts.ts';
import { caseCommands, emptyCommands } from './support/case-commands.ts';
import { printTable } from './support/figures.ts';
import { type Load, requestsPerSecond } from './support/load.ts';
import { startServer } from './support/server.ts';
import { threadTimes } from './support/thread-times.ts';

const CONNECTIONS = 64;
const SECONDS = 8;
/** The engine compiles what is called often for tens of thousands of commands. */
const WARM_UP_SECONDS = 16;

const directory = mkdtempSync(join(tmpdir(), 'bench-threads-'));
const tokens = await recorderTokens(directory, CONNECTIONS);
const headers = (connection: number) => ({ authorization: `Bearer ${tokens[connection % tokens.length]}` });

const measure = async (title: string, program: string, requests: Load['requests']): Promise<void> => {
  const server = await startServer(program, { DATA_DIR: directory });
  try {
    const load = { connections: CONNECTIONS, headers, requests };
    await requestsPerSecond(server.address, { ...load, seconds: WARM_UP_SECONDS });
    const [before, ownBefore] = [threadTimes(server.pid), process.cpuUsage()];
    const rate = await requestsPerSecond(server.address, { ...load, seconds: SECONDS });
    const [after, own] = [threadTimes(server.pid), process.cpuUsage(ownBefore)];
    const commands = rate * SECONDS;
    const spent = new Map<string, { user: number; system: number }>([['the load', own]]);
    for (const [id, { name, user, system }] of after) {
      const { user: userBefore = 0, system: systemBefore = 0 } = before.get(id) ?? {};
      const sum = spent.get(name) ?? { user: 0, system: 0 };
      spent.set(name, { user: sum.user + user - userBefore, system: sum.system + system - systemBefore });
    }
    const all = [...spent].sort(([, a], [, b]) => b.user + b.system - a.user - a.system);
    const total = all.reduce((sum, [, { user, system }]) => sum + user + system, 0);
    const each = (microseconds: number): string => (microseconds / commands).toFixed(0);
    printTable(
      `${title}: ${rate.toFixed(0)} a second, ${each(total)} µs of processor time each`,
      ['thread', 'µs', 'of it in the system'],
      all
        .filter(([, { user, system }]) => (user + system) / commands >= 1)
        .map(([name, { user, system }]) => [name, each(user + system), each(system)]),
    );
  } finally {
    await server.stop();
  }
};

try {
  await measure('An empty POST', 'servers/empty.ts', emptyCommands());
  await measure('A durable command', 'servers/ledger.ts', caseCommands().requests);
} finally {
  rmSync(directory, { recursive: true });
}
