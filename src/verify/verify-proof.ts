import type { SignedCheckpoint } from '../transparency/checkpoint.ts';
import { encodeLeaf } from '../transparency/leaf.ts';
import { hashLeaf, isConsistent, rootOfInclusion } from '../transparency/merkle.ts';
import { parseLeafProof } from '../transparency/proof.ts';
import type { ConsistencyProof, EventProof } from '../transparency/proof-documents.ts';
import { faultsOfSignatures, readSeen, type Trusted } from './signatures.ts';

export interface VerifiedEventProof {
  readonly checkpoint: SignedCheckpoint | undefined;
  readonly cosigned: readonly { readonly name: string; readonly at: Date }[];
  readonly faults: readonly string[];
}

/** Holds the proof of an event against the key of its log. */
export const verifyEventProof = (
  { leaf, index, proof }: EventProof,
  trusted: Pick<Trusted, 'key' | 'witnesses'>,
): VerifiedEventProof => {
  try {
    const { index: proved, hashes, checkpoint } = parseLeafProof(proof);
    const { cosigned, faults } = faultsOfSignatures(checkpoint, trusted);
    const root = rootOfInclusion(hashLeaf(encodeLeaf(leaf)), index, checkpoint.size, hashes);
    const isProved = proved === index && root?.equals(checkpoint.root) === true;
    const fault = `event ${leaf.id} is not shown to be leaf ${index} of the signed log: it, or its proof, was changed`;
    return { checkpoint, cosigned, faults: isProved ? faults : [...faults, fault] };
  } catch (error) {
    return { checkpoint: undefined, cosigned: [], faults: [`the proof cannot be read: ${(error as Error).message}`] };
  }
};

/** Holds the proof that a log has only grown against the two checkpoints that it is between; what is wrong with it. */
export const verifyConsistencyProof = (
  { from, to, proof }: ConsistencyProof,
  { key, seen }: Pick<Trusted, 'key' | 'seen'>,
): readonly string[] => {
  const read = seen.map((kept) => readSeen(kept, key));
  const faults = read.filter((each) => typeof each === 'string');
  const checkpoints = read.filter((each) => typeof each !== 'string');
  const [earlier, later] = [from, to].map((size) => checkpoints.find((each) => each.size === size));
  if (earlier === undefined || later === undefined) {
    const sizes = checkpoints.map(({ size }) => size).join(', ') || 'none';
    return [
      ...faults,
      `the proof is between trees of ${from} and ${to} leaves; give both checkpoints with --seen, those given are of ${sizes}`,
    ];
  }
  const hashes = proof.map((hash) => Buffer.from(hash, 'base64'));
  return isConsistent(earlier, later, hashes)
    ? faults
    : [
        ...faults,
        `the tree of ${to} leaves is not shown to begin with that of ${from}: what was signed was changed since`,
      ];
};
