import { join } from 'node:path';
import {
  type Appended,
  type EventToAppend,
  type ExpectedRevision,
  type LoggedEvent,
  type Position,
  type ReadStreamOptions,
  RevisionConflict,
  StreamTombstoned,
} from '../../src/event-log/port.ts';
import { openForWriting } from '../../src/event-log/sqlite/database.ts';
import { fromPosition, toPosition } from '../../src/event-log/sqlite/position.ts';
import { Reads } from '../../src/event-log/sqlite/reads.ts';
import { Writer } from '../../src/event-log/sqlite/writer.ts';

/** What a log does, without the time that it takes and the ways in which it can be lost. */
export interface LogSemantics {
  /** Throws RevisionConflict, StreamTombstoned. */
  append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Appended;
  tombstone(stream: string): void;
  /** Throws StreamTombstoned. */
  readStream(stream: string, options?: ReadStreamOptions): readonly LoggedEvent[];
  after(position: Position | undefined): readonly LoggedEvent[];
  /** Whether a write whose sender was lost may still be on its way. */
  readonly writesMayComeLate: boolean;
  close(): void;
}

const EVERYTHING = { events: Number.MAX_SAFE_INTEGER, characters: Number.MAX_SAFE_INTEGER };

/** The embedded log itself: its writer and its reads, on one thread and without syncs. */
export const embeddedLog = (directory: string): LogSemantics => {
  const database = openForWriting(join(directory, 'log.sqlite'));
  database.exec('PRAGMA synchronous = OFF');
  const writer = new Writer(database);
  const reads = new Reads(database);
  return {
    append: (stream, expected, events) => {
      const [result] = writer.commit([{ kind: 'append', stream, expected, events }]);
      if (result?.kind === 'conflict') throw new RevisionConflict(stream, expected, result.actual);
      if (result?.kind === 'tombstoned') throw new StreamTombstoned(stream);
      if (result?.kind !== 'appended') throw new Error(`${stream} cannot be written`);
      return { revision: result.revision, position: toPosition(result.position) };
    },
    tombstone: (stream) => {
      writer.commit([{ kind: 'tombstone', stream }]);
    },
    readStream: (stream, options = {}) => reads.stream(stream, options),
    after: (position) =>
      reads.after({ after: fromPosition(position), until: Number.MAX_SAFE_INTEGER }, EVERYTHING).events,
    writesMayComeLate: false,
    close: () => database.close(),
  };
};

/**
 * A model of EventStoreDB as it was seen to behave: it knows a repeat by the ids that stand behind the expected revision, compares no
 * content, takes an id again in another stream and at another revision, leaves gaps between positions, and shows what was tombstoned among
 * all events as long as it is not scavenged.
 */
export const eventStoreDbModel = (): LogSemantics => {
  const all: LoggedEvent[] = [];
  const streams = new Map<string, LoggedEvent[]>();
  const tombstoned = new Set<string>();
  const eventsOf = (stream: string): LoggedEvent[] => {
    if (tombstoned.has(stream)) throw new StreamTombstoned(stream);
    return streams.get(stream) ?? [];
  };
  let place = 0;
  return {
    append: (stream, expected, events) => {
      const before = eventsOf(stream);
      const first = expected === 'no-stream' ? 0 : expected + 1;
      if (before.length !== first) {
        const there = before.slice(first, first + events.length);
        const last = there.at(-1);
        const isRepeat = there.length === events.length && there.every(({ id }, index) => id === events[index]?.id);
        if (isRepeat && last !== undefined) return { revision: last.revision, position: last.position };
        throw new RevisionConflict(stream, expected, before.length === 0 ? 'no-stream' : before.length - 1);
      }
      const written = events.map((event, index): LoggedEvent => {
        place += event.data.length + event.metadata.length;
        return { ...event, stream, revision: first + index, position: String(place).padStart(19, '0') };
      });
      all.push(...written);
      streams.set(stream, [...before, ...written]);
      const last = written.at(-1) as LoggedEvent;
      return { revision: last.revision, position: last.position };
    },
    tombstone: (stream) => {
      tombstoned.add(stream);
    },
    readStream: (stream, { direction, from, limit } = {}) => {
      const events = eventsOf(stream);
      const found =
        direction === 'backwards'
          ? events.filter(({ revision }) => from === undefined || revision < from).reverse()
          : events.filter(({ revision }) => from === undefined || revision > from);
      return found.slice(0, limit);
    },
    after: (position) => all.filter((event) => position === undefined || event.position > position),
    writesMayComeLate: true,
    close: () => {},
  };
};
