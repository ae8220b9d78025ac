/** What every thread of the background begins with. It imports nothing of the program, which would be loaded first. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { BackgroundWork } from './start.ts';

// On Linux a priority is that of the calling thread; elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const { module, task } = workerData as BackgroundWork;
const { run } = await import(module);
await run(task, parentPort);
