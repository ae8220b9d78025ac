import { setTimeout as wait } from 'node:timers/promises';

const WITHIN_MS = 2_000;
const LOOK_MS = 25;

/** Waits until something is seen that another thread brings about; false where it is not soon. Ends with the signal's reason. */
export const eventually = async (
  isSeen: () => boolean,
  { withinMs = WITHIN_MS, signal }: { readonly withinMs?: number; readonly signal?: AbortSignal } = {},
): Promise<boolean> => {
  for (let left = withinMs; left > 0; left -= LOOK_MS) {
    if (isSeen()) return true;
    await wait(LOOK_MS, undefined, { signal });
  }
  return isSeen();
};
