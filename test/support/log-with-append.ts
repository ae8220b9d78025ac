import type { EventLog } from '../../src/event-log/port.ts';

/** A log that appends in a way of its own, and does everything else as the real one. */
export const withAppend = (log: EventLog, append: EventLog['append']): EventLog => ({
  append,
  readStream: (...args) => log.readStream(...args),
  readAll: (...args) => log.readAll(...args),
  subscribe: (...args) => log.subscribe(...args),
  head: () => log.head(),
  tombstone: (stream) => log.tombstone(stream),
  failure: () => log.failure(),
  close: () => log.close(),
});
