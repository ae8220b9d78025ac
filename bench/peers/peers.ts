/**
 * The same commands, durable, by this service with everything that it does (tokens, rules, sealing, tree, views), and by fastify with Emmett on
 * PostgreSQL and on SQLite, which check the body and what may follow, and append with the expected version: in turn, at 64 connections.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recorderTokens } from '../support/accounts.ts';
import { caseCommands } from '../support/case-commands.ts';
import { median, printTable } from '../support/figures.ts';
import { requestsPerSecond } from '../support/load.ts';
import { type BenchServer, startServer } from '../support/server.ts';

const CONNECTIONS = 64;
const ROUNDS = 5;
const SECONDS = 5;

const directory = mkdtempSync(join(tmpdir(), 'bench-peers-'));
const { PEER_POSTGRESQL } = process.env;
const tokens = await recorderTokens(directory, CONNECTIONS);
const headers = (connection: number) => ({ authorization: `Bearer ${tokens[connection]}` });

const servers = new Map<string, BenchServer>();
servers.set('this service', await startServer('servers/ledger.ts', { DATA_DIR: directory }));
if (PEER_POSTGRESQL === undefined) {
  process.stderr.write('PEER_POSTGRESQL names no PostgreSQL: that peer is left out; see the README\n');
} else servers.set('Emmett on PostgreSQL', await startServer('peers/server.ts', {}, ['postgresql']));
servers.set(
  'Emmett on SQLite',
  await startServer('peers/server.ts', { PEER_SQLITE: join(directory, 'peer.sqlite') }, ['sqlite']),
);
try {
  const rates = new Map([...servers.keys()].map((name) => [name, [] as number[]]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, { address }] of servers) {
      const load = { connections: CONNECTIONS, seconds: SECONDS, headers, requests: caseCommands().requests };
      const rate = await requestsPerSecond(address, load);
      // The first round warms all of them up.
      if (round > 0) rates.get(name)?.push(rate);
    }
  }
  const ours = median(rates.get('this service') as number[]);
  printTable(
    `Durable commands, ${CONNECTIONS} connections`,
    ['', 'commands/s', 'this service, of it'],
    [...rates].map(([name, all]) => [name, median(all).toFixed(0), (ours / median(all)).toFixed(2)]),
  );
} finally {
  await Promise.all([...servers.values()].map(({ stop }) => stop()));
  rmSync(directory, { recursive: true });
}
