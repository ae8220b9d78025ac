import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLogReader } from '../event-log/port.ts';
import { describeTreeHead } from '../transparency/tree-head.ts';
import { type ExpectedHead, verifyLog } from '../verify/verify-log.ts';
import { progressOf } from './command.ts';
import { writeFaults } from './faults.ts';

/** Verifies a log that was just restored or imported, and tells what is wrong with it; whether nothing is. Throws what the log throws. */
export const tellFaultsOf = async (log: EventLogReader, heads: readonly ExpectedHead[] = []): Promise<boolean> => {
  const scratch = mkdtempSync(join(tmpdir(), 'handover-ledger-verify-'));
  try {
    const { head, faults } = await verifyLog({ log, scratch, heads, onProgress: progressOf('Events checked').at });
    process.stderr.write(`the log: ${describeTreeHead(head)}\n`);
    writeFaults(process.stderr, faults);
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
