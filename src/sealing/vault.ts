import { randomUUID } from 'node:crypto';
import type { EventLog } from '../event-log/port.ts';
import { randomKey } from './cipher.ts';
import type { KeyEncryptionKeys } from './key-encryption-key.ts';
import { type DataKey, type KeyRing, openKeyRing } from './key-ring.ts';
import { createKeyReplacing, type KeyReplacing } from './replacing.ts';
import { vaultStream } from './streams.ts';
import { wrapKey } from './wrapped-key.ts';

export interface Vault extends KeyRing, KeyReplacing {
  /** A key that no case has yet. */
  take(): Promise<DataKey>;
  /** Takes a key back that was taken and under which nothing was written. */
  giveBack(key: DataKey): void;
  /** The id of the key-encryption key under which keys are wrapped now. */
  readonly wrappedUnder: string;
}

/** How many keys are created at first, and at most, when there are none left. */
const FIRST_BATCH = 4;
const LARGEST_BATCH = 256;

/**
 * The vault of a ledger. Keys are created ahead, in batches that grow with the demand, so that opening a case does not wait for
 * a key of its own; those that are left when the process ends are never used.
 */
export const openVault = (log: EventLog, keyEncryptionKeys: KeyEncryptionKeys, clock: () => Date): Vault => {
  const ring = openKeyRing(log, keyEncryptionKeys);
  const spare: DataKey[] = [];
  const waiting: PromiseWithResolvers<DataKey>[] = [];
  let batch = FIRST_BATCH;
  /** Keys that are being created. */
  let underWay = 0;

  const give = (key: DataKey): void => {
    const first = waiting.shift();
    if (first === undefined) spare.push(key);
    else first.resolve(key);
  };

  const nextCreated = (): Promise<DataKey> => {
    const first = Promise.withResolvers<DataKey>();
    waiting.push(first);
    return first.promise;
  };

  /** Begins another batch where few are left, and few are on their way: one call that hangs makes none of those wait that come after it. */
  const refill = (): void => {
    const enough = Math.max(batch / 4, waiting.length + 1);
    if (spare.length + underWay < enough) createBatch(batch);
  };

  /** Of those that are lost, as where the log is hard to reach, the others do not wait; where all are, whoever waits is told why. */
  const createBatch = async (count: number): Promise<void> => {
    underWay += count;
    const creations = Array.from({ length: count }, async () => {
      try {
        give(await createKey());
      } finally {
        underWay -= 1;
      }
    });
    const lost = (await Promise.allSettled(creations)).filter((each) => each.status === 'rejected');
    if (lost.length === 0) batch = Math.max(batch, Math.min(count * 2, LARGEST_BATCH));
    if (lost.length === count) for (const each of waiting.splice(0)) each.reject(lost[0]?.reason);
    else if (waiting.length > 0) refill();
  };

  const recorded = (): string => JSON.stringify({ recordedAt: clock().toISOString() });

  const createKey = async (): Promise<DataKey> => {
    const id = randomUUID();
    const key = randomKey();
    const data = wrapKey(id, key, keyEncryptionKeys);
    await log.append(vaultStream(id), 'no-stream', [
      { id: randomUUID(), type: 'key-created', data, metadata: recorded() },
    ]);
    return { id, key };
  };

  const take = async (): Promise<DataKey> => {
    const coming = spare.pop() ?? nextCreated();
    refill();
    const key = await coming;
    ring.hold(key);
    return key;
  };

  return {
    ...ring,
    ...createKeyReplacing(log, ring, { take, recorded }),
    take,
    giveBack: give,
    wrappedUnder: keyEncryptionKeys.current.id,
  };
};
