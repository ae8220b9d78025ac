/**
 * How far the views are behind the log while commands come as fast as they are taken, and after it: 64 connections for a minute, looked at
 * twice a second. Draws `bench/pictures/lag.svg`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { recorderTokens } from './support/accounts.ts';
import { caseCommands } from './support/case-commands.ts';
import { median, printTable } from './support/figures.ts';
import { requestsPerSecond } from './support/load.ts';
import { drawPicture, type Point } from './support/picture.ts';
import { startService } from './support/service.ts';

const CONNECTIONS = 64;
const SECONDS = 60;
const SECONDS_AFTER = 5;
const LOOKED_AT_EVERY_MS = 500;

const directory = mkdtempSync(join(tmpdir(), 'bench-lag-'));
const service = await startService(directory);
const tokens = await recorderTokens(directory, CONNECTIONS);
const headers = (connection: number) => ({ authorization: `Bearer ${tokens[connection % tokens.length]}` });

/** Seconds that each view is behind the log. */
const lags = async (): Promise<readonly (readonly [view: string, seconds: number])[]> => {
  const text = await (await fetch(`${service.address}/metrics`)).text();
  return [...text.matchAll(/^handover_ledger_view_lag_seconds\{view="(?<view>[^"]+)".*?\} (?<seconds>\S+)$/gm)].map(
    ({ groups = {} }) => [groups['view'] as string, Number(groups['seconds'])],
  );
};

const points: Point[] = [];
try {
  const began = performance.now();
  const { requests } = caseCommands();
  const load = requestsPerSecond(service.address, { connections: CONNECTIONS, seconds: SECONDS, headers, requests });
  while (performance.now() - began < (SECONDS + SECONDS_AFTER) * 1_000) {
    const x = (performance.now() - began) / 1_000;
    for (const [line, y] of await lags()) points.push({ x, y, line });
    await wait(LOOKED_AT_EVERY_MS);
  }
  const rate = await load;
  const rows = [...new Set(points.map(({ line }) => line))].map((view) => {
    const [during, after] = [true, false].map((isDuring) =>
      points.filter(({ line, x }) => line === view && x < SECONDS === isDuring).map(({ y }) => y),
    ) as [number[], number[]];
    return [view, median(during), Math.max(...during), after.at(-1) ?? Number.NaN] as const;
  });
  printTable(
    `Views behind the log under ${rate.toFixed(0)} commands a second`,
    ['view', 'median s', 'most s', `${SECONDS_AFTER} s after`],
    rows.map(([view, ...figures]) => [view, ...figures.map((seconds) => seconds.toFixed(2))]),
  );
  await drawPicture(
    'lag',
    [
      {
        title: `Views behind the log; the load ends after ${SECONDS} s`,
        x: { title: 'seconds' },
        y: { title: 'seconds behind' },
        points,
      },
    ],
    1,
  );
} finally {
  await service.stop();
  rmSync(directory, { recursive: true });
}
