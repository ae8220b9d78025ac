import type { KeyObject } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { EventUnreadable } from '../../domain/kernel/event.ts';
import { deriveUuid } from '../application/ids.ts';
import {
  type EventLog,
  type EventLogReader,
  type LoggedEvent,
  RevisionConflict,
  StreamTombstoned,
} from '../event-log/port.ts';
import { type AssociatedData, type Box, keyFromBytes, randomKey, seal, unseal } from './cipher.ts';
import type { KeyEncryptionKeys } from './key-encryption-key.ts';
import { isReplacementStream, type Replacement, readReplacement, replacementStream } from './replacement.ts';

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
  /** What took the place of a key that was destroyed; undefined where nothing did. Throws what the event log throws. */
  replacement(keyId: string): Promise<Replacement | undefined>;
  /** Takes note of an event of a stream of the vault that passes by: a key need not be read again, or is forgotten. */
  learn(event: LoggedEvent): void;
  /** A key was destroyed, and is not to be kept at hand any more. */
  forget(keyId: string): void;
}

/** What is sealed anew under the key that takes the place of another. */
export interface Resealed {
  /** The place of the box among those of its record; see `boxPlace`. */
  readonly place: string;
  readonly plain: string;
  readonly associated: AssociatedData;
}

export interface Vault extends KeyRing {
  /** A key that no case has yet. */
  take(): Promise<DataKey>;
  /** Takes a key back that was taken and under which nothing was written. */
  giveBack(key: DataKey): void;
  /** Begins to put another key into the place of one, for an order by its id: from now on what comes is sealed under that one. */
  beginReplacement(keyId: string, order: string): Promise<DataKey>;
  /**
   * Destroys a key for an order, by its id. What is given is sealed anew under another one, which takes its place; all else that it sealed is
   * gone for good, from every copy of the log. Harmless when it is repeated after a crash. Throws what the event log throws.
   */
  replace(keyId: string, order: string, contents: readonly Resealed[]): Promise<void>;
  /** Ids of the keys from one to the one that is in its place now, itself first, each with the order by which it took the place. */
  succession(keyId: string): Promise<readonly { readonly keyId: string; readonly order: string | undefined }[]>;
  /** The id of the key-encryption key under which keys are wrapped now. */
  readonly wrappedUnder: string;
}

/** Category of the streams that hold one wrapped key each, so that each can be destroyed by itself. */
export const VAULT_STREAM_PREFIX = 'vault-';

export const vaultStream = (keyId: string): string => VAULT_STREAM_PREFIX + keyId;

/** Whether a stream is the vault's: of keys, or of what took the place of one. */
export const isVaultStream = (stream: string): boolean =>
  stream.startsWith(VAULT_STREAM_PREFIX) || isReplacementStream(stream);

const KEYS_AT_HAND = 20_000;
/** A key stands in the log shortly before its case. */
const EVENTS_AT_HAND = 2_000;
const REPLACEMENTS_AT_HAND = 100;

/** Keys of a log that this process only reads; so many are kept at hand. */
export const openKeyRing = (
  log: EventLogReader,
  keyEncryptionKeys: KeyEncryptionKeys,
  keysAtHand = KEYS_AT_HAND,
): KeyRing => {
  const keys = new LRUCache<string, DataKey>({ max: keysAtHand });
  /** Events of keys that were not asked for yet. */
  const learned = new LRUCache<string, LoggedEvent>({ max: EVENTS_AT_HAND });
  const replacements = new LRUCache<string, Replacement>({ max: REPLACEMENTS_AT_HAND });
  let forgotten = 0;
  const forget = (keyId: string): void => {
    forgotten += 1;
    keys.delete(keyId);
    learned.delete(vaultStream(keyId));
    replacements.delete(keyId);
  };
  return {
    forget,
    learn: (event) => {
      if (isReplacementStream(event.stream)) forget(keyIdOf(event.stream));
      else learned.set(event.stream, event);
    },
    find: async (keyId) => {
      const atHand = keys.get(keyId);
      if (atHand !== undefined) return atHand;
      const before = forgotten;
      const event = learned.get(vaultStream(keyId)) ?? (await readKeyEvent(log, keyId));
      const key = { id: keyId, key: unwrapKey(event, keyEncryptionKeys) };
      // What was forgotten while it was read must not come back.
      if (forgotten === before) keys.set(keyId, key);
      learned.delete(event.stream);
      return key;
    },
    replacement: async (keyId) => {
      const atHand = replacements.get(keyId);
      if (atHand !== undefined) return atHand;
      const read = await readReplacement(log, keyId);
      if (read !== undefined) replacements.set(keyId, read);
      return read;
    },
  };
};

