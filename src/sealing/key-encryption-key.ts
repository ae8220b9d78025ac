import type { KeyObject } from 'node:crypto';
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readIfThere, readOrMakeSecretFile } from '../secret-file.ts';
import { keyFromBytes } from './cipher.ts';

/** A key that wraps the keys of cases. It stands in a file of its own, never in the log. */
export interface KeyEncryptionKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** The keys of a file: the first wraps, and all of them unwrap: while one takes the place of another both are needed. */
export interface KeyEncryptionKeys {
  readonly current: KeyEncryptionKey;
  readonly all: readonly KeyEncryptionKey[];
}

/** A symmetric JSON Web Key (RFC 7517, RFC 7518 section 6.4) of 256 bits; or a JSON Web Key Set of such. */
const jwkSchema = z.object({ kty: z.literal('oct'), kid: z.string().min(1), k: z.base64url() });
const fileSchema = z.union([
  jwkSchema.transform((jwk) => [jwk]),
  z.object({ keys: z.array(jwkSchema).min(1) }).transform(({ keys }) => keys),
]);

/** Reads the keys of a file. Throws an error that names the file and says what would be right. */
export const readKeyEncryptionKeys = (file: string): KeyEncryptionKeys => {
  const expected =
    'expected a JSON Web Key such as {"kty":"oct","kid":"2026-1","k":"<32 bytes in base64url>"}, or a set of them';
  const text = readIfThere(file);
  if (text === undefined) throw new Error(`there is no key-encryption key file ${file}; ${expected}`);
  try {
    const all = fileSchema
      .parse(JSON.parse(text))
      .map(({ kid, k }) => ({ id: kid, key: keyFromBytes(Buffer.from(k, 'base64url')) }));
    return { current: all[0] as KeyEncryptionKey, all };
  } catch (cause) {
    throw new Error(`the key-encryption key file ${file} cannot be used; ${expected}`, { cause });
  }
};

/** Reads the keys of a development ledger; makes one where there is none yet. */
export const readOrMakeKeyEncryptionKeys = (file: string): KeyEncryptionKeys => {
  readOrMakeSecretFile(file, () => formatKeyEncryptionKeys([newKeyEncryptionKey('development')]));
  return readKeyEncryptionKeys(file);
};

/** A new key, named so that it is told from all others. */
export const newKeyEncryptionKey = (name: string): KeyEncryptionKey => ({
  id: `${name}-${randomUUID()}`,
  key: createSecretKey(randomBytes(32)),
});

/** Keys as their file holds them, the current one first. */
export const formatKeyEncryptionKeys = (keys: readonly KeyEncryptionKey[]): string => {
  const jwks = keys.map(({ id, key }) => ({ kty: 'oct', kid: id, k: key.export({ format: 'jwk' }).k }));
  return `${JSON.stringify(jwks.length === 1 ? jwks[0] : { keys: jwks })}\n`;
};
