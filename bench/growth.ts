/**
 * What a ledger costs as it grows: over logs of 10,000 to 10,000,000 events, and over 10 to 100,000 cases that the same load goes to. Told are the
 * building of all views and of the tree by a service that finds none, its start where it finds them, commands at 64 connections beside a route
 * that does nothing, how far the views are behind afterwards, memory and files. Draws `bench/pictures/growth.svg`. On Linux.
 *
 * `GROWTH_EVENTS` is the largest log, 1,000,000 unless it is said; 10,000,000 events want 30 GB of disk and most of an hour.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type autocannon from 'autocannon';
import { openLedger } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';
import { recorderTokens } from './support/accounts.ts';
import { suspectWay } from './support/case.ts';
import { caseCommands, emptyCommands, furtherCommands } from './support/case-commands.ts';
import { printTable } from './support/figures.ts';
import { fillLog, SUSPECT, type Told } from './support/fill.ts';
import { requestsPerSecond } from './support/load.ts';
import { mostMegabytesOf } from './support/memory.ts';
import { drawPicture } from './support/picture.ts';
import { startServer } from './support/server.ts';
import { startService } from './support/service.ts';
import { untilShown } from './support/until-shown.ts';

const MOST_EVENTS = Number(process.env.GROWTH_EVENTS ?? 1_000_000);
const EVENTS = [10_000, 100_000, 1_000_000, 10_000_000].filter((events) => events <= MOST_EVENTS);
const CASES = [10, 1_000, 100_000];
const CONNECTIONS = 64;
const SECONDS = 5;
const WARM_UP_SECONDS = 8;

interface Load {
  readonly requests: autocannon.Options['requests'];
  readonly written: () => string;
}

const megabytesIn = (directory: string, wanted: (path: string) => boolean): number =>
  readdirSync(directory, { recursive: true })
    .map(String)
    .filter(wanted)
    .map((path) => statSync(join(directory, path)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0) /
  2 ** 20;

/** Waits until so many events of records are leaves of the tree, as a service tells. */
const untilInTree = async (address: string, events: number): Promise<void> => {
  for (;;) {
    const metrics = await (await fetch(`${address}/metrics`)).text();
    if (Number(/^handover_ledger_tree_leaves (\d+)/m.exec(metrics)?.[1]) >= events) return;
    await wait(50);
  }
};

