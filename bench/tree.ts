/**
 * Durable commands over HTTP with the transparency log kept and signed, and without it: the same service in two processes, each on a log of
 * its own, loaded in turn.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recorderTokens } from './support/accounts.ts';
import { caseCommands } from './support/case-commands.ts';
import { median, printTable } from './support/figures.ts';
import { requestsPerSecond } from './support/load.ts';
import { startServer } from './support/server.ts';

const CONNECTIONS = 64;
const ROUNDS = 9;
const SECONDS = 4;

const started = async (server: string) => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-tree-'));
  const tokens = await recorderTokens(directory, CONNECTIONS);
  const service = await startServer(`servers/${server}.ts`, { DATA_DIR: directory });
  const headers = (connection: number) => ({ authorization: `Bearer ${tokens[connection % tokens.length]}` });
  const load = { connections: CONNECTIONS, seconds: SECONDS, headers };
  return {
    rates: [] as number[],
    run: () => requestsPerSecond(service.address, { ...load, requests: caseCommands().requests }),
    stop: async () => {
      await service.stop();
      rmSync(directory, { recursive: true });
    },
  };
};

const services = { without: await started('treeless'), with: await started('ledger') };
try {
  for (let round = 0; round <= ROUNDS; round++) {
    // Whoever comes second finds the disk of the first busy: they take turns.
    const inTurn = [services.without, services.with];
    for (const each of round % 2 === 0 ? inTurn : inTurn.reverse()) {
      const rate = await each.run();
      // The first round warms both up.
      if (round > 0) each.rates.push(rate);
    }
  }
  const [without, kept] = [median(services.without.rates), median(services.with.rates)];
  const ratios = services.with.rates.map((rate, round) => rate / (services.without.rates[round] as number));
  printTable(
    `The tree, ${CONNECTIONS} connections`,
    ['', 'commands/s', 'of those without'],
    [
      ['without the tree', without.toFixed(0), '1.00'],
      ['with it', kept.toFixed(0), median(ratios).toFixed(2)],
    ],
  );
} finally {
  await Promise.all(Object.values(services).map(({ stop }) => stop()));
}
