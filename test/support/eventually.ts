import { setTimeout as wait } from 'node:timers/promises';

const TRIES = 2_400;
const BETWEEN_MS = 25;

/** Waits until something holds; throws where it does not in good time. */
export const eventually = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < TRIES; tries++) {
    if (await holds()) return;
    await wait(BETWEEN_MS);
  }
  throw new Error('it did not come about');
};
