import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Test } from 'tap';
import { newEvent, newStream, type OpenLog, openNewLog } from './support.ts';

const EVENTS = 800;
const EVENT_BYTES = 100_000;

/** Bytes that this thread holds after a garbage collection, in its heap and outside of it. */
const heldBytes = async (): Promise<number> => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What is outside of the heap is given back beside the thread, some of it only when it is collected once more.
  for (let times = 0; times < 2; times += 1) {
    collect();
    await sleep(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

export const memoryContract = (t: Test, open: OpenLog): Promise<unknown> =>
  t.test('a slow subscriber holds a small part of the log in memory', async (t) => {
    const log = await openNewLog(t, open);
    const data = JSON.stringify({ text: 'x'.repeat(EVENT_BYTES) });
    for (let index = 0; index < EVENTS; index += 20) {
      await Promise.all(Array.from({ length: 20 }, () => log.append(newStream(), 'no-stream', [newEvent({ data })])));
    }
    const before = await heldBytes();
    let least = Number.POSITIVE_INFINITY; // What was not given back yet comes on top.
    let count = 0;
    let nextLook = 0;
    for await (const message of log.subscribe()) {
      if (message.kind !== 'events') continue;
      if (count === 0) await sleep(1_000); // Time enough to fetch all of it, for one that fetches ahead without bound.
      if (count < EVENTS / 2 && count >= nextLook) {
        least = Math.min(least, (await heldBytes()) - before);
        nextLook += EVENTS / 10;
      }
      count += message.events.length;
      if (count >= EVENTS) break;
    }
    t.equal(count, EVENTS);
    t.ok(least < (EVENTS * EVENT_BYTES) / 4, `${Math.round(least / 1e6)} MB of 80 MB were held`);
  });