/** A ledger with so many events of records that are told, and what is measured of its service. */
const measure = async (events: number, told: Told, loadOf: (caseIds: readonly string[]) => Load) => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-growth-'));
  try {
    const ledger = await openLedger(loadConfig({ DATA_DIR: directory }), () => new Date());
    const caseIds = await fillLog(ledger.log, ledger.vault, events, [told]);
    await ledger.close();
    const began = performance.now();
    const building = await startService(directory);
    await untilInTree(building.address, events);
    const buildSeconds = (performance.now() - began) / 1_000;
    const megabytesBuilding = mostMegabytesOf(building.pid);
    await building.stop();
    const files = {
      log: megabytesIn(directory, (path) => path.includes('.events.sqlite')),
      views: megabytesIn(directory, (path) => path.startsWith('read-models/')),
      tree: megabytesIn(directory, (path) => path.startsWith('transparency/')),
    };
    const service = await startService(directory);
    const tokens = await recorderTokens(directory, CONNECTIONS);
    const headers = (connection: number) => ({ authorization: `Bearer ${tokens[connection % tokens.length]}` });
    const { requests, written } = loadOf(caseIds);
    const load = { connections: CONNECTIONS, headers, seconds: SECONDS };
    try {
      await requestsPerSecond(service.address, { ...load, requests, seconds: WARM_UP_SECONDS });
      await untilShown(service.address, headers(0), written());
      const empty = await requestsPerSecond(emptyRoute.address, { ...load, requests: emptyCommands() });
      const commands = await requestsPerSecond(service.address, { ...load, requests });
      return {
        buildSeconds,
        startSeconds: service.readyAfterSeconds,
        megabytesBuilding,
        files,
        commands,
        empty,
        lagSeconds: await untilShown(service.address, headers(0), written()),
        megabytes: mostMegabytesOf(service.pid),
      };
    } finally {
      await service.stop();
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
};

type Measured = Awaited<ReturnType<typeof measure>>;

const COLUMNS: Readonly<Record<string, (measured: Measured) => string>> = {
  'built in s': ({ buildSeconds }) => buildSeconds.toFixed(1),
  'memory MB': ({ megabytesBuilding }) => megabytesBuilding.toFixed(0),
  'log MB': ({ files }) => files.log.toFixed(0),
  'views MB': ({ files }) => files.views.toFixed(0),
  'tree MB': ({ files }) => files.tree.toFixed(0),
  'started in s': ({ startSeconds }) => startSeconds.toFixed(2),
  'commands/s': ({ commands }) => commands.toFixed(0),
  'of empty': ({ commands, empty }) => (commands / empty).toFixed(3),
  'behind s': ({ lagSeconds }) => lagSeconds.toFixed(2),
  'most memory MB': ({ megabytes }) => megabytes.toFixed(0),
};

const table = (title: string, size: string, measured: ReadonlyMap<number, Measured>): void =>
  printTable(
    title,
    [size, ...Object.keys(COLUMNS)],
    [...measured].map(([of, each]) => [String(of), ...Object.values(COLUMNS).map((cell) => cell(each))]),
  );

const lines = (
  measured: ReadonlyMap<number, Measured>,
  values: Readonly<Record<string, (measured: Measured) => number>>,
) => Object.entries(values).flatMap(([line, value]) => [...measured].map(([x, each]) => ({ x, y: value(each), line })));

const emptyRoute = await startServer('servers/empty.ts');
const byEvents = new Map<number, Measured>();
const byCases = new Map<number, Measured>();
try {
  for (const events of EVENTS) {
    byEvents.set(events, await measure(events, SUSPECT, caseCommands));
    process.stdout.write(`measured: ${events} events\n`);
  }
  for (const cases of CASES) {
    byCases.set(cases, await measure(cases, { ...SUSPECT, steps: suspectWay.slice(0, 1) }, furtherCommands));
    process.stdout.write(`measured: ${cases} cases\n`);
  }
} finally {
  await emptyRoute.stop();
}
table('A ledger as it grows', 'events', byEvents);
table('Commands that go to so many cases', 'cases', byCases);

const events = { title: 'events in the log', log: true } as const;
const cases = { title: 'cases', log: true } as const;
const perSecond = { title: 'a second' } as const;
await drawPicture('growth', [
  {
    title: 'Commands, 64 connections',
    x: events,
    y: perSecond,
    points: lines(byEvents, { commands: (each) => each.commands }),
  },
  {
    title: 'Commands to so many cases, 64 connections',
    x: cases,
    y: perSecond,
    points: lines(byCases, { commands: (each) => each.commands }),
  },
  {
    title: 'Building all views and the tree, and a start beside them',
    x: events,
    y: { title: 'seconds', log: true },
    points: lines(byEvents, { building: (each) => each.buildSeconds, start: (each) => each.startSeconds }),
  },
  {
    title: 'Views behind after the load',
    x: events,
    y: { title: 'seconds' },
    points: lines(byEvents, { behind: (each) => each.lagSeconds }),
  },
  {
    title: 'Files',
    x: events,
    y: { title: 'MB', log: true },
    points: lines(byEvents, {
      log: ({ files }) => files.log,
      views: ({ files }) => files.views,
      tree: ({ files }) => files.tree,
    }),
  },
  {
    title: 'Memory at most',
    x: events,
    y: { title: 'MB' },
    points: lines(byEvents, { building: (each) => each.megabytesBuilding, 'under load': (each) => each.megabytes }),
  },
]);
