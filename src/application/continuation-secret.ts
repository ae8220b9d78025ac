import { type DecodedEvent, type Keys, openBoxes } from '../event-log/codec.ts';
import { fingerprint } from '../sealing/cipher.ts';

/** Beside what is sealed of an event by which a case goes on as another: where the key was replaced, the secret that was made with the old one. */
export interface KeptSecret {
  readonly continuation?: string | undefined;
}

const madeWith = async (keys: Keys, keyId: string, event: string): Promise<string> =>
  fingerprint((await keys.find(keyId)).key, `continued by ${event}`);

/**
 * What the ids of a continuation are made of: the event by which the case goes on, and the key under which it was sealed at first, so that
 * nobody else can make them. Undefined where what is sealed of the event is gone. Throws what the event log throws.
 */
export const continuationSecret = async (
  stream: string,
  decoded: DecodedEvent,
  keys: Keys,
): Promise<string | undefined> => {
  const [box] = await openBoxes(stream, decoded, keys, { ofEvent: true, ofEntries: () => false });
  if (box === undefined) return undefined;
  const { continuation } = JSON.parse(box.plain) as KeptSecret;
  return continuation ?? (await madeWith(keys, box.keyId, decoded.event.id));
};

/** What is to be kept of such an event when its key goes: the same ids are made of it ever after. */
export const withSecret = async <Left extends KeptSecret>(
  left: Left,
  keys: Keys,
  keyId: string,
  event: string,
): Promise<Left> => ({ ...left, continuation: left.continuation ?? (await madeWith(keys, keyId, event)) });
