/**
 * Building every view from the embedded log against a bare scan of the same rows with `JSON.parse`, in turn and each in a process
 * of its own, over logs of two sizes: the time must grow with the log and no faster, the memory not at all.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventLog } from '../src/event-log/sqlite/adapter.ts';
import { readOrMakeKeyEncryptionKeys } from '../src/sealing/key-encryption-key.ts';
import { openVault } from '../src/sealing/vault.ts';
import { type Measured, runMeasured } from './support/child.ts';
import { median, printTable } from './support/figures.ts';
import { fillLog } from './support/fill.ts';

const SIZES = [100_000, 1_000_000];
const ROUNDS = 3;

const measure = async (directory: string, events: number): Promise<readonly string[]> => {
  const file = join(directory, 'log.sqlite');
  const keyFile = join(directory, 'key-encryption-key.json');
  const log = await openSqliteEventLog(file);
  await fillLog(
    log,
    openVault(log, readOrMakeKeyEncryptionKeys(keyFile), () => new Date()),
    events,
  );
  await log.close();

  const scans: Measured[] = [];
  const rebuilds: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    scans.push(await runMeasured('programs/scan.ts', [file]));
    const views = join(directory, 'views');
    rebuilds.push(await runMeasured('programs/rebuild.ts', [file, keyFile, views]));
    rmSync(views, { recursive: true });
  }
  const [scan, rebuild] = [scans, rebuilds].map((all) => median(all.map(({ seconds }) => seconds))) as [number, number];
  const megabytes = Math.max(...rebuilds.map((each) => each.megabytes));
  return [events, scan.toFixed(2), rebuild.toFixed(2), (scan / rebuild).toFixed(2), megabytes.toFixed(0)].map(String);
};

const rows: (readonly string[])[] = [];
for (const events of SIZES) {
  const directory = mkdtempSync(join(tmpdir(), 'bench-rebuild-'));
  try {
    rows.push(await measure(directory, events));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
printTable('Building every view', ['events', 'bare scan s', 'rebuild s', 'scan/rebuild', 'memory MB'], rows);
