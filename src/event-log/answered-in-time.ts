import { withDeadline } from '../deadline.ts';
import { type EventLog, type EventLogReader, LogUnavailable } from './port.ts';

/** Longer than an adapter keeps at a call that a server or a disk may still answer. */
const LONGEST_MS = 30_000;

type InTime = <Answer>(answer: Promise<Answer>) => Promise<Answer>;

const endingAfter =
  (milliseconds: number): InTime =>
  (answer) =>
    withDeadline(
      milliseconds,
      answer,
      () => new LogUnavailable(`the event log did not answer within ${milliseconds} ms`),
    );

async function* eachInTime<Part>(parts: AsyncIterable<Part>, inTime: InTime): AsyncGenerator<Part, void, undefined> {
  const iterator = parts[Symbol.asyncIterator]();
  let isWaiting = false;
  try {
    for (;;) {
      isWaiting = true;
      const { done, value } = await inTime(iterator.next());
      isWaiting = false;
      if (done === true) return;
      yield value;
    }
  } finally {
    const ended = iterator.return?.();
    // One that did not answer need not answer to this either; where it does, it frees what it holds.
    if (isWaiting) ended?.catch(() => {});
    else await ended;
  }
}

const reading = (log: EventLogReader, inTime: InTime): EventLogReader => ({
  readStream: (...args) => inTime(log.readStream(...args)),
  readAll: (after) => eachInTime(log.readAll(after), inTime),
  // It may wait for as long as nothing happens; that it says nothing of what happens is seen by how far its reader is behind.
  subscribe: (options) => log.subscribe(options),
  head: () => inTime(log.head()),
  close: () => log.close(),
});

/** A log whose calls all end, with LogUnavailable where no answer comes: one call that hangs would keep a process waiting for ever. */
export const readerAnsweredInTime = (log: EventLogReader, longestMs = LONGEST_MS): EventLogReader =>
  reading(log, endingAfter(longestMs));

/** The same of a log that is written. After a write that was not answered the outcome is unknown. */
export const answeredInTime = (log: EventLog, longestMs = LONGEST_MS): EventLog => {
  const inTime = endingAfter(longestMs);
  return {
    ...reading(log, inTime),
    append: (...args) => inTime(log.append(...args)),
    tombstone: (stream) => inTime(log.tombstone(stream)),
    failure: () => log.failure(),
  };
};
