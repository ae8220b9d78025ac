/**
 * Where the time of a figure goes: runs a bench (`node bench/profile.ts person-reads`) with the profiler of Node on in each of its processes, and
 * tells for each thread what its processor time was spent for. The figures of such a run are slower than without the profiler.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readProfiles } from './support/cpu-profile.ts';
import { printTable } from './support/figures.ts';

const MOST = 14;

/** Threads that did next to nothing are left out. */
const LEAST_MS = 500;

const [bench, ...more] = process.argv.slice(2);
if (bench === undefined || more.length > 0) {
  process.stderr.write('Usage: node bench/profile.ts <bench>, the name of a file of this folder without .ts\n');
  process.exit(2);
}
const file = fileURLToPath(new URL(`${bench}.ts`, import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'bench-profile-'));
try {
  const profiler = ['--cpu-prof', `--cpu-prof-dir=${directory}`, '--disable-warning=ExperimentalWarning'];
  const { status } = spawnSync(process.execPath, [...profiler, file], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${bench} ended with ${status}`);
  for (const { program, busyMs, byPart, byFunction } of readProfiles(directory)) {
    if (busyMs < LEAST_MS) continue;
    const cells = (entry: readonly [string, number] | undefined): string[] =>
      entry === undefined ? ['', ''] : [`${((entry[1] / busyMs) * 100).toFixed(1)} %`, entry[0]];
    const rows = Array.from({ length: MOST }, (_, rank) => [...cells(byPart[rank]), ...cells(byFunction[rank])]);
    printTable(
      `${program}: busy for ${(busyMs / 1_000).toFixed(1)} s`,
      ['', 'spent in or for', '', 'function alone'],
      rows.filter((row) => row.some((cell) => cell !== '')),
    );
  }
} finally {
  rmSync(directory, { recursive: true });
}
