import { byHandover, byPerson, type Way } from '../../domain/reconciliation/evidence.ts';
import type { Books } from '../../domain/reconciliation/matching.ts';
import type { Ours, Tangle, Theirs } from '../../domain/reconciliation/pairing.ts';
import { toldByThem, toldByUs } from '../../domain/reconciliation/told.ts';

interface Pair {
  readonly theirs: Theirs;
  readonly ours: Ours;
  readonly doubt: number;
}

/** What hangs together by some pairs: pairs are added until none adds anything. */
const hangingTogether = (pairs: readonly Pair[], first: Pair): Tangle => {
  const theirs = new Set([first.theirs]);
  const ours = new Set([first.ours]);
  for (let before = 0; before < theirs.size + ours.size; ) {
    before = theirs.size + ours.size;
    for (const pair of pairs) {
      if (!theirs.has(pair.theirs) && !ours.has(pair.ours)) continue;
      theirs.add(pair.theirs);
      ours.add(pair.ours);
    }
  }
  return { theirs: [...theirs], ours: [...ours] };
};

const without = (book: Tangle, tangles: readonly Tangle[]): Tangle => ({
  theirs: book.theirs.filter((each) => !tangles.some(({ theirs }) => theirs.includes(each))),
  ours: book.ours.filter((each) => !tangles.some(({ ours }) => ours.includes(each))),
});

const tanglesBy = ({ doubtOf }: Way, book: Tangle, theirSide: Books['theirSide']): readonly Tangle[] => {
  const pairs = book.theirs.flatMap((theirs) =>
    book.ours.flatMap((ours) => {
      const doubt = doubtOf(theirs.told, ours.told, theirSide);
      return doubt === undefined ? [] : [{ theirs, ours, doubt }];
    }),
  );
  const tangles: Tangle[] = [];
  for (const doubt of [...new Set(pairs.map((pair) => pair.doubt))].sort((a, b) => a - b)) {
    const left = without(book, tangles);
    const level = pairs.filter(
      (pair) => pair.doubt === doubt && left.theirs.includes(pair.theirs) && left.ours.includes(pair.ours),
    );
    for (const pair of level) {
      if (!tangles.some(({ theirs }) => theirs.includes(pair.theirs))) tangles.push(hangingTogether(level, pair));
    }
  }
  return tangles;
};

/**
 * What goes together of two books, in the plainest way: each line is held against each handover, and nothing is looked up, put together
 * because it is alike, or left out because it has gone. Lines that are listed twice are not to be among them.
 */
export const plainlyPaired = ({ theirs, ours, theirSide }: Omit<Books, 'scope'>): readonly Tangle[] => {
  const book: Tangle = {
    theirs: theirs.map((line) => ({ line, told: toldByThem(line) })),
    ours: ours.map((own) => ({ own, told: toldByUs(own) })),
  };
  const byPersons = tanglesBy(byPerson, book, theirSide);
  return [...byPersons, ...tanglesBy(byHandover, without(book, byPersons), theirSide)];
};
