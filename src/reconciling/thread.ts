import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { type Books, compareBooks } from '../../domain/reconciliation/matching.ts';

// Whoever is served comes first; see projecting/thread.ts.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

parentPort?.postMessage(compareBooks(workerData as Books));
