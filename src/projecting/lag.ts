import type { EventLogReader, Position } from '../event-log/port.ts';

const LOOK_MS = 1_000;

/** So long ago is remembered; whoever is behind for longer is told as so far behind. */
const REMEMBERED_ENDS = 7_200;

/** How far what follows the log is behind it. */
export interface Lag {
  /** Since when, in seconds, the log has had more than this position; 0 where it has no more. Exact to about a second. */
  seconds(position: Position): number;
}

/** The ends of the log as they were seen, one after the other. */
export class SeenEnds implements Lag {
  readonly #clock: () => number;
  readonly #ends: { readonly position: Position; readonly seenAt: number }[] = [];

  /** `clock` in milliseconds; it never goes back. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** The log ends here now. */
  see(end: Position | undefined): void {
    const last = this.#ends.at(-1)?.position ?? '';
    if (end === undefined || end <= last) return;
    this.#ends.push({ position: end, seenAt: this.#clock() });
    if (this.#ends.length > REMEMBERED_ENDS) this.#ends.shift();
  }

  seconds(position: Position): number {
    // From the latest back: who follows is near the end.
    const reached = this.#ends.findLastIndex((end) => end.position <= position);
    const firstAhead = this.#ends[reached + 1];
    return firstAhead === undefined ? 0 : (this.#clock() - firstAhead.seenAt) / 1_000;
  }
}

/** Looks at the end of the log once a second until it is stopped. */
export const watchLag = (log: Pick<EventLogReader, 'head'>): Lag & { stop(): void } => {
  const ends = new SeenEnds(() => performance.now());
  let isAsking = false;
  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    log
      .head()
      .then((end) => ends.see(end))
      // A log that does not answer is told by readiness; what it had before is still to be reached.
      .catch(() => {})
      .finally(() => {
        isAsking = false;
      });
  }, LOOK_MS).unref();
  return { seconds: (position) => ends.seconds(position), stop: () => clearInterval(timer) };
};
