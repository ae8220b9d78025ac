import type { KeyObject } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { EventUnreadable } from '../../domain/kernel/event.ts';
import { type EventLog, type EventLogReader, type LoggedEvent, StreamTombstoned } from '../event-log/port.ts';
import { keyFromBytes, randomKey, seal, unseal } from './cipher.ts';
import type { KeyEncryptionKey } from './key-encryption-key.ts';

/** A key under which what identifies the person of one case is sealed. */
export interface DataKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** The key of a case is gone: the person was expunged. */
export class KeyDestroyed extends Error {
  override readonly name = 'KeyDestroyed';
}

/** Finds keys by their id. */
export interface KeyRing {
  /** Throws KeyDestroyed, or what the event log throws. */
  find(keyId: string): Promise<DataKey>;
  /** Takes note of a key from an event of a vault stream that passes by, so that it need not be read again. */
  learn(event: LoggedEvent): void;
}

export interface Vault extends KeyRing {
  /** A key that no case has yet. */
  take(): Promise<DataKey>;
  /** Takes a key back that was taken and under which nothing was written. */
  giveBack(key: DataKey): void;
}

/** Category of the streams that hold one wrapped key each, so that each can be destroyed by itself. */
export const VAULT_STREAM_PREFIX = 'vault-';

const vaultStream = (keyId: string): string => VAULT_STREAM_PREFIX + keyId;

export const isVaultStream = (stream: string): boolean => stream.startsWith(VAULT_STREAM_PREFIX);

const KEYS_AT_HAND = 20_000;
/** A key stands in the log shortly before its case. */
const EVENTS_AT_HAND = 2_000;

/** Keys of a log that this process only reads; so many are kept at hand. */
export const openKeyRing = (
  log: EventLogReader,
  keyEncryptionKey: KeyEncryptionKey,
  keysAtHand = KEYS_AT_HAND,
): KeyRing => {
  const keys = new LRUCache<string, DataKey>({ max: keysAtHand });
  /** Events of keys that were not asked for yet. */
  const learned = new LRUCache<string, LoggedEvent>({ max: EVENTS_AT_HAND });
  return {
    learn: (event) => {
      learned.set(event.stream, event);
    },
    find: async (keyId) => {
      const atHand = keys.get(keyId);
      if (atHand !== undefined) return atHand;
      const event = learned.get(vaultStream(keyId)) ?? (await readKeyEvent(log, keyId));
      const key = { id: keyId, key: unwrap(event, keyEncryptionKey) };
      keys.set(keyId, key);
      learned.delete(event.stream);
      return key;
    },
  };
};

/** How many keys are created at first, and at most, when there are none left. */
const FIRST_BATCH = 4;
const LARGEST_BATCH = 256;

/**
 * The vault of a ledger. Keys are created ahead, in batches that grow with the demand, so that opening a case does not wait for
 * a key of its own; those that are left when the process ends are never used.
 */
export const openVault = (log: EventLog, keyEncryptionKey: KeyEncryptionKey, clock: () => Date): Vault => {
  const ring = openKeyRing(log, keyEncryptionKey);
  const spare: DataKey[] = [];
  let batch = FIRST_BATCH;
  let refilling: Promise<void> | undefined;

  const refill = (): Promise<void> => {
    refilling ??= createKeys(batch).finally(() => {
      refilling = undefined;
      batch = Math.min(batch * 2, LARGEST_BATCH);
    });
    return refilling;
  };

  const createKeys = async (count: number): Promise<void> => {
    const created = await Promise.all(Array.from({ length: count }, () => createKey(log, keyEncryptionKey, clock())));
    spare.push(...created);
  };

  return {
    ...ring,
    giveBack: (key) => {
      spare.push(key);
    },
    take: async () => {
      for (;;) {
        const key = spare.pop();
        if (key === undefined) {
          await refill();
          continue;
        }
        // A failure here is met again, and answered, by whoever finds no spare key.
        if (spare.length < batch / 4) refill().catch(() => {});
        return key;
      }
    },
  };
};

const createKey = async (log: EventLog, kek: KeyEncryptionKey, now: Date): Promise<DataKey> => {
  const id = randomUUID();
  const key = randomKey();
  await log.append(vaultStream(id), 'no-stream', [
    {
      id: randomUUID(),
      type: 'key-created',
      data: JSON.stringify({ kek: kek.id, wrapped: seal(kek.key, key.export(), vaultStream(id)) }),
      metadata: JSON.stringify({ recordedAt: now.toISOString() }),
    },
  ]);
  return { id, key };
};

/** The latest event of a key. Throws KeyDestroyed where there is none any more. */
const readKeyEvent = async (log: EventLogReader, keyId: string): Promise<LoggedEvent> => {
  const events = await log
    .readStream(vaultStream(keyId), { direction: 'backwards', limit: 1 })
    .catch((error: unknown) => {
      if (error instanceof StreamTombstoned) return [];
      throw error;
    });
  const [event] = events;
  if (event === undefined) throw new KeyDestroyed(`key ${keyId} is not in the vault`);
  return event;
};

const unwrap = ({ stream, data }: LoggedEvent, kek: KeyEncryptionKey): KeyObject => {
  const { kek: kekId, wrapped } = JSON.parse(data) as { kek: string; wrapped: string };
  if (kekId !== kek.id)
    throw new Error(`${stream} is wrapped under key-encryption key ${kekId}; this process has ${kek.id}`);
  try {
    return keyFromBytes(unseal(kek.key, wrapped, stream));
  } catch (cause) {
    const reason = 'the key file has other bytes under the same id, or the record was changed';
    throw new EventUnreadable(`${stream} does not open with key-encryption key ${kekId}: ${reason}`, { cause });
  }
};
