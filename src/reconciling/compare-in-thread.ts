import { once } from 'node:events';
import type { Books } from '../../domain/reconciliation/matching.ts';
import type { Compared } from '../../domain/reconciliation/results.ts';
import { startInBackground } from '../background/start.ts';

/**
 * Compares two books in a thread of its own, so that long lists hold up nobody who is served. Persons pass from thread to thread in memory
 * alone. Throws what the thread throws, or that it has ended.
 */
export const compareInThread = async (books: Books): Promise<readonly Compared[]> => {
  const worker = startInBackground(new URL('./compare.ts', import.meta.url), books, 'reconciliation');
  let compared: readonly Compared[] | undefined;
  worker.once('message', (results: readonly Compared[]) => {
    compared = results;
  });
  // An error of the thread is thrown here.
  await once(worker, 'exit');
  if (compared === undefined) throw new Error('the thread that compares two books has ended');
  return compared;
};
