import {
  CHECKPOINT_COSIGNATURE,
  NOTE_SIGNATURE,
  newSignerKey,
  parseSignerKey,
  type SignerKey,
} from '../../src/transparency/note.ts';

/** A new key of a log. */
export const newSigner = (name: string): SignerKey =>
  parseSignerKey(newSignerKey(name, NOTE_SIGNATURE), NOTE_SIGNATURE);

/** A new key of a witness. */
export const newWitness = (name: string): SignerKey =>
  parseSignerKey(newSignerKey(name, CHECKPOINT_COSIGNATURE), CHECKPOINT_COSIGNATURE);
