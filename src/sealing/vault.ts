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
  let batch = FIRST_BATCH;
  let refilling: Promise<void> | undefined;

  const refill = (): Promise<void> => {
    refilling ??= createKeys(batch).finally(() => {
      refilling = undefined;
    });
    return refilling;
  };

  /**
   * Ends when the first key of a batch is there: of those that are lost or late, as where the log is hard to reach, the others do not wait. Throws
   * where all are lost.
   */
  const createKeys = async (count: number): Promise<void> => {
    const creations = Array.from({ length: count }, async () => {
      spare.push(await createKey());
    });
    Promise.all(creations).then(
      () => {
        batch = Math.min(count * 2, LARGEST_BATCH);
      },
      () => {},
    );
    await Promise.any(creations).catch(({ errors }: AggregateError) => {
      throw errors[0];
    });
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
    for (;;) {
      const key = spare.pop();
      if (key === undefined) {
        await refill();
        continue;
      }
      // A failure here is met again, and answered, by whoever finds no spare key.
      if (spare.length < batch / 4) refill().catch(() => {});
      ring.hold(key);
      return key;
    }
  };

  return {
    ...ring,
    ...createKeyReplacing(log, ring, { take, recorded }),
    take,
    giveBack: (key) => {
      spare.push(key);
    },
    wrappedUnder: keyEncryptionKeys.current.id,
  };
};
