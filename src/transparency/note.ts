import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** Signed notes (https://c2sp.org/signed-note): a text, and lines of who has signed it. */
export interface Note {
  /** Ends with a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** Of the key: eight hexadecimal digits. */
  readonly keyId: string;
  readonly signature: Buffer;
}

/** What a key signs, by the number that its id and its text are made with. */
export const NOTE_SIGNATURE = 0x01;
export const CHECKPOINT_COSIGNATURE = 0x04;

export type SignatureType = typeof NOTE_SIGNATURE | typeof CHECKPOINT_COSIGNATURE;

/** A public Ed25519 key with its name. */
export interface VerifierKey {
  readonly name: string;
  readonly keyId: string;
  readonly type: SignatureType;
  readonly key: KeyObject;
}

/** A private key with its name, and what others verify by. */
export interface SignerKey {
  readonly key: KeyObject;
  readonly verifier: VerifierKey;
}

/** A note is not written as notes are. */
export class NoteMalformed extends Error {
  override readonly name = 'NoteMalformed';
}

/** A text is no key of the kind that is asked for. */
export class KeyMalformed extends Error {
  override readonly name = 'KeyMalformed';
}

const SIGNATURE_LINE = /^— (?<name>[^\s+]+) (?<base64>[A-Za-z0-9+/]+={0,2})$/u;
const KEY_ID_BYTES = 4;

/** More than any note of ours has; a foreign one is not read for longer. */
const MOST_SIGNATURES = 100;

/** Throws NoteMalformed. */
export const parseNote = (note: string): Note => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: which is what a note may not have
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note) || note.includes('\ufffd')) {
    throw new NoteMalformed('a note is text without control characters');
  }
  const end = note.lastIndexOf('\n\n');
  if (end < 0) throw new NoteMalformed('a note has an empty line before its signatures');
  const lines = note.slice(end + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) throw new NoteMalformed('the signatures of a note are whole lines');
  if (lines.length > MOST_SIGNATURES) throw new NoteMalformed(`a note has at most ${MOST_SIGNATURES} signatures`);
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignatureLine) };
};

/** One line, without its newline. Throws NoteMalformed. */
export const parseSignatureLine = (line: string): NoteSignature => {
  const { name, base64 } = SIGNATURE_LINE.exec(line)?.groups ?? {};
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (name === undefined || bytes.length <= KEY_ID_BYTES || bytes.toString('base64') !== base64) {
    throw new NoteMalformed('a signature is `— <name of the key> <base64>`');
  }
  return { name, keyId: bytes.toString('hex', 0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) };
};

/** With the newline at its end. */
export const signatureLine = ({ name, keyId, signature }: NoteSignature): string =>
  `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}\n`;

export const formatNote = ({ text, signatures }: Note): string => `${text}\n${signatures.map(signatureLine).join('')}`;

/** Signatures of a note under one key, known by its name and id. */
export const signaturesBy = (
  { signatures }: Note,
  { name, keyId }: Pick<VerifierKey, 'name' | 'keyId'>,
): readonly NoteSignature[] => signatures.filter((each) => each.name === name && each.keyId === keyId);

/** Throws NoteMalformed where the text cannot be that of a note. */
export const signNote = (text: string, { key, verifier }: SignerKey): Note => {
  if (!text.endsWith('\n')) throw new NoteMalformed('the text of a note ends with a newline');
  const { name, keyId } = verifier;
  return { text, signatures: [{ name, keyId, signature: sign(null, Buffer.from(text), key) }] };
};

/** Whether a note is signed under a key; false as well where one signature under it does not hold. */
export const isSignedBy = (note: Note, verifier: VerifierKey): boolean => {
  const signatures = signaturesBy(note, verifier);
  const text = Buffer.from(note.text);
  return signatures.length > 0 && signatures.every(({ signature }) => verify(null, text, verifier.key, signature));
};

const keyIdOf = (name: string, material: Buffer): string =>
  createHash('sha256')
    .update(`${name}\n`)
    .update(material)
    .digest('hex')
    .slice(0, 2 * KEY_ID_BYTES);

