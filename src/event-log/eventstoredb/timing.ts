import { withDeadline } from '../../deadline.ts';
import { NoAnswer } from './failures.ts';

/** A call's answer, or NoAnswer after so many milliseconds: deadlines of the client do not fire against a frozen node. */
export const within = <Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> =>
  withDeadline(milliseconds, answer, () => new NoAnswer(`no answer in ${milliseconds} ms`));

/** Ends early, and without an error, when the signal says so. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;

/** Delays that double, with a random part, so that many clients do not come back in step. */
export class Backoff {
  #failures = 0;

  next(): number {
    const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures);
    this.#failures += 1;
    return longest * (0.5 + Math.random() / 2);
  }

  reset(): void {
    this.#failures = 0;
  }
}
