import type { Test } from 'tap';
import { appendingContract } from './contract/appending.ts';
import { closingContract } from './contract/closing.ts';
import { memoryContract } from './contract/memory.ts';
import { readingContract } from './contract/reading.ts';
import { subscribingContract } from './contract/subscribing.ts';
import type { OpenLog } from './contract/support.ts';
import { textContract } from './contract/text.ts';
import { tombstoneContract } from './contract/tombstone.ts';

/**
 * What every adapter promises. `open` opens the log of a ledger, which is empty where the name is new; the ledgers of
 * one run share a server or a folder.
 */
export const eventLogContract = (t: Test, name: string, open: OpenLog): Promise<unknown> =>
  t.test(name, async (t) => {
    await appendingContract(t, open);
    await readingContract(t, open);
    await textContract(t, open);
    await subscribingContract(t, open);
    await memoryContract(t, open);
    await tombstoneContract(t, open);
    await closingContract(t, open);
  });
