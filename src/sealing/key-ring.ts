import type { KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { EventLogReader, LoggedEvent } from '../event-log/port.ts';
import type { KeyEncryptionKeys } from './key-encryption-key.ts';
import { type Replacement, readReplacement } from './replacement.ts';
import { isReplacementStream, keyIdOf, vaultStream } from './streams.ts';
import { latestOfKey, unwrapKey } from './wrapped-key.ts';

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

/** One that takes in keys that this process has made, so that they are not read again. */
export interface HoldingKeyRing extends KeyRing {
  hold(key: DataKey): void;
}

/** A key; undefined where it was destroyed. Throws what the event log throws. */
export const findUnlessDestroyed = (keys: Pick<KeyRing, 'find'>, keyId: string): Promise<DataKey | undefined> =>
  keys.find(keyId).catch((error: unknown) => {
    if (error instanceof KeyDestroyed) return undefined;
    throw error;
  });

const KEYS_AT_HAND = 20_000;
/** A key stands in the log shortly before its case. */
const EVENTS_AT_HAND = 2_000;
const REPLACEMENTS_AT_HAND = 100;

/** Keys of a log; so many are kept at hand. */
export const openKeyRing = (
  log: Pick<EventLogReader, 'readStream'>,
  keyEncryptionKeys: KeyEncryptionKeys,
  keysAtHand = KEYS_AT_HAND,
): HoldingKeyRing => {
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
    hold: (key) => {
      keys.set(key.id, key);
    },
    learn: (event) => {
      if (isReplacementStream(event.stream)) forget(keyIdOf(event.stream));
      else learned.set(event.stream, event);
    },
    find: async (keyId) => {
      const atHand = keys.get(keyId);
      if (atHand !== undefined) return atHand;
      const before = forgotten;
      const event = learned.get(vaultStream(keyId)) ?? (await latestOfKey(log, keyId));
      if (event === undefined) throw new KeyDestroyed(`key ${keyId} is not in the vault`);
      const key = { id: keyId, key: unwrapKey(event, keyEncryptionKeys) };
      // What was forgotten while it was read must not come back.
      if (forgotten === before) keys.set(keyId, key);
      learned.delete(event.stream);
      return key;
    },
    replacement: async (keyId) => {
      const atHand = replacements.get(keyId);
      if (atHand !== undefined) return atHand;
      const before = forgotten;
      const read = await readReplacement(log, keyId);
      if (read !== undefined && forgotten === before) replacements.set(keyId, read);
      return read;
    },
  };
};
