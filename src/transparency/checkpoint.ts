import { HASH_BYTES } from './merkle.ts';
import {
  formatNote,
  isSignedBy,
  type Note,
  parseNote,
  type SignerKey,
  signaturesBy,
  signNote,
  type VerifierKey,
} from './note.ts';

/** What a log says of its tree (https://c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  /** Which log it is. */
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** A checkpoint with its note, as it was read. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: Note;
}

/** A note is no checkpoint. */
export class CheckpointMalformed extends Error {
  override readonly name = 'CheckpointMalformed';
}

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`;

/** The checkpoint of a tree under the key of its log, whose name is the origin; as text. */
export const signCheckpoint = (tree: Omit<Checkpoint, 'origin'>, signer: SignerKey): string =>
  formatNote(signNote(checkpointText({ origin: signer.verifier.name, ...tree }), signer));

const BODY = /^(?<origin>[^\n]+)\n(?<size>0|[1-9]\d*)\n(?<root>[A-Za-z0-9+/]+={0,2})\n(?:[^\n]+\n)*$/;

/** Reads a checkpoint without looking at who has signed it. Throws NoteMalformed, CheckpointMalformed. */
export const parseCheckpoint = (text: string): SignedCheckpoint => {
  const note = parseNote(text);
  const { origin, size, root: base64 = '' } = BODY.exec(note.text)?.groups ?? {};
  const root = Buffer.from(base64, 'base64');
  if (origin === undefined || root.length !== HASH_BYTES || root.toString('base64') !== base64) {
    throw new CheckpointMalformed('a checkpoint has an origin, a size and a root hash, a line each');
  }
  if (!Number.isSafeInteger(Number(size))) throw new CheckpointMalformed('the size of the tree is too large');
  return { origin, size: Number(size), root, note };
};

/** Whether a checkpoint is said to be signed with a key of which the signature does not hold. Of one that says nothing of it, it is open. */
export const isForged = ({ note }: SignedCheckpoint, key: VerifierKey): boolean =>
  signaturesBy(note, key).length > 0 && !isSignedBy(note, key);

/** Why a checkpoint is not that of a log; undefined where it is. */
export const checkpointFault = ({ origin, note }: SignedCheckpoint, log: VerifierKey): string | undefined => {
  if (origin !== log.name) return `it is a checkpoint of ${origin}, not of ${log.name}`;
  return isSignedBy(note, log) ? undefined : `it is not signed with the key ${log.name}+${log.keyId}`;
};
