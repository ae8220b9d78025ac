import { randomBytes } from 'node:crypto';

/** Fetched at once: each fetch is a call into the system, which costs more than sealing what the bytes are for. */
export const FETCHED_BYTES = 8_192;

let fetched = Buffer.alloc(0);
let used = 0;

/** Bytes from the system's generator, each given out once: nonces and salts, of which every event needs some, and keys. */
export const freshBytes = (count: number): Buffer => {
  if (used + count > fetched.length) {
    fetched = randomBytes(Math.max(FETCHED_BYTES, count));
    used = 0;
  }
  const from = used;
  used += count;
  return fetched.subarray(from, used);
};
