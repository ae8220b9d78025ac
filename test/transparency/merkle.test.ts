import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import {
  consistencyProof,
  EMPTY_ROOT,
  hashLeaf,
  hashNode,
  inclusionProof,
  isConsistent,
  rootOf,
  rootOfInclusion,
} from '../../src/transparency/merkle.ts';
import { tilesOfLeaves } from '../support/tiles.ts';

/**
 * Proofs that hold, and such that do not, of github.com/transparency-dev/merkle (testdata at 417fb0c, Apache-2.0), which the Go
 * implementation of RFC 6962 and RFC 9162 is tested by.
 */
interface Vector {
  readonly name: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
  readonly leafIdx?: number;
  readonly treeSize?: number;
  readonly root?: string | null;
  readonly leafHash?: string | null;
  readonly size1?: number;
  readonly size2?: number;
  readonly root1?: string | null;
  readonly root2?: string | null;
}

const VECTORS = readFileSync(new URL('merkle-proof-vectors.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector);

const bytes = (base64: string | null | undefined): Buffer => Buffer.from(base64 ?? '', 'base64');

const holds = ({ proof, ...given }: Vector): boolean => {
  const hashes = (proof ?? []).map(bytes);
  if (given.treeSize !== undefined) {
    const root = rootOfInclusion(bytes(given.leafHash), given.leafIdx ?? 0, given.treeSize, hashes);
    return root?.equals(bytes(given.root)) === true;
  }
  const { size1 = 0, size2 = 0, root1, root2 } = given;
  return isConsistent({ size: size1, root: bytes(root1) }, { size: size2, root: bytes(root2) }, hashes);
};

t.test('proofs of another implementation are taken or refused as it does', async (t) => {
  for (const vector of VECTORS) t.equal(holds(vector), !vector.wantErr, vector.name);
  t.ok(VECTORS.filter(({ wantErr }) => !wantErr).length >= 10, 'there are enough that hold');
});

t.test('the tree of RFC 6962', async (t) => {
  // rfc6962_test.go of the same implementation, and the tree of eight leaves that its proofs are of.
  t.equal(EMPTY_ROOT.toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  t.equal(
    hashLeaf(Buffer.alloc(0)).toString('hex'),
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
  t.equal(
    hashLeaf(Buffer.from('L123456')).toString('hex'),
    '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
  );
  t.equal(
    hashNode(Buffer.from('N123'), Buffer.from('N456')).toString('hex'),
    'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
  );
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const tiles = tilesOfLeaves(leaves.map((leaf) => Buffer.from(leaf, 'hex')));
  t.equal(rootOf(tiles, 8).toString('base64'), 'XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=');
  t.equal(rootOf(tiles, 6).toString('base64'), 'duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8=');
});

/** The definition of RFC 6962, section 2.1, word for word. */
const plainRoot = (leaves: readonly Buffer[]): Buffer => {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return hashLeaf(leaves[0] as Buffer);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hashNode(plainRoot(leaves.slice(0, split)), plainRoot(leaves.slice(split)));
};

const LARGEST = 1_100;
const LEAVES = Array.from({ length: LARGEST }, (_, index) => Buffer.from(`leaf ${index}`));
const TILES = tilesOfLeaves(LEAVES);
const size = fc.oneof(fc.integer({ min: 1, max: LARGEST }), fc.constantFrom(1, 2, 255, 256, 257, 511, 512, 768, 1_024));

t.test('from tiles come the roots that the RFC defines', async () => {
  fc.assert(fc.property(size, (count) => rootOf(TILES, count).equals(plainRoot(LEAVES.slice(0, count)))));
});

t.test('every leaf is proved to be in every tree that has it, and at no other place', async () => {
  fc.assert(
    fc.property(size, fc.nat(), fc.nat(), (count, seed, otherSeed) => {
      const [index, other] = [seed % count, otherSeed % count];
      const proof = inclusionProof(TILES, index, count);
      const leafHash = hashLeaf(LEAVES[index] as Buffer);
      const root = rootOf(TILES, count);
      return (
        rootOfInclusion(leafHash, index, count, proof)?.equals(root) === true &&
        (other === index || rootOfInclusion(leafHash, other, count, proof)?.equals(root) !== true)
      );
    }),
  );
});

t.test('every tree is proved to begin with every smaller one, and with no other', async () => {
  fc.assert(
    fc.property(size, size, (a, b) => {
      const [first, second] = [Math.min(a, b), Math.max(a, b)];
      const earlier = { size: first, root: rootOf(TILES, first) };
      const later = { size: second, root: rootOf(TILES, second) };
      const proof = consistencyProof(TILES, first, second);
      const forged = { size: first, root: hashNode(earlier.root, earlier.root) };
      return isConsistent(earlier, later, proof) && !isConsistent(forged, later, proof);
    }),
  );
});

t.test('a tree that is not there is no tree to prove by', async (t) => {
  t.throws(() => inclusionProof(TILES, 5, 5), RangeError);
  t.throws(() => consistencyProof(TILES, 6, 5), RangeError);
  t.throws(() => rootOf(TILES, LARGEST + 1), RangeError);
});
