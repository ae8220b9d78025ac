/**
 * A case without its person, and the yearly figures, each also as whoever has it already asks for it, against a fastify route that does nothing
 * and is sent the same headers: servers in processes of their own, loaded in turn. Each connection asks for another case each time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';
import { recorderTokens } from './support/accounts.ts';
import { idsOfCases } from './support/case-ids.ts';
import { median, printTable } from './support/figures.ts';
import { fillLog } from './support/fill.ts';
import { requestsPerSecond } from './support/load.ts';
import { startServer } from './support/server.ts';
import { startService } from './support/service.ts';

const CONNECTIONS = 64;
const ROUNDS = 5;
const SECONDS = 3;
const EVENTS = 20_000;

interface Read {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The same reads as they are, and with the tags of their answers. */
const bothWays = async (address: string, reads: Readonly<Record<string, readonly Read[]>>) => {
  const ways: (readonly [route: string, requests: readonly Read[], notModified: boolean])[] = [];
  for (const [route, requests] of Object.entries(reads)) {
    const tagged: Read[] = [];
    for (const { path, headers } of requests) {
      const answer = await fetch(`${address}${path}`, { headers });
      await answer.text();
      tagged.push({ path, headers: { ...headers, 'if-none-match': String(answer.headers.get('etag')) } });
    }
    ways.push([route, requests, false], [`${route}, as it is known (304)`, tagged, true]);
  }
  return ways;
};

const directory = mkdtempSync(join(tmpdir(), 'bench-http-reads-'));
const tokens = await recorderTokens(directory, CONNECTIONS);
const ledger = await openLedger(loadConfig({ DATA_DIR: directory }), () => new Date());
await fillLog(ledger.log, ledger.vault, EVENTS);
await ledger.close();

const service = await startService(directory);
const empty = await startServer('servers/empty.ts');
try {
  const headers = (connection: number) => ({ authorization: `Bearer ${tokens[connection % tokens.length]}` });
  const cases = await idsOfCases(service.address, headers(0));
  const load = { connections: CONNECTIONS, seconds: SECONDS };
  const reads: Readonly<Record<string, readonly Read[]>> = {
    'GET /v1/cases/{id}': cases.map((id, index) => ({ path: `/v1/cases/${id}`, headers: headers(index) })),
    'GET /v1/handovers/yearly': tokens.map((_, index) => ({
      path: '/v1/handovers/yearly?from=2024&to=2024',
      headers: headers(index),
    })),
  };
  const rows: string[][] = [];
  for (const [route, requests, notModified] of await bothWays(service.address, reads)) {
    const sameToEmpty = requests.map((request) => ({ ...request, path: '/empty' }));
    const figures = { ours: [] as number[], theirs: [] as number[] };
    for (let round = 0; round <= ROUNDS; round++) {
      const theirs = await requestsPerSecond(empty.address, { ...load, requests: sameToEmpty });
      const ours = await requestsPerSecond(service.address, { ...load, requests: [...requests], notModified });
      // The first round warms both up.
      if (round === 0) continue;
      figures.theirs.push(theirs);
      figures.ours.push(ours);
    }
    const [ours, theirs] = [median(figures.ours), median(figures.theirs)];
    rows.push([route, ours.toFixed(0), theirs.toFixed(0), (ours / theirs).toFixed(2)]);
  }
  printTable(`Reads over HTTP, ${CONNECTIONS} connections`, ['route', 'requests/s', 'empty GET/s', 'ratio'], rows);
} finally {
  await service.stop();
  await empty.stop();
  rmSync(directory, { recursive: true });
}
