import fc from 'fast-check';
import t from 'tap';
import { decodeEntries, encodeEntries, parseTilePath, tilePath, tilesOf } from '../../src/transparency/tile.ts';

t.test('the examples of c2sp.org/tlog-tiles', async (t) => {
  t.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067');
  t.equal(tilePath({ level: 'entries', index: 0, width: 3 }), 'tile/entries/000.p/3');

  const widths = (size: number, level: number) =>
    [...tilesOf(size)].filter((tile) => tile.level === level).map(({ width }) => width);
  const full = (count: number): readonly number[] => Array.from({ length: count }, () => 256);
  t.same(widths(70_000, 0), [...full(273), 112]);
  t.same(widths(70_000, 1), [...full(1), 17]);
  t.same(widths(70_000, 2), [1]);
  t.same(widths(70_000, 3), []);
  t.same(widths(256, 0), [256]);
  t.same(widths(256, 1), [1]);
});

t.test('a path is that of one tile, and is written in one way', async (t) => {
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
      fc.nat({ max: 2 ** 50 }),
      fc.integer({ min: 1, max: 256 }),
      (level, index, width) => {
        const address = { level, index, width };
        const parsed = parseTilePath(tilePath(address));
        return parsed?.level === level && parsed.index === index && parsed.width === width;
      },
    ),
  );
  for (const path of [
    'tile/00/000',
    'tile/64/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/-1/000',
    'tile/data/000',
    'tile/0/000/',
    'tile/0/x999/x999/x999/x999/x999/x999/999',
  ]) {
    t.equal(parseTilePath(path), undefined, path);
  }
});

t.test('entries of a bundle come out as they went in', async (t) => {
  const entry = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
      const decoded = decodeEntries(encodeEntries(entries));
      return decoded.length === entries.length && decoded.every((each, at) => each.equals(entries[at] as Uint8Array));
    }),
  );
  t.equal(encodeEntries([Buffer.alloc(65_535)]).length, 65_537);
  t.throws(() => encodeEntries([Buffer.alloc(65_536)]), RangeError);
  t.throws(() => decodeEntries(Buffer.from([0, 2, 65])), RangeError);
  t.throws(() => decodeEntries(Buffer.from([0])), RangeError);
});
