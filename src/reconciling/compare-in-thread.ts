import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Books } from '../../domain/reconciliation/matching.ts';
import type { Compared } from '../../domain/reconciliation/results.ts';
import { HEAP } from '../projecting/heap.ts';

/**
 * Compares two books in a thread of its own, so that long lists hold up nobody who is served. Persons pass from thread to thread in memory
 * alone. Throws what the thread throws, or that it has ended.
 */
export const compareInThread = async (books: Books): Promise<readonly Compared[]> => {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: books,
    resourceLimits: HEAP,
    execArgv: [],
    name: 'reconciliation',
  });
  let compared: readonly Compared[] | undefined;
  worker.once('message', (results: readonly Compared[]) => {
    compared = results;
  });
  // An error of the thread is thrown here.
  await once(worker, 'exit');
  if (compared === undefined) throw new Error('the thread that compares two books has ended');
  return compared;
};
