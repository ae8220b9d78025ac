import { sign, verify } from 'node:crypto';
import { type Note, type NoteSignature, type SignerKey, signaturesBy, type VerifierKey } from './note.ts';

/** Cosignatures of witnesses under Ed25519 (https://c2sp.org/tlog-cosignature): when one had seen a checkpoint. */

const TIMESTAMP_BYTES = 8;

const signedMessage = (text: string, seconds: bigint): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);

/** The witness's signature of the text of a checkpoint. */
export const cosign = (text: string, { key, verifier }: SignerKey, now: Date): NoteSignature => {
  const seconds = BigInt(Math.floor(now.getTime() / 1000));
  const timestamp = Buffer.alloc(TIMESTAMP_BYTES);
  timestamp.writeBigUInt64BE(seconds);
  const { name, keyId } = verifier;
  return { name, keyId, signature: Buffer.concat([timestamp, sign(null, signedMessage(text, seconds), key)]) };
};

const timeOf = (text: string, { signature }: NoteSignature, witness: VerifierKey): Date | undefined => {
  if (signature.length <= TIMESTAMP_BYTES) return undefined;
  const seconds = signature.readBigUInt64BE();
  const isValid = verify(null, signedMessage(text, seconds), witness.key, signature.subarray(TIMESTAMP_BYTES));
  return isValid && seconds > 0n ? new Date(Number(seconds) * 1000) : undefined;
};

/** When a witness had cosigned a checkpoint; undefined where it had not, or where a cosignature under its key does not hold. */
export const cosignedAt = (note: Note, witness: VerifierKey): Date | undefined => {
  const times = signaturesBy(note, witness).map((signature) => timeOf(note.text, signature, witness));
  return times.includes(undefined) ? undefined : times[0];
};
