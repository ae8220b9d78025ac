/**
 * What becomes of commands that come faster than they can be carried out: at half of what the service can do with 64 connections, at that, at twice and
 * at five times of it, whether or not earlier ones were answered. How many are acknowledged and how soon, how many are turned away, what memory it
 * takes, and how soon one is acknowledged right after.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recorderTokens } from './support/accounts.ts';
import { suspectWay } from './support/case.ts';
import { printTable } from './support/figures.ts';
import { requestsPerSecond } from './support/load.ts';
import { type Sent, sendAtRate } from './support/open-loop.ts';
import { startServer } from './support/server.ts';

const FACTORS = [0.5, 1, 2, 5];
const SECONDS = 10;
const CONNECTIONS = 64;

const directory = mkdtempSync(join(tmpdir(), 'bench-overload-'));
const tokens = await recorderTokens(directory, CONNECTIONS);
const service = await startServer('servers/ledger.ts', { DATA_DIR: directory });

const body = JSON.stringify(suspectWay[0]);
let sent = 0;
/** The opening of one more case. */
const opening = (): Sent => ({
  path: '/v1/cases',
  body,
  headers: {
    authorization: `Bearer ${tokens[sent++ % tokens.length]}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  },
});

const at = (sorted: readonly number[], part: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(0);

/** Of the process of the service. */
const megabytes = async (): Promise<number> => {
  const text = await (await fetch(`${service.address}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 2 ** 20;
};

/** Milliseconds until a case that is opened now is acknowledged. */
const untilAcknowledged = async (): Promise<number> => {
  const began = performance.now();
  for (;;) {
    const { path, ...rest } = opening();
    const { status } = await fetch(`${service.address}${path}`, { method: 'POST', ...rest });
    if (status === 201) return performance.now() - began;
  }
};

try {
  const requests = [{ setupRequest: (request: object) => ({ ...request, method: 'POST', ...opening() }) }];
  const load = { connections: CONNECTIONS, seconds: SECONDS, requests: requests as never };
  await requestsPerSecond(service.address, load);
  const capacity = await requestsPerSecond(service.address, load);
  const rows: string[][] = [];
  for (const factor of FACTORS) {
    const answers = await sendAtRate(service.address, { perSecond: capacity * factor, seconds: SECONDS }, opening);
    const acknowledged = answers.filter(({ status }) => status === 201);
    const turnedAway = answers.filter(({ status }) => status === 503).length;
    const notSent = answers.filter(({ status }) => status === undefined).length;
    const took = acknowledged.map(({ ms }) => ms).sort((a, b) => a - b);
    const memory = await megabytes();
    const perSecond = (count: number): string => (count / SECONDS).toFixed(0);
    rows.push([
      `${factor} × ${capacity.toFixed(0)}`,
      perSecond(acknowledged.length),
      perSecond(turnedAway),
      perSecond(notSent),
      String(answers.length - acknowledged.length - turnedAway - notSent),
      at(took, 0.5),
      at(took, 0.99),
      memory.toFixed(0),
      (await untilAcknowledged()).toFixed(0),
    ]);
  }
  printTable(
    'More commands than can be carried out',
    [
      'meant to be sent/s',
      'acknowledged/s',
      'turned away/s',
      'not sent/s',
      'otherwise',
      'median ms',
      '99 % ms',
      'memory MB',
      'next in ms',
    ],
    rows,
  );
} finally {
  await service.stop();
  rmSync(directory, { recursive: true });
}
