import {
  type AllStreamSubscription,
  type EventStoreDBClient,
  type Position as LogPosition,
  type START,
  streamNameFilter,
} from '@eventstore/db-client';
import type { LoggedEvent, Position, SubscriptionMessage } from '../port.ts';
import { type LedgerNames, toPosition } from './encoding.ts';
import { NoAnswer } from './failures.ts';
import type { Credentials } from './settings.ts';
import { within } from './timing.ts';

/** After so many events of others the server says how far it has looked. */
const SEARCH_WINDOW = 256;

/** Events that wait for the consumer; the connection holds about as many again. */
const BUFFERED_EVENTS = 32;

/** Events of one message at most. */
const LARGEST_MESSAGE = 256;

const CONFIRMED_WITHIN_MS = 5_000;

/** Where a subscription begins on the server, after which position it gives events, and of which streams. */
export interface FeedStart {
  readonly beginning: LogPosition | typeof START;
  readonly after: Position | undefined;
  readonly streams: readonly string[] | undefined;
}

/** A message that comes after so many events. */
interface Mark {
  readonly afterEvents: number;
  readonly message: SubscriptionMessage;
}

/**
 * One subscription of the client, pulled by its consumer. Events are taken from the client's stream by `read()`, which
 * keeps their order and holds the server back; what the client tells beside the stream (checkpoints, caught up) runs
 * ahead of the events that the stream still holds, and is put back in its place here.
 */
export class SubscriptionFeed {
  readonly #subscription: AllStreamSubscription;
  readonly #names: LedgerNames;
  readonly #after: Position | undefined;
  readonly #marks: Mark[] = [];
  readonly #confirmation = Promise.withResolvers<void>();
  #taken = 0;
  #failure: unknown;
  #wake: () => void = () => undefined;

  constructor(
    client: EventStoreDBClient,
    names: LedgerNames,
    credentials: Credentials,
    { beginning, after, streams }: FeedStart,
  ) {
    this.#names = names;
    this.#after = after;
    this.#confirmation.promise.catch(() => undefined); // Not every feed is waited for until then.
    this.#subscription = client.subscribeToAll(
      {
        fromPosition: beginning,
        credentials,
        filter: streamNameFilter({
          prefixes: names.beginnings(streams),
          maxSearchWindow: SEARCH_WINDOW,
          checkpointReached: async (_, position) => this.#mark({ kind: 'scanned', position: toPosition(position) }),
        }),
      },
      { highWaterMark: BUFFERED_EVENTS },
    );
    this.#subscription
      .on('confirmation', () => this.#confirmation.resolve())
      .on('caughtUp', () => this.#mark({ kind: 'caught-up' }))
      .on('readable', () => this.#wake())
      .on('error', (error) => this.#fail(error))
      .on('end', () => this.#fail(new NoAnswer('the subscription ended')));
  }

  /** Throws NoAnswer where the server does not say that it has the subscription, or what the client failed with. */
  confirmed(): Promise<void> {
    return within(CONFIRMED_WITHIN_MS, this.#confirmation.promise);
  }

  /** What has come, without waiting; of how far the log was scanned only the furthest. Throws what the client failed with. */
  take(): readonly SubscriptionMessage[] {
    this.#throwFailure();
    const messages: SubscriptionMessage[] = [];
    for (;;) {
      const next = this.#marks[0];
      const untilMark = next === undefined ? LARGEST_MESSAGE : next.afterEvents - this.#taken;
      const events = this.#takeEvents(Math.min(untilMark, LARGEST_MESSAGE));
      if (events.length > 0) messages.push({ kind: 'events', events });
      if (next === undefined || next.afterEvents > this.#taken) return messages;
      if (next.message.kind === 'scanned' && messages.at(-1)?.kind === 'scanned') messages.pop();
      messages.push(next.message);
      this.#marks.shift();
    }
  }

  /** Whether there may be something to take; false when so many milliseconds have passed in silence. */
  somethingNew(milliseconds: number): Promise<boolean> {
    if (this.#failure !== undefined || this.#marks.length > 0 || this.#subscription.readableLength > 0) {
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  /** Ends a wait, and the subscription on the server. */
  close(): void {
    this.#fail(new NoAnswer('the subscription was closed'));
    this.#subscription.unsubscribe().catch(() => undefined); // Where it was never opened there is nothing to end.
    this.#subscription.destroy();
  }

  #takeEvents(limit: number): readonly LoggedEvent[] {
    const events: LoggedEvent[] = [];
    for (let count = 0; count < limit; count += 1) {
      const resolved = this.#subscription.read();
      if (resolved === null) break;
      this.#taken += 1;
      const { event } = resolved;
      if (event === undefined || !this.#names.owns(event)) continue;
      const logged = this.#names.toLoggedEvent(event);
      if (this.#after === undefined || logged.position > this.#after) events.push(logged);
    }
    return events;
  }

  #mark(message: SubscriptionMessage): void {
    this.#marks.push({ afterEvents: this.#taken + this.#subscription.readableLength, message });
    this.#wake();
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#confirmation.reject(error);
    this.#wake();
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}
