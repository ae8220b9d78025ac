import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { HASH_BYTES, inclusionProof } from './merkle.ts';
import type { TileReader } from './tile.ts';

/** Proofs that a leaf is in a signed tree (https://c2sp.org/tlog-proof), each whole by itself. */

const HEADER = 'c2sp.org/tlog-proof@v1';

export interface LeafProof {
  readonly index: number;
  readonly hashes: readonly Buffer[];
  readonly checkpoint: SignedCheckpoint;
}

/** Another text is no proof; the message says why. */
export class ProofMalformed extends Error {
  override readonly name = 'ProofMalformed';
}

/** The proof of a leaf in the tree of a checkpoint, whose note it ends with. Throws RangeError where the tree does not have the leaf. */
export const formatLeafProof = (tiles: TileReader, index: number, size: number, checkpoint: string): string => {
  const hashes = inclusionProof(tiles, index, size).map((hash) => `${hash.toString('base64')}\n`);
  return `${HEADER}\nindex ${index}\n${hashes.join('')}\n${checkpoint}`;
};

const PROOF =
  /^c2sp\.org\/tlog-proof@v1\n(?:extra [^\n]*\n)?index (?<index>0|[1-9]\d*)\n(?<hashes>(?:[^\n]+\n)*)\n(?<note>.*)$/s;

/** Throws ProofMalformed, and what `parseCheckpoint` throws. */
export const parseLeafProof = (text: string): LeafProof => {
  const { index, hashes = '', note } = PROOF.exec(text)?.groups ?? {};
  if (index === undefined || note === undefined || !Number.isSafeInteger(Number(index))) {
    throw new ProofMalformed(`a proof begins with ${HEADER}, and has an index, hashes, an empty line and a checkpoint`);
  }
  return { index: Number(index), hashes: parseHashLines(hashes), checkpoint: parseCheckpoint(note) };
};

/** The hashes of a proof, each in Base64 on a line of its own. Throws ProofMalformed. */
export const parseHashLines = (lines: string): readonly Buffer[] => {
  const hashes = lines
    .split('\n')
    .slice(0, -1)
    .map((line) => Buffer.from(line, 'base64'));
  if (hashes.some(({ length }) => length !== HASH_BYTES)) {
    throw new ProofMalformed('each line of a proof is a hash of 32 bytes');
  }
  return hashes;
};
