import type { KeyObject } from 'node:crypto';
import { EventUnreadable } from '../../domain/kernel/event.ts';
import { type EventLogReader, type LoggedEvent, StreamTombstoned } from '../event-log/port.ts';
import { type Box, keyFromBytes, seal, unseal } from './cipher.ts';
import type { KeyEncryptionKeys } from './key-encryption-key.ts';
import { vaultStream } from './streams.ts';

/** A key as its events have it. */
interface WrappedKey {
  /** The id of the key-encryption key that wraps it. */
  readonly kek: string;
  readonly wrapped: Box;
}

const readWrapped = ({ data }: Pick<LoggedEvent, 'data'>): WrappedKey => JSON.parse(data) as WrappedKey;

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

/** The id of the key-encryption key that wraps a key by one of its events. */
export const wrappedUnder = (event: Pick<LoggedEvent, 'data'>): string => readWrapped(event).kek;

/** The data of an event of a key: wrapped under the current key-encryption key. */
export const wrapKey = (keyId: string, key: KeyObject, { current }: KeyEncryptionKeys): string => {
  const wrapped: WrappedKey = { kek: current.id, wrapped: seal(current.key, key.export(), vaultStream(keyId)) };
  return JSON.stringify(wrapped);
};

/** The key of an event of its stream. Throws where no key-encryption key at hand unwraps it. */
export const unwrapKey = (event: LoggedEvent, { all }: KeyEncryptionKeys): KeyObject => {
  const { stream } = event;
  const { kek: kekId, wrapped } = readWrapped(event);
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
