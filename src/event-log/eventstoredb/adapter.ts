import {
  type AppendResult,
  type AppendToStreamOptions,
  BACKWARDS,
  END,
  ErrorType,
  FORWARDS,
  NO_STREAM,
  START,
} from '@eventstore/db-client';
import { charactersOf } from '../append-budget.ts';
import type {
  Appended,
  EventLog,
  EventToAppend,
  ExpectedRevision,
  LoggedEvent,
  Position,
  ReadStreamOptions,
  SubscribeOptions,
  SubscriptionMessage,
} from '../port.ts';
import { assertSizes, EventTooLarge, LogClosed, LogUnavailable, RevisionConflict, StreamTombstoned } from '../port.ts';
import { AppendGate } from './append-gate.ts';
import { Connection } from './connection.ts';
import { fromPosition, LedgerNames, toEventData, toPosition } from './encoding.ts';
import { isRefusal } from './failures.ts';
import { LogEnd } from './log-end.ts';
import { CALL_DEADLINE_MS, credentialsOf, type EventStoreDbOptions, withSettings } from './settings.ts';
import { itemsOf } from './streaming-read.ts';
import { type SubscriptionSource, subscribe } from './subscription.ts';
import { within } from './timing.ts';

/** For when the deadline itself does not fire. */
const CALL_TIMER_MS = CALL_DEADLINE_MS + 1_000;

class EventStoreDbEventLog implements EventLog {
  readonly #closing = new AbortController();
  readonly #source: SubscriptionSource;
  readonly #gate = new AppendGate();
  readonly #underWay = new Set<Promise<unknown>>();
  #closed: Promise<void> | undefined;

