import type { EventStoreDBClient } from '@eventstore/db-client';
import { LogUnavailable } from '../port.ts';
import { openClient } from './client.ts';
import { kindOf } from './failures.ts';
import { Backoff, pause, within } from './timing.ts';

/** For how long a call is repeated: a cluster that loses its leader writes again after one to five seconds. */
const REPEATED_FOR_MS = 15_000;

/** An unknown failure may be one that repeating does not mend. */
const MOST_UNKNOWN_FAILURES = 3;

/** A client without success for so long is not trusted to find its way back. */
const MISTRUSTED_AFTER_MS = 10_000;

const CLOSED_WITHIN_MS = 2_000;

/** A client, and the signal that it is given up for another one. */
export interface Lease {
  readonly client: EventStoreDBClient;
  readonly retired: AbortSignal;
}

/** The one client of the log: calls through it are repeated, and it is replaced when it has lost its way. */
export class Connection {
  readonly #connectionString: string;
  readonly #closing: AbortSignal;
  #client: EventStoreDBClient;
  #retiring = new AbortController();
  #lateInARow = 0;
  #lastSuccess = Date.now();

  /** `connectionString` carries the adapter's settings already. When `closing` speaks, nothing is repeated any more. */
  constructor(connectionString: string, closing: AbortSignal) {
    this.#connectionString = connectionString;
    this.#closing = closing;
    this.#client = openClient(connectionString);
  }

  lease(): Lease {
    return { client: this.#client, retired: this.#retiring.signal };
  }

  /**
   * The answer to a call that may be repeated without harm. Throws LogUnavailable when the server could not be brought
   * to answer, and what the server answered when it refused.
   */
  async repeat<Answer>(call: (lease: Lease) => Promise<Answer>): Promise<Answer> {
    const giveUpAt = Date.now() + REPEATED_FOR_MS;
    const backoff = new Backoff();
    for (let unknown = 0; ; ) {
      const lease = this.lease();
      try {
        const answer = await call(lease);
        this.succeeded();
        return answer;
      } catch (error) {
        const kind = this.failed(error, lease.client);
        if (kind === 'answered') throw error;
        if (kind === 'unknown') unknown += 1;
        const delay = backoff.next();
        const isOver = this.#closing.aborted || Date.now() + delay > giveUpAt || unknown >= MOST_UNKNOWN_FAILURES;
        if (isOver) throw new LogUnavailable(`EventStoreDB did not answer: ${error}`, { cause: error });
        await pause(delay, this.#closing);
      }
    }
  }

  succeeded(): void {
    this.#lateInARow = 0;
    this.#lastSuccess = Date.now();
  }

  /** Takes note of a failure of `client`, and says what kind it is. */
  failed(error: unknown, client: EventStoreDBClient): ReturnType<typeof kindOf> {
    const kind = kindOf(error);
    if (kind === 'answered') this.succeeded();
    if (kind === 'answered' || client !== this.#client) return kind;
    this.#lateInARow = kind === 'late' ? this.#lateInARow + 1 : 0;
    const isLost = kind === 'undiscovered' || this.#lateInARow >= 2;
    if (isLost || Date.now() - this.#lastSuccess > MISTRUSTED_AFTER_MS) this.#replaceClient();
    return kind;
  }

  async close(): Promise<void> {
    this.#retiring.abort();
    await within(CLOSED_WITHIN_MS, this.#client.dispose()).catch(() => undefined); // It goes with the process.
  }

  #replaceClient(): void {
    const old = this.#client;
    this.#retiring.abort();
    this.#retiring = new AbortController();
    this.#client = openClient(this.#connectionString);
    this.succeeded();
    old.dispose().catch(() => undefined); // It was given up; whether it ends well is of no interest.
  }
}
