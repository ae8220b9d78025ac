/**
 * Durable commands over HTTP through the whole stack (token, validation, decision, sealing, sync, views running) against a
 * fastify route that parses the same body and does nothing. Each connection takes one case after the other from its opening
 * to its closing; both servers run in processes of their own and are loaded in turn. After each load of the ledger it is waited for the
 * views to come to its last event; how long that took is told in parts of the load's time, and is no part of the rate.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recorderTokens } from './support/accounts.ts';
import { caseCommands, emptyCommands } from './support/case-commands.ts';
import { median, printTable } from './support/figures.ts';
import { requestsPerSecond } from './support/load.ts';
import { startServer } from './support/server.ts';
import { untilShown } from './support/until-shown.ts';

const CONNECTIONS = [1, 16, 64, 256];
const ROUNDS = 3;
const SECONDS = 4;

const commands = caseCommands();
const directory = mkdtempSync(join(tmpdir(), 'bench-http-commands-'));
const tokens = await recorderTokens(directory, Math.max(...CONNECTIONS));
const headers = (connection: number) => ({ authorization: `Bearer ${tokens[connection % tokens.length]}` });
const ledger = await startServer('servers/ledger.ts', { DATA_DIR: directory });
const empty = await startServer('servers/empty.ts');
try {
  const rows: string[][] = [];
  for (const connections of CONNECTIONS) {
    const figures = { ledger: [] as number[], empty: [] as number[], behind: [] as number[] };
    const load = { connections, seconds: SECONDS, headers };
    for (let round = 0; round <= ROUNDS; round++) {
      const emptyRate = await requestsPerSecond(empty.address, { ...load, requests: emptyCommands() });
      const ledgerRate = await requestsPerSecond(ledger.address, {
        ...load,
        requests: commands.requests,
      });
      const behind = await untilShown(ledger.address, headers(0), commands.written());
      // The first round warms both up.
      if (round === 0) continue;
      figures.behind.push(behind);
      figures.empty.push(emptyRate);
      figures.ledger.push(ledgerRate);
    }
    const [ours, theirs] = [median(figures.ledger), median(figures.empty)];
    const behind = median(figures.behind) / SECONDS;
    rows.push(
      [connections, ours.toFixed(0), theirs.toFixed(0), (ours / theirs).toFixed(2), behind.toFixed(2)].map(String),
    );
  }
  printTable(
    'Durable commands over HTTP',
    ['connections', 'commands/s', 'empty POST/s', 'ratio', 'views behind'],
    rows,
  );
} finally {
  await ledger.stop();
  await empty.stop();
  rmSync(directory, { recursive: true });
}