  constructor(options: EventStoreDbOptions) {
    const names = new LedgerNames(options.ledger);
    const credentials = credentialsOf(options);
    const connection = new Connection(withSettings(options.connectionString), this.#closing.signal);
    this.#source = { connection, names, credentials, logEnd: new LogEnd(names, credentials) };
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    this.#assertOpen();
    assertSizes(events);
    const result = await this.#untilClosed(this.#appendToServer(stream, expected, events));
    const revision = Number(result.nextExpectedRevision);
    if (!result.success) throw new RevisionConflict(stream, expected, revision < 0 ? 'no-stream' : revision);
    if (result.position === undefined) throw new LogUnavailable('EventStoreDB answered without a position');
    const position = toPosition(result.position);
    this.#source.logEnd.seen(position);
    return { revision, position };
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly LoggedEvent[]> {
    this.#assertOpen();
    const { direction = 'forwards', from, limit = Number.MAX_SAFE_INTEGER } = options;
    const isBackwards = direction === 'backwards';
    if (limit === 0 || (isBackwards && from === 0)) return [];
    const firstOfAll = isBackwards ? END : START;
    const { connection, names, credentials } = this.#source;
    const read = connection.repeat(async ({ client, retired }) => {
      const events: LoggedEvent[] = [];
      const items = client.readStream(names.onServer(stream), {
        direction: isBackwards ? BACKWARDS : FORWARDS,
        fromRevision: from === undefined ? firstOfAll : BigInt(isBackwards ? from - 1 : from + 1),
        maxCount: limit,
        credentials,
        requiresLeader: true, // Another node may not have the last events yet.
      });
      for await (const { event } of itemsOf(items, retired))
        if (event !== undefined) events.push(names.toLoggedEvent(event));
      return events;
    });
    try {
      return await this.#untilClosed(read);
    } catch (error) {
      if (isRefusal(error, ErrorType.STREAM_NOT_FOUND)) return [];
      throw failureOf(error, stream);
    }
  }

  async *readAll(after?: Position): AsyncGenerator<readonly LoggedEvent[], void, undefined> {
    const until = await this.head();
    if (until === undefined || (after !== undefined && after >= until)) return;
    // The client reads only the log of all ledgers; a subscription is filtered on the server.
    for await (const message of this.subscribe({ after })) {
      if (message.kind === 'caught-up') continue;
      // What is of other ledgers on the server is looked through as well: an empty chunk says that it goes on.
      yield message.kind === 'events' ? message.events.filter(({ position }) => position <= until) : [];
      const position = message.kind === 'events' ? message.events.at(-1)?.position : message.position;
      if (position !== undefined && position >= until) return;
    }
    throw new LogClosed();
  }

  async *subscribe({
    after,
    streams,
    signal,
  }: SubscribeOptions = {}): AsyncGenerator<SubscriptionMessage, void, undefined> {
    this.#assertOpen();
    if (after !== undefined) fromPosition(after); // Throws now, not each time that the server is asked.
    const closing = this.#closing.signal;
    const ended = signal === undefined ? closing : AbortSignal.any([signal, closing]);
    yield* subscribe(this.#source, { after, streams, ended });
  }

  async head(): Promise<Position | undefined> {
    this.#assertOpen();
    const { connection, logEnd } = this.#source;
    try {
      return await this.#untilClosed(connection.repeat((lease) => logEnd.head(lease)));
    } catch (error) {
      throw failureOf(error);
    }
  }

  async tombstone(stream: string): Promise<void> {
    this.#assertOpen();
    const { connection, names, credentials } = this.#source;
    const options = { credentials, requiresLeader: true };
    try {
      await this.#untilClosed(
        connection.repeat(({ client }) =>
          within(CALL_TIMER_MS, client.tombstoneStream(names.onServer(stream), options)),
        ),
      );
    } catch (error) {
      if (!isRefusal(error, ErrorType.STREAM_DELETED)) throw failureOf(error, stream);
    }
  }

  /** A server that cannot write is none: it ends, or is no leader any more, and `head` fails as well. */
  failure(): undefined {
    return undefined;
  }

  close(): Promise<void> {
    this.#closing.abort();
    this.#closed ??= Promise.allSettled(this.#underWay).then(() => this.#source.connection.close());
    return this.#closed;
  }

  async #appendToServer(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
  ): Promise<AppendResult> {
    const { connection, names, credentials } = this.#source;
    const data = events.map(toEventData);
    const options: AppendToStreamOptions = {
      expectedRevision: expected === 'no-stream' ? NO_STREAM : BigInt(expected),
      credentials,
      requiresLeader: true,
    };
    try {
      // Repeated with the same ids and expected revision, to which the server gives its first answer again.
      return await this.#gate.pass(charactersOf(events), () =>
        connection.repeat(({ client }) =>
          within(CALL_TIMER_MS, client.appendToStream(names.onServer(stream), data, options)),
        ),
      );
    } catch (error) {
      throw failureOf(error, stream, events);
    }
  }

  /** What `close` waits for. */
  async #untilClosed<Answer>(answer: Promise<Answer>): Promise<Answer> {
    this.#underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.#underWay.delete(answer);
    }
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw new LogClosed();
  }
}

/** A refusal of the server as the port names it. */
const failureOf = (error: unknown, stream = '', events: readonly EventToAppend[] = []): unknown => {
  if (isRefusal(error, ErrorType.STREAM_DELETED)) return new StreamTombstoned(stream);
  if (isRefusal(error, ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED)) {
    return new EventTooLarge(events.at(-1)?.type ?? '', charactersOf(events));
  }
  if (error instanceof Error && 'type' in error) {
    return new LogUnavailable(`EventStoreDB refuses: ${error.message}`, { cause: error });
  }
  return error;
};

/**
 * The event log of a ledger on EventStoreDB 23.10 or later. Nothing is connected before the first call, and whatever
 * can be waited for is: a server that is away for some seconds is not noticed. One for a thread: two clients beside
 * each other on one have been seen to disturb each other; the threads of the views have one each. Throws TypeError for options that cannot be.
 */
export const openEventStoreDbEventLog = (options: EventStoreDbOptions): EventLog => new EventStoreDbEventLog(options);
