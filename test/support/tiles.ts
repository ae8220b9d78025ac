import { hashLeaf } from '../../src/transparency/merkle.ts';
import type { TileReader } from '../../src/transparency/tile.ts';
import { growTree, type TreeEdge } from '../../src/transparency/tree.ts';

/** The tiles of a tree in memory. */
export const tilesOfLeaves = (leaves: readonly Buffer[]): TileReader => {
  const tiles = new Map<string, Buffer>();
  let edge: TreeEdge = { size: 0, tiles: [] };
  edge = growTree(edge, leaves.map(hashLeaf), ({ level, index, hashes }) => tiles.set(`${level}/${index}`, hashes));
  return (level, index) => {
    const tile = tiles.get(`${level}/${index}`);
    if (tile === undefined) throw new RangeError(`there is no tile ${level}/${index} in a tree of ${edge.size}`);
    return tile;
  };
};
