import { hash } from 'node:crypto';
import { TILE_HEIGHT, TILE_WIDTH, type TileReader } from './tile.ts';

/**
 * The Merkle tree of RFC 6962, section 2.1 (RFC 9162, section 2.1), with SHA-256. Sizes and places of leaves are whole numbers from 0;
 * hashes are of 32 bytes.
 */
export const HASH_BYTES = 32;

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

const sha256 = (...parts: readonly Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');

/** Of the tree without leaves. */
export const EMPTY_ROOT = sha256();

export const hashLeaf = (leaf: Uint8Array): Buffer => sha256(LEAF, leaf);

export const hashNode = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right);

/** The root over hashes whose number is a power of two: concatenated, as a tile has them. */
export const hashOfPerfect = (hashes: Buffer): Buffer => {
  let level = hashes;
  while (level.length > HASH_BYTES) {
    const above = Buffer.allocUnsafe(level.length / 2);
    for (let at = 0; at < level.length; at += 2 * HASH_BYTES) {
      sha256(NODE, level.subarray(at, at + 2 * HASH_BYTES)).copy(above, at / 2);
    }
    level = above;
  }
  return level;
};

/** Hashes of subtrees that were worked out already, for readers that remember them. */
const remembered = new WeakMap<TileReader, Map<string, Buffer>>();

/** Reads the same tiles, and remembers them and all that is worked out of them: for many proofs of one tree. */
export const remembering = (tiles: TileReader): TileReader => {
  const read = new Map<string, Buffer>();
  const reader: TileReader = (level, index) => {
    const key = `${level} ${index}`;
    const tile = read.get(key) ?? tiles(level, index);
    read.set(key, tile);
    return tile;
  };
  remembered.set(reader, new Map());
  return reader;
};

/** The hash of a perfect subtree: `index` counts the subtrees of that height from the left. */
const perfectHash = (tiles: TileReader, height: number, index: number): Buffer => {
  const known = remembered.get(tiles);
  if (known === undefined || height % TILE_HEIGHT === 0) return hashInTile(tiles, height, index);
  const key = `${height} ${index}`;
  const hashed =
    known.get(key) ??
    hashNode(perfectHash(tiles, height - 1, 2 * index), perfectHash(tiles, height - 1, 2 * index + 1));
  known.set(key, hashed);
  return hashed;
};

const hashInTile = (tiles: TileReader, height: number, index: number): Buffer => {
  const level = Math.floor(height / TILE_HEIGHT);
  const width = 2 ** (height % TILE_HEIGHT);
  const first = index * width;
  const from = (first % TILE_WIDTH) * HASH_BYTES;
  const tile = tiles(level, Math.floor(first / TILE_WIDTH));
  const hashes = tile.subarray(from, from + width * HASH_BYTES);
  if (hashes.length !== width * HASH_BYTES) throw new RangeError(`tile ${level}/${index} is too short for the tree`);
  return hashOfPerfect(hashes);
};

/** Leaves of the left subtree: the largest power of two that is smaller than the size. */
const splitOf = (size: number): number => 2 ** Math.ceil(Math.log2(size) - 1);

const rangeHash = (tiles: TileReader, from: number, to: number): Buffer => {
  const size = to - from;
  const height = Math.log2(size);
  if (Number.isInteger(height) && from % size === 0) return perfectHash(tiles, height, from / size);
  const middle = from + splitOf(size);
  return hashNode(rangeHash(tiles, from, middle), rangeHash(tiles, middle, to));
};

/** The root of the tree of the first so many leaves. Throws RangeError where the tiles do not reach so far. */
export const rootOf = (tiles: TileReader, size: number): Buffer =>
  size === 0 ? EMPTY_ROOT : rangeHash(tiles, 0, size);

/** Hashes that lead from a leaf to the root of a tree of `size` leaves, from below upwards (RFC 9162, 2.1.3.1). */
export const inclusionProof = (tiles: TileReader, index: number, size: number): readonly Buffer[] => {
  if (index < 0 || index >= size) throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`);
  const path = (from: number, to: number): readonly Buffer[] => {
    if (to - from === 1) return [];
    const middle = from + splitOf(to - from);
    return index < middle
      ? [...path(from, middle), rangeHash(tiles, middle, to)]
      : [...path(middle, to), rangeHash(tiles, from, middle)];
  };
  return path(0, size);
};

/** Hashes that show that a tree begins with the leaves of an earlier one of `first` leaves (RFC 9162, 2.1.4.1); none where `first` is 0. */
export const consistencyProof = (tiles: TileReader, first: number, second: number): readonly Buffer[] => {
  if (first < 0 || first > second) throw new RangeError(`a tree of ${second} leaves begins with no tree of ${first}`);
  if (first === 0) return [];
  const subproof = (from: number, to: number, isOld: boolean): readonly Buffer[] => {
    if (first === to) return isOld ? [] : [rangeHash(tiles, from, to)];
    const middle = from + splitOf(to - from);
    return first <= middle
      ? [...subproof(from, middle, isOld), rangeHash(tiles, middle, to)]
      : [...subproof(middle, to, false), rangeHash(tiles, from, middle)];
  };
  return subproof(0, second, true);
};

/** The root that a proof leads to; undefined where it cannot be one of that place and size (RFC 9162, 2.1.3.2). */
export const rootOfInclusion = (
  leafHash: Buffer,
  index: number,
  size: number,
  proof: readonly Buffer[],
): Buffer | undefined => {
  if (index < 0 || index >= size || leafHash.length !== HASH_BYTES) return undefined;
  let at = index;
  let last = size - 1;
  let root = leafHash;
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      root = hashNode(sibling, root);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      root = hashNode(root, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? root : undefined;
};

const half = (number: number): number => Math.floor(number / 2);

interface Head {
  readonly size: number;
  readonly root: Buffer;
}

/**
 * Whether a proof shows that the later tree begins with the earlier one (RFC 9162, 2.1.4.2). Of the empty tree, with which every other
 * begins, there is nothing to show, and it shows nothing.
 */
export const isConsistent = (earlier: Head, later: Head, proof: readonly Buffer[]): boolean => {
  if (earlier.size === 0 || earlier.size > later.size) return false;
  if (earlier.size === later.size) return proof.length === 0 && earlier.root.equals(later.root);
  const path = Number.isInteger(Math.log2(earlier.size)) ? [earlier.root, ...proof] : proof;
  const [start, ...rest] = path;
  if (start === undefined) return false;
  let at = earlier.size - 1;
  let last = later.size - 1;
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let before = start;
  let after = start;
  for (const hashed of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      before = hashNode(hashed, before);
      after = hashNode(hashed, after);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      after = hashNode(after, hashed);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && before.equals(earlier.root) && after.equals(later.root);
};
