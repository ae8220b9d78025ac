import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLogReader } from '../event-log/port.ts';
import { describeTreeHead } from '../transparency/tree-head.ts';
import { type ExpectedHead, verifyLog } from '../verify/verify-log.ts';
import { progressOf } from './command.ts';

/** So many faults are told; how many there are is told as well. */
const MOST_TOLD = 100;

/** Verifies a log that was just restored or imported, and tells what is wrong with it; whether nothing is. Throws what the log throws. */
export const tellFaultsOf = async (log: EventLogReader, heads: readonly ExpectedHead[] = []): Promise<boolean> => {
  const scratch = mkdtempSync(join(tmpdir(), 'handover-ledger-verify-'));
  try {
    const { head, faults } = await verifyLog({ log, scratch, heads, onProgress: progressOf('Events checked').at });
    process.stderr.write(`the log: ${describeTreeHead(head)}\n`);
    for (const fault of faults.slice(0, MOST_TOLD)) process.stderr.write(`FAULT ${fault}\n`);
    if (faults.length > 0) {
      process.stderr.write(
        `Faults: ${faults.length}. This is not what was signed: it stays where it is, to be looked into. Do not serve it, and take another copy.\n`,
      );
    }
    return faults.length === 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};
