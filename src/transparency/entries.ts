import { streamOf } from '../../domain/kernel/stream-kind.ts';
import type { HistoryQueries } from '../../projections/history/query.ts';
import { entryOf } from './leaf.ts';
import { HASH_BYTES, hashLeaf } from './merkle.ts';
import { encodeEntries, TILE_WIDTH, type TileAddress } from './tile.ts';
import type { TreeQueries } from './tree-file.ts';

/** What is shown of an event is not what stands in the tree: the view was changed, or built from a log that was. */
export class EntryMismatch extends Error {
  override readonly name = 'EntryMismatch';
}

/**
 * A bundle of entries, made from the view of what was recorded; undefined where that has not come so far. Throws EntryMismatch where an
 * entry does not hash to its leaf.
 */
export const entriesOf = (
  tree: Pick<TreeQueries, 'positions' | 'tile'>,
  history: Pick<HistoryQueries, 'between'>,
  { index, width }: Pick<TileAddress, 'index' | 'width'>,
): Buffer | undefined => {
  const positions = tree.positions(index * TILE_WIDTH, width);
  const [first, last] = [positions[0], positions.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const rows = history.between(first, last);
  if (rows.at(-1)?.position !== last) return undefined;
  const entries = rows.map((row) => entryOf({ ...row, stream: streamOf(row, row.recordId) }));
  const hashes = Buffer.concat(entries.map(hashLeaf));
  if (!hashes.equals(tree.tile(0, index).subarray(0, width * HASH_BYTES))) {
    throw new EntryMismatch(`the events of leaves ${index * TILE_WIDTH} and following are not as they were recorded`);
  }
  return encodeEntries(entries);
};
