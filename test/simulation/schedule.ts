import { setImmediate as turn } from 'node:timers/promises';
import type { Random } from './random.ts';

/** After so many turns in which nothing waits and nothing ends, something waits for what will never come. */
const MOST_IDLE_TURNS = 10_000;

/** Decides, by the seed alone, in which order things go on that happen at once. */
export interface Schedule {
  /** Goes on when it is its turn. */
  pause(): Promise<void>;
  /** Does something at a later time, whoever waits for it or not. */
  later(does: () => void): void;
  /** Lets everything go on until all of it has ended, and what was to come later has come. Throws at once what any of it throws. */
  run(work: readonly Promise<unknown>[]): Promise<void>;
}

export const createSchedule = (random: Random): Schedule => {
  const waiting: (() => void)[] = [];
  return {
    pause: () => new Promise((resolve) => waiting.push(resolve)),
    later: (does) => {
      waiting.push(does);
    },
    run: async (work) => {
      let ended = false;
      let failed = false;
      const all = Promise.all(work).finally(() => {
        ended = true;
      });
      all.catch(() => {
        failed = true;
      });
      let idle = 0;
      // What failed keeps others waiting that would go on until it has ended.
      while (!failed && (!ended || waiting.length > 0)) {
        await turn();
        const [next] = waiting.splice(random.below(Math.max(1, waiting.length)), 1);
        idle = next === undefined ? idle + 1 : 0;
        if (idle > MOST_IDLE_TURNS) throw new Error('something waits for what will never come');
        next?.();
      }
      await all;
    },
  };
};