/** The key that a stream of the vault is about. */
export const keyIdOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

/** How many keys are created at first, and at most, when there are none left. */
const FIRST_BATCH = 4;
const LARGEST_BATCH = 256;

/**
 * The vault of a ledger. Keys are created ahead, in batches that grow with the demand, so that opening a case does not wait for
 * a key of its own; those that are left when the process ends are never used.
 */
export const openVault = (log: EventLog, keyEncryptionKeys: KeyEncryptionKeys, clock: () => Date): Vault => {
  const ring = openKeyRing(log, keyEncryptionKeys);
  const { current: kek } = keyEncryptionKeys;
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
    const created = await Promise.all(Array.from({ length: count }, createKey));
    spare.push(...created);
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
      return key;
    }
  };

  const succession: Vault['succession'] = async (keyId) => {
    const found: { keyId: string; order: string | undefined }[] = [{ keyId, order: undefined }];
    for (let last = keyId; ; ) {
      const next = await ring.replacement(last);
      if (next === undefined) return found;
      found.push({ keyId: next.by, order: next.order });
      last = next.by;
    }
  };

  /** The key that takes the place of another: the one that was begun with, or a new one. */
  const beginReplacement = async (keyId: string, order: string): Promise<DataKey> => {
    const stream = replacementStream(keyId);
    for (;;) {
      const begun = await readReplacement(log, keyId);
      if (begun !== undefined) return ring.find(begun.by);
      const key = await take();
      const data = JSON.stringify({ by: key.id, order });
      try {
        const id = deriveUuid('key replaced', keyId, key.id);
        await log.append(stream, 'no-stream', [{ id, type: 'key-replaced', data, metadata: recorded() }]);
        return key;
      } catch (error) {
        if (!(error instanceof RevisionConflict)) throw error;
      }
    }
  };

  const replace: Vault['replace'] = async (keyId, order, contents) => {
    const key = await beginReplacement(keyId, order);
    for (const [index, { place, plain, associated }] of contents.entries()) {
      const data = JSON.stringify({ place, box: seal(key.key, plain, associated) });
      const id = deriveUuid('resealed', keyId, place);
      // Written once, however often it is tried: what stands there is as good.
      await log
        .append(replacementStream(keyId), index, [{ id, type: 'resealed', data, metadata: recorded() }])
        .catch((error: unknown) => {
          if (!(error instanceof RevisionConflict)) throw error;
        });
    }
    await log.tombstone(vaultStream(keyId));
    ring.forget(keyId);
  };

  return {
    ...ring,
    take,
    giveBack: (key) => {
      spare.push(key);
    },
    beginReplacement,
    succession,
    replace,
    wrappedUnder: kek.id,
  };
};

/** The latest event of a key; undefined where it was destroyed. Throws what the event log throws. */
export const latestOfKey = async (
  log: Pick<EventLogReader, 'readStream'>,
  keyId: string,
): Promise<LoggedEvent | undefined> => {
  try {
    return (await log.readStream(vaultStream(keyId), { direction: 'backwards', limit: 1 }))[0];
  } catch (error) {
    if (error instanceof StreamTombstoned) return undefined;
    throw error;
  }
};

/** The latest event of a key. Throws KeyDestroyed where there is none any more. */
const readKeyEvent = async (log: EventLogReader, keyId: string): Promise<LoggedEvent> => {
  const event = await latestOfKey(log, keyId);
  if (event === undefined) throw new KeyDestroyed(`key ${keyId} is not in the vault`);
  return event;
};

/** The data of an event of a key: wrapped under the current key-encryption key. */
export const wrapKey = (keyId: string, key: KeyObject, { current }: KeyEncryptionKeys): string =>
  JSON.stringify({ kek: current.id, wrapped: seal(current.key, key.export(), vaultStream(keyId)) });

/** The key of an event of its stream. Throws where no key-encryption key at hand unwraps it. */
export const unwrapKey = ({ stream, data }: LoggedEvent, { all }: KeyEncryptionKeys): KeyObject => {
  const { kek: kekId, wrapped } = JSON.parse(data) as { readonly kek: string; readonly wrapped: Box };
  const kek = all.find(({ id }) => id === kekId);
  if (kek === undefined) {
    const held = all.map(({ id }) => id).join(', ');
    throw new Error(`${stream} is wrapped under key-encryption key ${kekId}; this process has ${held}`);
  }
  try {
    return keyFromBytes(unseal(kek.key, wrapped, stream));
  } catch (cause) {
    const reason = 'the key file has other bytes under the same id, or the record was changed';
    throw new EventUnreadable(`${stream} does not open with key-encryption key ${kekId}: ${reason}`, { cause });
  }
};
