import type {
  Appended,
  EventLog,
  EventLogReader,
  EventToAppend,
  ExpectedRevision,
  LoggedEvent,
  Position,
  ReadStreamOptions,
  SubscribeOptions,
  SubscriptionMessage,
} from '../port.ts';
import { assertSizes, RevisionConflict, StreamTombstoned } from '../port.ts';
import { toPosition } from './position.ts';
import { SqliteEventLogReader } from './reader.ts';
import { openRemoteRowSource, type RemoteRowSource } from './remote-row-source.ts';
import { WriteQueue } from './write-queue.ts';

/** Puts the two halves together, each with a thread of its own. */
class SqliteEventLog implements EventLog {
  readonly #writes: WriteQueue;
  readonly #rows: RemoteRowSource;
  readonly #reader: EventLogReader;

  constructor(file: string, writes: WriteQueue) {
    this.#writes = writes;
    this.#rows = openRemoteRowSource(file);
    this.#reader = new SqliteEventLogReader(file, this.#rows);
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    assertSizes(events);
    const result = await this.#writes.write({ kind: 'append', stream, expected, events });
    switch (result.kind) {
      case 'appended':
        return { revision: result.revision, position: toPosition(result.position) };
      case 'conflict':
        throw new RevisionConflict(stream, expected, result.actual);
      case 'tombstoned':
        throw new StreamTombstoned(stream);
    }
  }

  async tombstone(stream: string): Promise<void> {
    await this.#writes.write({ kind: 'tombstone', stream });
  }

  failure(): string | undefined {
    return this.#writes.failure ?? this.#rows.damage();
  }

  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly LoggedEvent[]> {
    return this.#reader.readStream(stream, options);
  }

  readAll(after?: Position): AsyncIterable<readonly LoggedEvent[]> {
    return this.#reader.readAll(after);
  }

  subscribe(options?: SubscribeOptions): AsyncIterable<SubscriptionMessage> {
    return this.#reader.subscribe(options);
  }

  head(): Promise<Position | undefined> {
    return this.#reader.head();
  }

  async close(): Promise<void> {
    await Promise.all([this.#writes.close(), this.#reader.close()]);
  }
}

/**
 * Opens the embedded event log for writing and reading; makes the file of `eventLogFile` where it is missing. Throws
 * LogLocked where another process writes it, LogUnavailable where it cannot be opened.
 */
export const openSqliteEventLog = async (file: string): Promise<EventLog> => {
  const writes = await WriteQueue.open(file);
  return new SqliteEventLog(file, writes);
};
