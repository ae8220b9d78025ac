import { HASH_BYTES, hashOfPerfect } from './merkle.ts';
import { partialWidth, TILE_WIDTH } from './tile.ts';

/** Where a tree grows: its size, and for each level the hashes of its last tile as long as that is not full. */
export interface TreeEdge {
  readonly size: number;
  /** By level; of a level that has no partial tile nothing, or no hash. */
  readonly tiles: readonly Buffer[];
}

export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly hashes: Buffer;
}

/**
 * A tree with some leaves more, by their hashes. `write` is given every tile that is new or has grown, in its last state. What a leaf
 * costs does not depend on the size: a tile is written once for the leaves that come together.
 */
export const growTree = (edge: TreeEdge, leafHashes: readonly Buffer[], write: (tile: Tile) => void): TreeEdge => {
  const size = edge.size + leafHashes.length;
  const tiles: Buffer[] = [];
  let added: readonly Buffer[] = leafHashes;
  for (let level = 0; ; level += 1) {
    const held = edge.tiles[level] ?? Buffer.alloc(0);
    if (added.length === 0) {
      // Nothing changes here, nor above.
      tiles.push(...edge.tiles.slice(level));
      return { size, tiles };
    }
    const hashes = Buffer.concat([held, ...added]);
    let index = Math.floor(Math.floor(edge.size / TILE_WIDTH ** level) / TILE_WIDTH);
    const full: Buffer[] = [];
    let at = 0;
    for (; hashes.length - at >= TILE_WIDTH * HASH_BYTES; at += TILE_WIDTH * HASH_BYTES, index += 1) {
      const tile = hashes.subarray(at, at + TILE_WIDTH * HASH_BYTES);
      write({ level, index, hashes: tile });
      full.push(hashOfPerfect(tile));
    }
    const rest = Buffer.from(hashes.subarray(at));
    if (rest.length > 0) write({ level, index, hashes: rest });
    tiles.push(rest);
    added = full;
  }
};

/** The edge of a tree that is kept as tiles; `read` gives a tile with at least the hashes that the tree has of it. */
export const edgeOf = (size: number, read: (level: number, index: number) => Buffer): TreeEdge => {
  const tiles: Buffer[] = [];
  for (let level = 0; size >= TILE_WIDTH ** level; level += 1) {
    const width = partialWidth(size, level);
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    tiles.push(width === 0 ? Buffer.alloc(0) : read(level, index).subarray(0, width * HASH_BYTES));
  }
  return { size, tiles };
};
