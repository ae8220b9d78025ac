/**
 * The event log as the rest of the service sees it. Two adapters keep these promises, the embedded one and
 * EventStoreDB; `test/event-log/contract.ts` is run against both.
 *
 * Positions are opaque text that orders by code unit: `a < b` means that `a` stands before `b` in the log. "From" is
 * exclusive everywhere: reading after a position never gives the event at it.
 */

/** Place of an event in the whole log. Never read into it; only compare it, store it and hand it back. */
export type Position = string;

/** Number of an event in its stream; the first has 0. */
export type Revision = number;

/** What a stream must look like for an append to be accepted. Commands always say it. */
export type ExpectedRevision = 'no-stream' | Revision;

/** JSON text, kept byte for byte: what is appended is what is read. Object keys must not look like array indexes. */
export type JsonText = string;

export interface EventToAppend {
  /** UUID, in lower case. */
  readonly id: string;
  readonly type: string;
  readonly data: JsonText;
  readonly metadata: JsonText;
}

export interface LoggedEvent extends EventToAppend {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
}

export interface Appended {
  /** Revision of the last event of the append. */
  readonly revision: Revision;
  /** Position of the last event of the append. */
  readonly position: Position;
}

export interface ReadStreamOptions {
  readonly direction?: 'forwards' | 'backwards';
  /** Exclusive: forwards gives later revisions, backwards earlier ones. Left out: from the start, or from the end. */
  readonly from?: Revision;
  /** At most so many events. Left out: all. */
  readonly limit?: number;
}

export interface SubscribeOptions {
  /** Exclusive. Left out: from the beginning. */
  readonly after?: Position | undefined;
  /** How the names of the streams begin whose events are delivered. Left out: all. */
  readonly streams?: readonly string[] | undefined;
  /** Ends the subscription without an error. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a subscription delivers. `events` come in log order, each once. `scanned` says that nothing up to `position` is
 * still to come (server checkpoints of a filtered subscription give it without events). `caught-up` says that
 * the subscription has gone over from the past to the present; it may come again after a reconnection.
 */
export type SubscriptionMessage =
  | { readonly kind: 'events'; readonly events: readonly LoggedEvent[] }
  | { readonly kind: 'scanned'; readonly position: Position }
  | { readonly kind: 'caught-up' };

export interface EventLogReader {
  /** Events of one stream in one go; empty where there is no such stream. Throws StreamTombstoned, LogUnavailable. */
  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly LoggedEvent[]>;

  /**
   * All events of the ledger after a position in log order, in chunks; ends at the end of the log as it was then. An empty chunk says that it
   * goes on.
   */
  readAll(after?: Position): AsyncIterable<readonly LoggedEvent[]>;

  /**
   * Catch-up, then live: the past after a position, then what is appended, with no gap and no double. The consumer
   * sets the pace: nothing more is fetched than a bounded buffer while it works. Reconnects by itself; ends only
   * through `signal`, `close()` or by an error that needs a person.
   */
  subscribe(options?: SubscribeOptions): AsyncIterable<SubscriptionMessage>;

  /** Position of the last event of the log; undefined where it is empty. */
  head(): Promise<Position | undefined>;

  /** Ends what is under way, then frees files and connections. Reading or appending after it throws LogClosed. */
  close(): Promise<void>;
}

export interface EventLog extends EventLogReader {
  /**
   * Appends all events to one stream or none. The answer comes after they are durable.
   * The same ids, stream and expected revision again give the first answer and write nothing.
   * Throws RevisionConflict, EventTooLarge, StreamTombstoned, LogUnavailable (outcome unknown: repeat with the same
   * ids and expected revision), LogOverloaded (nothing written), LogClosed.
   */
  append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended>;

  /** Makes a stream unreadable for good; a stream of that name can never be written again. Harmless when repeated. */
  tombstone(stream: string): Promise<void>;

  /**
   * Why the log cannot do all its work, for whoever runs the service; undefined where its calls went well. A log that had to refuse a write
   * finds out by itself when it can write again; a damaged one stays so until a person has seen to it.
   */
  failure(): string | undefined;
}

/**
 * Largest append in bytes of UTF-8, data and metadata of its events together, and so the largest event too.
 * EventStoreDB refuses appends over 1 MiB, however many events they have.
 */
export const MAX_EVENT_BYTES = 1_000_000;

export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: ExpectedRevision;
  constructor(stream: string, expected: ExpectedRevision, actual: ExpectedRevision) {
    super(`stream ${stream} is at ${actual}, not at ${expected}`);
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
  constructor(type: string, bytes: number) {
    super(
      `event ${type} makes an append of ${bytes} bytes of data and metadata; at most ${MAX_EVENT_BYTES} are accepted`,
    );
  }
}

export class StreamTombstoned extends Error {
  override readonly name = 'StreamTombstoned';
  constructor(stream: string) {
    super(`stream ${stream} was tombstoned; it can neither be read nor written`);
  }
}

/** The log cannot be reached now. After an append the outcome is unknown; the same append may be repeated. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
}

/** More is waiting than the log can take soon. Nothing was written. */
export class LogOverloaded extends Error {
  override readonly name = 'LogOverloaded';
}

export class LogClosed extends Error {
  override readonly name = 'LogClosed';
  constructor() {
    super('the event log is closed');
  }
}

/** Another process writes this log file. */
export class LogLocked extends Error {
  override readonly name = 'LogLocked';
}

/** Checks what is to be appended before it is sent to a log. Throws EventTooLarge; RangeError where there is no event. */
export const assertSizes = (events: readonly EventToAppend[]): void => {
  if (events.length === 0) throw new RangeError('an append has at least one event');
  let bytes = 0;
  for (const event of events) {
    bytes += Buffer.byteLength(event.data) + Buffer.byteLength(event.metadata);
    if (bytes > MAX_EVENT_BYTES) throw new EventTooLarge(event.type, bytes);
  }
};
