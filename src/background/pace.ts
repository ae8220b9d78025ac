/**
 * Shortest time from one delivery to the next once the past is over: what comes meanwhile is taken in few commits, and the more there is
 * in a commit, the less each event of it costs. An event that comes after a pause is delivered at once; whoever waits for a view hurries
 * the next delivery.
 */
const PACE_MS = 200;

/** Lets a projection rest between two deliveries. */
export class Pace {
  #isHurried = false;
  #wake: (() => void) | undefined;

  /** Somebody waits: the rest that there is, or else the next one, is left out. */
  hurry(): void {
    this.#isHurried = true;
    this.#wake?.();
  }

  /** Waits for what is left of the pace since a delivery began (`performance.now()`). */
  async rest(deliveredAt: number): Promise<void> {
    const left = PACE_MS - (performance.now() - deliveredAt);
    if (left > 0 && !this.#isHurried) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = undefined;
    this.#isHurried = false;
  }
}
