/** Takes all figures one after the other. Each can be taken alone: `node bench/<name>.ts`. */
import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

const BENCHES = [
  'event-log-append',
  'http-commands',
  'threads',
  'overload',
  'lag',
  'eventstoredb',
  'tree',
  'http-reads',
  'person-reads',
  'lists',
  'rebuild',
  'sealing',
  'reconciliation',
  'verify',
  'growth',
];

process.stdout.write(
  `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB\n`,
);
for (const bench of BENCHES) {
  const file = fileURLToPath(new URL(`${bench}.ts`, import.meta.url));
  const { status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', file], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