const KEY_NAME = /^[^\s+]+$/u;
const ED25519_BYTES = 32;

const KINDS: Readonly<Record<SignatureType, string>> = {
  [NOTE_SIGNATURE]: 'an Ed25519 key of a log (type 1)',
  [CHECKPOINT_COSIGNATURE]: 'an Ed25519 key of a witness (type 4)',
};

/** Reads a public key as it is told to others: `<name>+<key id>+<base64>`. Throws KeyMalformed. */
export const parseVerifierKey = (text: string, type: SignatureType): VerifierKey => {
  const malformed = () => new KeyMalformed(`expected ${KINDS[type]} such as example.com/log+530d903a+AekyeRrm56hA…`);
  // The base64 may have a plus of its own.
  const {
    name,
    keyId,
    base64 = '',
  } = /^(?<name>[^+]+)\+(?<keyId>[0-9a-f]{8})\+(?<base64>.+)$/u.exec(text.trim())?.groups ?? {};
  const material = Buffer.from(base64, 'base64');
  const isWhole = material.length === 1 + ED25519_BYTES && material.toString('base64') === base64;
  if (name === undefined || !KEY_NAME.test(name) || !isWhole || material[0] !== type) throw malformed();
  if (keyIdOf(name, material) !== keyId) throw malformed();
  const x = material.subarray(1).toString('base64url');
  return { name, keyId, type, key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) };
};

const materialOf = (type: SignatureType, key: KeyObject): Buffer =>
  Buffer.concat([Buffer.from([type]), Buffer.from(key.export({ format: 'jwk' }).x as string, 'base64url')]);

export const formatVerifierKey = ({ name, keyId, type, key }: VerifierKey): string =>
  `${name}+${keyId}+${materialOf(type, key).toString('base64')}`;

/** PKCS #8 of an Ed25519 key (RFC 8410, section 7) up to its 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const PRIVATE = 'PRIVATE+KEY+';

/**
 * Reads a private key: `PRIVATE+KEY+<name>+<key id>+<base64>`, as golang.org/x/mod/sumdb/note writes it, with the type of what it signs.
 * Throws KeyMalformed.
 */
export const parseSignerKey = (text: string, type: SignatureType): SignerKey => {
  const {
    name,
    keyId,
    base64 = '',
  } = /^PRIVATE\+KEY\+(?<name>[^+]+)\+(?<keyId>[0-9a-f]{8})\+(?<base64>.+)$/u.exec(text.trim())?.groups ?? {};
  const material = Buffer.from(base64, 'base64');
  if (name === undefined || !KEY_NAME.test(name) || material.length !== 1 + ED25519_BYTES || material[0] !== type) {
    throw new KeyMalformed(`expected ${KINDS[type]}, private: PRIVATE+KEY+<name>+<key id>+<base64>`);
  }
  const signer = signerKey(name, material.subarray(1), type);
  if (signer.verifier.keyId !== keyId) throw new KeyMalformed('the id of the private key is not that of its bytes');
  return signer;
};

const signerKey = (name: string, seed: Buffer, type: SignatureType): SignerKey => {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key);
  return { key, verifier: { name, keyId: keyIdOf(name, materialOf(type, publicKey)), type, key: publicKey } };
};

/** The same key under another name, by which its signatures are told apart: the id of a key is made with its name. */
export const underName = ({ key, verifier }: SignerKey, name: string): SignerKey => ({
  key,
  verifier: { ...verifier, name, keyId: keyIdOf(name, materialOf(verifier.type, verifier.key)) },
});

/** A new private key as text. Throws KeyMalformed for a name with spaces or a plus. */
export const newSignerKey = (name: string, type: SignatureType): string => {
  if (!KEY_NAME.test(name)) throw new KeyMalformed('the name of a key has neither spaces nor a plus');
  const seed = Buffer.from(
    generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }).d as string,
    'base64url',
  );
  const { verifier } = signerKey(name, seed, type);
  const material = Buffer.concat([Buffer.from([type]), seed]).toString('base64');
  return `${PRIVATE}${name}+${verifier.keyId}+${material}\n`;
};
