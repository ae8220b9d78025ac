import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { freshBytes } from './random.ts';

/** AES-256-GCM (NIST SP 800-38D): a box is the 12-byte nonce, the ciphertext and the 16-byte tag, in base64. */
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

export type Box = string;

/** Text that a box is bound to. It opens only with the same text beside it. */
export type AssociatedData = string;

export const randomKey = (): KeyObject => createSecretKey(freshBytes(KEY_BYTES));

/** Throws RangeError where the bytes are not 32. */
export const keyFromBytes = (bytes: Uint8Array): KeyObject => {
  if (bytes.length !== KEY_BYTES) throw new RangeError(`expected a key of ${KEY_BYTES} bytes, got ${bytes.length}`);
  return createSecretKey(bytes);
};

export const seal = (key: KeyObject, plain: string | Uint8Array, associated: AssociatedData): Box => {
  const nonce = freshBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(associated));
  return Buffer.concat([nonce, cipher.update(plain as string, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  );
};

/** Throws where the key or the associated data is another, or the box was touched. */
export const unseal = (key: KeyObject, box: Box, associated: AssociatedData): Buffer => {
  const bytes = Buffer.from(box, 'base64');
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(associated))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
};

/** A keyed digest that tells whether two texts are the same, and tells nothing once the key is gone. */
export const fingerprint = (key: KeyObject, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');
