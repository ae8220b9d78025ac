import type { StreamingRead } from '@eventstore/db-client';
import { NoAnswer } from './failures.ts';

/** How long the server may be silent in the middle of an answer; the client sets no deadline for reading. */
const LONGEST_SILENCE_MS = 5_000;

/**
 * The items of an answer as they come, up to where the caller leaves off. Throws NoAnswer where the server is silent, and where the client was
 * given up meanwhile: it ends what it has under way, and an answer that was cut off looks like one that has come to its end.
 */
export async function* itemsOf<Item>(
  read: StreamingRead<Item>,
  retired: AbortSignal,
): AsyncGenerator<Item, void, undefined> {
  read.on('error', () => undefined); // An error after the last item would have no listener.
  const watch = setTimeout(() => {
    read.destroy(new NoAnswer(`nothing in ${LONGEST_SILENCE_MS} ms`));
  }, LONGEST_SILENCE_MS);
  try {
    for await (const item of read) {
      watch.refresh();
      yield item;
    }
    if (retired.aborted) throw new NoAnswer('the client was given up in the middle of the answer');
  } finally {
    clearTimeout(watch);
    read.cancel().catch(() => undefined); // Where it was never opened there is nothing to cancel.
  }
}
