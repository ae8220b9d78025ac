import type { KeyObject } from 'node:crypto';
import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readIfThere, readOrMakeSecretFile } from '../secret-file.ts';
import { keyFromBytes } from './cipher.ts';

/** The key that wraps the keys of cases. It stands in a file of its own, never in the log. */
export interface KeyEncryptionKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** A symmetric JSON Web Key (RFC 7517, RFC 7518 section 6.4) of 256 bits. */
const jwkSchema = z.object({ kty: z.literal('oct'), kid: z.string().min(1), k: z.base64url() });

/** Reads the key from a JSON Web Key file. Throws an error that names the file and says what would be right. */
export const readKeyEncryptionKey = (file: string): KeyEncryptionKey => {
  const expected = 'expected a JSON Web Key such as {"kty":"oct","kid":"2026-1","k":"<32 bytes in base64url>"}';
  const text = readIfThere(file);
  if (text === undefined) throw new Error(`there is no key-encryption key file ${file}; ${expected}`);
  try {
    const jwk = jwkSchema.parse(JSON.parse(text));
    return { id: jwk.kid, key: keyFromBytes(Buffer.from(jwk.k, 'base64url')) };
  } catch (cause) {
    throw new Error(`the key-encryption key file ${file} cannot be used; ${expected}`, { cause });
  }
};

/** Reads the key of a development ledger; makes it where there is none yet. */
export const readOrMakeKeyEncryptionKey = (file: string): KeyEncryptionKey => {
  readOrMakeSecretFile(file, makeKey);
  return readKeyEncryptionKey(file);
};

const makeKey = (): string =>
  `${JSON.stringify({ kty: 'oct', kid: `development-${randomUUID()}`, k: randomBytes(32).toString('base64url') })}\n`;
