import { Worker } from 'node:worker_threads';

/**
 * Left to itself, V8 lets the heap of each thread grow, and the memory of a rebuild with it, to no gain that shows. The old generation is far
 * from its limit; the limit tells V8 to let it grow by less each time.
 */
const HEAP = { maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 1536 };

/** What a thread of its own is given: where the work is written, and which it is. */
export interface BackgroundWork {
  /** Of a module that exports `run(task, port)`. */
  readonly module: string;
  readonly task: unknown;
}

/** Starts work in a thread that gives way to the one that serves. It ends when `run` has ended and nothing listens on its port any more. */
export const startInBackground = (module: URL, task: object, name: string): Worker => {
  const workerData: BackgroundWork = { module: module.href, task };
  return new Worker(new URL('./thread.ts', import.meta.url), { workerData, resourceLimits: HEAP, name });
};
