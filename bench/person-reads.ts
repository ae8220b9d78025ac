/**
 * A case with its person, of which each read is put on record before it is answered, against the same without that, and against a fastify
 * route that does nothing and is sent the same headers: servers in processes of their own, loaded in turn. Each connection asks for
 * another case each time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';
import { recorderTokens, tokensOf } from './support/accounts.ts';
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

/** Two ledgers with the same cases: each server has its own. */
const filled = async (name: string): Promise<string> => {
  const directory = mkdtempSync(join(tmpdir(), `bench-person-reads-${name}-`));
  const ledger = await openLedger(loadConfig({ DATA_DIR: directory }), () => new Date());
  await fillLog(ledger.log, ledger.vault, EVENTS);
  await ledger.close();
  return directory;
};

const directories = { recorded: await filled('recorded'), unrecorded: await filled('unrecorded') };
const services = {
  recorded: await startService(directories.recorded),
  unrecorded: await startService(directories.unrecorded, 'servers/unrecorded.ts'),
};
const empty = await startServer('servers/empty.ts');
try {
  const load = { connections: CONNECTIONS, seconds: SECONDS };
  const requestsOf = async (which: keyof typeof services) => {
    const tokens = await recorderTokens(directories[which], CONNECTIONS);
    const headers = (index: number) => ({ authorization: `Bearer ${tokens[index % tokens.length]}` });
    const ids = await idsOfCases(services[which].address, headers(0));
    return ids.map((id, index) => ({ path: `/v1/cases/${id}?include=person`, headers: headers(index) }));
  };
  const requests = { recorded: await requestsOf('recorded'), unrecorded: await requestsOf('unrecorded') };
  const toEmpty = requests.recorded.map((request) => ({ ...request, path: '/empty' }));
  const figures = { empty: [] as number[], unrecorded: [] as number[], recorded: [] as number[] };
  for (let round = 0; round <= ROUNDS; round++) {
    const each = {
      empty: await requestsPerSecond(empty.address, { ...load, requests: toEmpty }),
      unrecorded: await requestsPerSecond(services.unrecorded.address, { ...load, requests: requests.unrecorded }),
      recorded: await requestsPerSecond(services.recorded.address, { ...load, requests: requests.recorded }),
    };
    // The first round warms all of them up.
    if (round > 0) for (const what of ['empty', 'unrecorded', 'recorded'] as const) figures[what].push(each[what]);
  }
  const [theirs, without, ours] = [median(figures.empty), median(figures.unrecorded), median(figures.recorded)];
  const ratio = (figure: number): string => (figure / theirs).toFixed(2);
  printTable(
    `A case with its person, ${CONNECTIONS} connections`,
    ['', 'requests/s', 'of the empty GET'],
    [
      ['empty GET', theirs.toFixed(0), '1.00'],
      ['not recorded', without.toFixed(0), ratio(without)],
      ['recorded', ours.toFixed(0), ratio(ours)],
    ],
  );
  await reportShipping();
} finally {
  await Promise.all([services.recorded.stop(), services.unrecorded.stop(), empty.stop()]);
  for (const directory of Object.values(directories)) rmSync(directory, { recursive: true });
}

/** How many reads are on record in the end, and in how many events. */
async function reportShipping(): Promise<void> {
  const [token] = await tokensOf(directories.recorded, [{ role: 'auditor', office: 'CN-MPS' }]);
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${services.recorded.address}/metrics`)).text();
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
  };
  const began = performance.now();
  while ((await metric('handover_ledger_access_unshipped_records')) > 0) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const headers = { authorization: `Bearer ${token}` };
  const latest = await (await fetch(`${services.recorded.address}/v1/access-records?limit=1`, { headers })).json();
  const { at } = (latest as { records: readonly { at: string }[] }).records[0] ?? { at: 'never' };
  process.stdout.write(
    `\nAll of it was in the event log ${seconds} s after the last answer; auditors then saw reads up to ${at}\n`,
  );
}
