import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { FETCHED_BYTES, freshBytes } from '../../src/sealing/random.ts';
import type { Random } from './random.ts';

/**
 * Lets the ids, keys, nonces and salts that the program draws come from a seed while something is done, so that it comes to the same log,
 * byte for byte, whenever it is done again.
 */
export const withSeededCrypto = async <Done>(random: Random, does: () => Promise<Done>): Promise<Done> => {
  const { randomBytes, randomUUID } = crypto;
  const seededBytes = (count: number): Buffer => Buffer.from(Array.from({ length: count }, () => random.below(256)));
  Object.assign(crypto, { randomBytes: seededBytes, randomUUID: () => random.uuid() });
  syncBuiltinESMExports();
  // What was fetched before is of another seed, or of none.
  freshBytes(FETCHED_BYTES);
  try {
    return await does();
  } finally {
    Object.assign(crypto, { randomBytes, randomUUID });
    syncBuiltinESMExports();
  }
};
