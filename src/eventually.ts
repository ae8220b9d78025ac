import { setTimeout as wait } from 'node:timers/promises';

/** How long and how often it is looked whether the thread of a tree has come by what was just appended. */
const SEEN_WITHIN_MS = 2_000;
const LOOK_MS = 25;

/** Waits until something is seen of the tree, which another thread writes; false where it is not soon. */
export const eventually = async (isSeen: () => boolean): Promise<boolean> => {
  for (let left = SEEN_WITHIN_MS; left > 0; left -= LOOK_MS) {
    if (isSeen()) return true;
    await wait(LOOK_MS);
  }
  return isSeen();
};
