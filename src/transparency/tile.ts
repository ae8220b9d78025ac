/** Tiles of a Merkle tree and where they are found (https://c2sp.org/tlog-tiles). */

/** A full tile has the hashes of a subtree of this height as its leaves. */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 2 ** TILE_HEIGHT;

/**
 * The hashes of a tile, concatenated: at least as many as the tree asks for, all of them where the tile is full. Throws where there is no
 * such tile.
 */
export type TileReader = (level: number, index: number) => Buffer;

/** A tile of hashes, or a bundle of entries, of so many parts: 256, or fewer at the right edge of a tree. */
export interface TileAddress {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

/** How many hashes of the last, partial tile of a level a tree of this size has; 0 where all of its tiles are full. */
export const partialWidth = (size: number, level: number): number =>
  Math.floor(size / TILE_WIDTH ** level) % TILE_WIDTH;

/** Such as `tile/0/x001/234.p/112`, after the prefix of the log. */
export const tilePath = ({ level, index, width }: TileAddress): string => {
  const parts: string[] = [];
  for (let rest = index, isLast = true; isLast || rest > 0; rest = Math.floor(rest / 1000), isLast = false) {
    parts.unshift(`${isLast ? '' : 'x'}${String(rest % 1000).padStart(3, '0')}`);
  }
  return `tile/${level}/${parts.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
};

const PATH = /^tile\/(?<level>entries|0|[1-9]\d?)\/(?<index>(?:x\d{3}\/)*\d{3})(?:\.p\/(?<width>[1-9]\d{0,2}))?$/;

/** Undefined for what is no path of a tile, or not the one way in which it is written. */
export const parseTilePath = (path: string): TileAddress | undefined => {
  const groups = PATH.exec(path)?.groups;
  if (groups === undefined) return undefined;
  const { level, index = '', width } = groups;
  const address: TileAddress = {
    level: level === 'entries' ? level : Number(level),
    index: Number(index.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  return tilePath(address) === path && Number.isSafeInteger(address.index) && isLevel(address.level)
    ? address
    : undefined;
};

const isLevel = (level: TileAddress['level']): boolean => level === 'entries' || level <= 63;

/** Every tile and bundle of a tree, those at its right edge with their width. */
export function* tilesOf(size: number): Generator<TileAddress> {
  for (let level = 0, hashes = size; hashes > 0; level += 1, hashes = Math.floor(hashes / TILE_WIDTH)) {
    for (let index = 0; index * TILE_WIDTH < hashes; index += 1) {
      const width = Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH);
      if (level === 0) yield { level: 'entries', index, width };
      yield { level, index, width };
    }
  }
}

/** Entries of one bundle: each with its length before it, in two bytes. Throws RangeError for an entry of more than 65,535 bytes. */
export const encodeEntries = (entries: readonly Uint8Array[]): Buffer =>
  Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.allocUnsafe(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );

/** Throws RangeError where a bundle ends within an entry. */
export const decodeEntries = (bundle: Buffer): readonly Buffer[] => {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length; ) {
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) throw new RangeError('the bundle ends within an entry');
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
};
