import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readIfThere, readOrMakeSecretFile } from '../secret-file.ts';
import {
  CHECKPOINT_COSIGNATURE,
  KeyMalformed,
  NOTE_SIGNATURE,
  newSignerKey,
  parseSignerKey,
  parseVerifierKey,
  type SignatureType,
  type SignerKey,
  type VerifierKey,
} from './note.ts';
import type { WitnessServer } from './witness-client.ts';

/** Where a private key is, and under which name one is made where there is none. */
export interface SignerKeyFile {
  readonly file: string;
  /** Of a development ledger, which makes its own keys; undefined where the key is to be there. */
  readonly madeAs: string | undefined;
}

/** Throws an error that names the file and says what would be right. */
export const readSignerKey = ({ file, madeAs }: SignerKeyFile, type: SignatureType): SignerKey => {
  const text = madeAs === undefined ? readIfThere(file) : readOrMakeSecretFile(file, () => newSignerKey(madeAs, type));
  if (text === undefined)
    throw new Error(`there is no key file ${file}; \`signing-key\` of the command line makes one`);
  try {
    return parseSignerKey(text, type);
  } catch (cause) {
    throw new Error(`the key file ${file} cannot be used: ${(cause as Error).message}`, { cause });
  }
};

/** A public key as text in a file of settings. */
const verifierKey = (type: SignatureType) =>
  z.string().transform((text, context): VerifierKey => {
    try {
      return parseVerifierKey(text, type);
    } catch (error) {
      if (!(error instanceof KeyMalformed)) throw error;
      context.addIssue(error.message);
      return z.NEVER;
    }
  });

const serverSchema = z.strictObject({
  key: verifierKey(CHECKPOINT_COSIGNATURE),
  url: z.url({ protocol: /^https?$/, error: 'expected an address that begins with https:// or http://' }),
});

const read = <Value>(variable: string, file: string, schema: z.ZodType<Value>): Value => {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${variable}: ${file} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `in ${file} at /${path.join('/')}: ${message}`);
  throw new Error(`${variable}: ${faults.join('; ')}`);
};

/** The witnesses that a file names: a list of `key` and `url`. Throws an error that names the file and the place in it. */
export const readWitnesses = (file: string | undefined): readonly WitnessServer[] =>
  file === undefined
    ? []
    : read('WITNESSES', file, z.array(serverSchema)).map(({ key, url }) => ({ key, url: url.replace(/\/+$/, '') }));

/** The logs whose keys a file lists. Throws an error that names the file and the place in it. */
export const readWitnessedLogs = (file: string | undefined): readonly VerifierKey[] =>
  file === undefined ? [] : read('WITNESSED_LOGS', file, z.array(verifierKey(NOTE_SIGNATURE)));
