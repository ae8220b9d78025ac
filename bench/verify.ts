/**
 * Verifying a whole log (tree, form of every event, lifecycle of every record, figures) against a bare scan of the same rows with `JSON.parse`,
 * in turn and each in a process of its own; and how large proofs are in its tree.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventLogReader } from '../src/event-log/open.ts';
import { openSqliteEventLog } from '../src/event-log/sqlite/adapter.ts';
import { readOrMakeKeyEncryptionKeys } from '../src/sealing/key-encryption-key.ts';
import { openVault } from '../src/sealing/vault.ts';
import { entryOf } from '../src/transparency/leaf.ts';
import { consistencyProof, HASH_BYTES, hashLeaf, inclusionProof } from '../src/transparency/merkle.ts';
import { growTree, type TreeEdge } from '../src/transparency/tree.ts';
import { isRecordLeaf } from '../src/transparency/tree-streams.ts';
import { type Measured, runMeasured } from './support/child.ts';
import { median, printTable } from './support/figures.ts';
import { fillLog } from './support/fill.ts';

const EVENTS = 1_000_000;
const ROUNDS = 3;

const directory = mkdtempSync(join(tmpdir(), 'bench-verify-'));
try {
  const file = join(directory, 'log.sqlite');
  const log = await openSqliteEventLog(file);
  const keys = readOrMakeKeyEncryptionKeys(join(directory, 'key-encryption-key.json'));
  await fillLog(
    log,
    openVault(log, keys, () => new Date()),
    EVENTS,
  );
  await log.close();

  const scans: Measured[] = [];
  const verifications: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const scratch = join(directory, `scratch-${round}`);
    mkdirSync(scratch);
    scans.push(await runMeasured('programs/scan.ts', [file]));
    verifications.push(await runMeasured('programs/verify.ts', [file, scratch]));
    rmSync(scratch, { recursive: true });
  }
  const [scan, verified] = [scans, verifications].map((all) => median(all.map(({ seconds }) => seconds))) as [
    number,
    number,
  ];
  const megabytes = Math.max(...verifications.map((each) => each.megabytes));
  printTable(
    'Verifying a log',
    ['events', 'bare scan s', 'verify s', 'scan/verify', 'memory MB'],
    [[EVENTS, scan.toFixed(2), verified.toFixed(2), (scan / verified).toFixed(2), megabytes.toFixed(0)].map(String)],
  );

  const tiles = new Map<string, Buffer>();
  let edge: TreeEdge = { size: 0, tiles: [] };
  const reader = await openEventLogReader({ kind: 'sqlite', file });
  let [began, took, bytes] = [0, 0, 0];
  for await (const chunk of reader.readAll()) {
    const leaves = chunk.filter(({ stream }) => isRecordLeaf(stream));
    began = performance.now();
    const entries = leaves.map(entryOf);
    edge = growTree(edge, entries.map(hashLeaf), ({ level, index, hashes }) => tiles.set(`${level}/${index}`, hashes));
    took += performance.now() - began;
    for (const entry of entries) bytes += entry.length;
  }
  await reader.close();
  const read = (level: number, index: number): Buffer => tiles.get(`${level}/${index}`) as Buffer;
  const { size } = edge;
  const inclusion = inclusionProof(read, Math.floor(size / 3), size).length;
  const consistency = consistencyProof(read, Math.floor(size / 3), size).length;
  printTable(
    'The tree of the same log',
    ['leaves', 'µs a leaf', 'bytes an entry', 'inclusion proof bytes', 'consistency proof bytes'],
    [
      [
        size,
        ((took * 1000) / size).toFixed(1),
        (bytes / size).toFixed(0),
        inclusion * HASH_BYTES,
        consistency * HASH_BYTES,
      ].map(String),
    ],
  );
} finally {
  rmSync(directory, { recursive: true });
}
