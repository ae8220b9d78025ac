import { randomUUID } from 'node:crypto';
import { type EventLog, type EventLogReader, RevisionConflict } from '../event-log/port.ts';
import { inBatches } from '../in-batches.ts';
import type { KeyEncryptionKeys } from './key-encryption-key.ts';
import { keyIdOf, VAULT_STREAM_PREFIX } from './streams.ts';
import { latestOfKey, unwrapKey, wrapKey, wrappedUnder } from './wrapped-key.ts';

/** Keys are read and wrapped so many at once. */
const KEYS_AT_ONCE = 64;

/** The ids of all keys that are in a vault. */
export const keysInVault = async (log: Pick<EventLogReader, 'readAll'>): Promise<readonly string[]> => {
  const keys = new Set<string>();
  for await (const chunk of log.readAll()) {
    for (const { stream } of chunk) if (stream.startsWith(VAULT_STREAM_PREFIX)) keys.add(keyIdOf(stream));
  }
  return [...keys];
};

/** Under which key-encryption keys the keys of a vault are wrapped now. */
export const keyEncryptionKeysInUse = async (log: EventLogReader): Promise<ReadonlySet<string>> => {
  const events = await inBatches(await keysInVault(log), KEYS_AT_ONCE, (keyId) => latestOfKey(log, keyId));
  return new Set(events.flatMap((event) => (event === undefined ? [] : [wrappedUnder(event)])));
};

/**
 * Wraps every key of a vault under the current key-encryption key that is not wrapped under it yet; gives how many were not, also of those that
 * somebody else was just wrapping. To be repeated until there are none. Throws
 * what the log throws.
 */
export const wrapAnew = async (
  log: EventLog,
  keys: KeyEncryptionKeys,
  now: Date,
  onProgress: (done: number, of: number) => void,
): Promise<number> => {
  const ids = await keysInVault(log);
  let looked = 0;
  const wrapped = await inBatches(ids, KEYS_AT_ONCE, async (keyId) => {
    const latest = await latestOfKey(log, keyId);
    looked += 1;
    onProgress(looked, ids.length);
    if (latest === undefined || wrappedUnder(latest) === keys.current.id) return 0;
    const data = wrapKey(keyId, unwrapKey(latest, keys), keys);
    const metadata = JSON.stringify({ recordedAt: now.toISOString() });
    try {
      await log.append(latest.stream, latest.revision, [{ id: randomUUID(), type: 'key-wrapped', data, metadata }]);
    } catch (error) {
      // Somebody else is wrapping it, under whatever key: it is looked at again.
      if (!(error instanceof RevisionConflict)) throw error;
    }
    return 1;
  });
  return wrapped.reduce<number>((sum, each) => sum + each, 0);
};
