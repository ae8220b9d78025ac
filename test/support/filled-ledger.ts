import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openLedger } from '../../src/compose.ts';
import { loadConfig } from '../../src/config.ts';
import { cli, serving } from './cli.ts';
import { eventually } from './eventually.ts';
import { clientOf } from './http-client.ts';
import { sendAll } from './ledger.ts';
import { ordinaryWays } from './ordinary-ways.ts';
import { testFolder } from './test-folder.ts';

/** The key-encryption key in a folder of data. */
const KEY = 'key-encryption-key.json';

/** The size and the root of a tree, as a command told them. */
export const headIn = (stderr: string): string | undefined => /\d+ leaves, root \S+/.exec(stderr)?.[0];

/** A folder of data with cases of every kind in it, and an empty one with the same key. */
export const filled = async (t: Test) => {
  const directory = testFolder(t, { from: {}, to: {} });
  const from = { DATA_DIR: join(directory, 'from') };
  const to = { DATA_DIR: join(directory, 'to') };
  const ledger = await openLedger(loadConfig(from), () => new Date());
  for (const way of Object.values(ordinaryWays)) {
    for (let cases = 0; cases < 10; cases++) await sendAll(ledger, randomUUID(), way);
  }
  await ledger.close();
  copyFileSync(join(from.DATA_DIR, KEY), join(to.DATA_DIR, KEY));
  return { directory, from, to };
};

/** What a ledger counts, and of how many cases, when it is served. */
export const yearlyOf = async (t: Test, environment: Readonly<Record<string, string>>) => {
  const service = await serving(t, environment);
  await eventually(async () => (await fetch(`${service.address}/readyz`)).ok);
  const token = (await cli(['token', '--role', 'auditor'], environment)).stdout.trim();
  const { get } = clientOf(() => service.address, token);
  const { rows } = (await get('/v1/handovers/yearly')).body;
  const cases = (await get('/v1/cases?limit=500&sort=opened')).body.cases.length;
  await service.stop();
  return { rows, cases };
};
