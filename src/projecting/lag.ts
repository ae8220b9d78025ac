import type { EventLogReader, Position } from '../event-log/port.ts';
import type { Projector } from './projector.ts';

const LOOK_MS = 1_000;

/** Longer than anybody waits before it is looked into; what is older is told as so old. */
const MOST_ENDS = 7_200;

/** How far views are behind the log. */
export interface Lag {
  /** Since when, in seconds, the log has had more than this position; 0 where it has no more. Exact to about a second. */
  seconds(position: Position): number;
}

/** Ends of the log as they were seen, as far as some view has not reached them. */
export class SeenEnds implements Lag {
  readonly #clock: () => number;
  #ends: { readonly position: Position; readonly seenAt: number }[] = [];

  /** `clock` in milliseconds; it never goes back. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** The log ends here now; `scanned`: every view has come so far. */
  see(end: Position | undefined, scanned: Position): void {
    this.#ends = this.#ends.filter(({ position }) => position > scanned);
    const last = this.#ends.at(-1)?.position ?? scanned;
    if (end !== undefined && end > last && this.#ends.length < MOST_ENDS) {
      this.#ends.push({ position: end, seenAt: this.#clock() });
    }
  }

  seconds(position: Position): number {
    const firstAhead = this.#ends.find((end) => end.position > position);
    return firstAhead === undefined ? 0 : (this.#clock() - firstAhead.seenAt) / 1_000;
  }
}

/** Looks at the end of the log once a second until it is stopped. */
export const watchLag = (
  log: Pick<EventLogReader, 'head'>,
  { scanned }: Pick<Projector, 'scanned'>,
): Lag & { stop(): void } => {
  const ends = new SeenEnds(() => performance.now());
  let isAsking = false;
  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    log
      .head()
      .then((end) => ends.see(end, scanned()))
      // A log that does not answer is told by readiness; what it had before is still to be reached.
      .catch(() => {})
      .finally(() => {
        isAsking = false;
      });
  }, LOOK_MS).unref();
  return { seconds: (position) => ends.seconds(position), stop: () => clearInterval(timer) };
};
