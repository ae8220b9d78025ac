/** Verifies an embedded log as `cli verify` does. Arguments: the file of the log, an empty directory. */
import { openEventLogReader } from '../../src/event-log/open.ts';
import { verifyLog } from '../../src/verify/verify-log.ts';
import { reportMeasured } from '../support/child.ts';

const [file, scratch] = process.argv.slice(2) as [string, string];
const began = performance.now();
const log = await openEventLogReader({ kind: 'sqlite', file });
const { faults } = await verifyLog({ log, scratch, heads: [], onProgress: () => {} });
await log.close();
if (faults.length > 0) throw new Error(faults[0]);
reportMeasured((performance.now() - began) / 1000);
