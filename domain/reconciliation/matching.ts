import type { Side } from '../kernel/sides.ts';
import { nameKeys } from '../person/folding.ts';
import { foldNumber } from '../person/numbers.ts';
import { byTheClocks, differencesOf, explanationsOf } from './differences.ts';
import { type Doubt, type DoubtOf, doubtByHandover, doubtByPerson, handoverKeys, personKeys } from './evidence.ts';
import type { OwnHandover, TheirLine } from './lines.ts';
import { type Compared, MOST_CANDIDATES } from './results.ts';
import { isInScope, type Scope } from './scope.ts';
import { type Told, toldByThem, toldByUs } from './told.ts';

/** Two books of one scope. */
export interface Books {
  readonly scope: Scope;
  readonly theirSide: Side;
  /** Each under a number of its own. */
  readonly theirs: readonly TheirLine[];
  /** Also those beside the scope that one of theirs may be. */
  readonly ours: readonly OwnHandover[];
}

/** A line of theirs, and a handover of ours, made ready to be compared. */
interface Theirs {
  readonly line: TheirLine;
  readonly told: Told;
}
interface Ours {
  readonly own: OwnHandover;
  readonly told: Told;
}

interface Pair {
  readonly theirs: Theirs;
  readonly ours: Ours;
  readonly doubt: Doubt;
}

/** Lines and handovers of which nothing tells which is which. */
interface Tangle {
  readonly theirs: readonly Theirs[];
  readonly ours: readonly Ours[];
}

interface Paired {
  readonly pairs: readonly Pair[];
  readonly tangles: readonly Tangle[];
}

/**
 * Holds two books against each other: one of theirs is one of ours at most. The pairs of which least speaks against go together first; where
 * several are alike, nothing is guessed: all of them are ambiguous, each with those that it can be. First by the person; then, of what is
 * left over, by the handover alone. Every line of theirs, and every handover of ours that is of the scope, stands in one result; in
 * whichever order they come.
 */
export const compareBooks = ({ scope, theirSide, theirs, ours }: Books): readonly Compared[] => {
  const lines = theirs.toSorted((a, b) => a.line - b.line);
  const twice = listedTwice(lines);
  const once = lines.filter(({ line }) => !twice.has(line)).map((line): Theirs => ({ line, told: toldByThem(line) }));
  const owns = ours.map((own): Ours => ({ own, told: toldByUs(own) }));

  const byPerson = pairUp(once, owns, { doubtOf: doubtByPerson, keysOf: personKeys, theirSide });
  const left = leftBy(byPerson, once, owns);
  const byHandover = pairUp(left.theirs, left.ours, { doubtOf: doubtByHandover, keysOf: handoverKeys, theirSide });
  const alone = leftBy(byHandover, left.theirs, left.ours);
  const tangles = [...byPerson.tangles, ...byHandover.tangles];
  const isAsked = ({ own }: Ours): boolean => isInScope(scope, own);

  const ofTheirs: readonly Compared[] = [
    ...[...byPerson.pairs, ...byHandover.pairs].map((pair) => comparedPair(scope, theirSide, pair)),
    ...tangles.flatMap((tangle) => tangle.theirs.map((each) => ambiguousLine(scope, each, tangle))),
    ...alone.theirs.map(({ line }) => theirsOnly(scope, line)),
    ...lines.flatMap((line) => {
      const sameAs = twice.get(line.line);
      return sameAs === undefined ? [] : [theirsOnly(scope, line, sameAs)];
    }),
  ];
  const ofOurs: readonly Compared[] = [
    ...tangles.flatMap((tangle) => tangle.ours.filter(isAsked).map((each) => ambiguousHandover(each, tangle))),
    ...alone.ours.filter(isAsked).map(({ own }): Compared => ({ result: 'ours-only', ours: shown(own) })),
  ];
  return [
    ...ofTheirs.toSorted((a, b) => (a.theirs ?? 0) - (b.theirs ?? 0)),
    ...ofOurs.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)),
  ];
};

const comparedPair = (scope: Scope, theirSide: Side, { theirs, ours }: Pair): Compared => {
  const differsIn = differencesOf(theirs.told, ours.told);
  return {
    result: differsIn.length === 0 ? 'matched' : 'conflicting',
    theirs: theirs.line.line,
    ours: shown(ours.own),
    ...listed('differsIn', differsIn),
    ...listed('explainedBy', [
      ...byTheClocks(theirs.told, ours.told, theirSide),
      ...explanationsOf(scope, theirs.line, ours.own),
    ]),
  };
};

const ambiguousLine = (scope: Scope, { line }: Theirs, tangle: Tangle): Compared => ({
  result: 'ambiguous',
  theirs: line.line,
  ...listed('explainedBy', explanationsOf(scope, line, undefined)),
  candidates: {
    ours: tangle.ours
      .map(({ own }) => own.event)
      .sort()
      .slice(0, MOST_CANDIDATES),
  },
  together: togetherIn(tangle),
});

const ambiguousHandover = ({ own }: Ours, tangle: Tangle): Compared => ({
  result: 'ambiguous',
  ours: shown(own),
  candidates: {
    theirs: tangle.theirs
      .map(({ line }) => line.line)
      .sort((a, b) => a - b)
      .slice(0, MOST_CANDIDATES),
  },
  together: togetherIn(tangle),
});

const togetherIn = ({ theirs, ours }: Tangle): NonNullable<Compared['together']> => ({
  first: Math.min(...theirs.map(({ line }) => line.line)),
  theirs: theirs.length,
  ours: ours.length,
});

const theirsOnly = (scope: Scope, line: TheirLine, sameAs?: number): Compared => ({
  result: 'theirs-only',
  theirs: line.line,
  ...listed('explainedBy', [
    ...explanationsOf(scope, line, undefined),
    ...(sameAs === undefined ? [] : ['listed-twice' as const]),
  ]),
  ...(sameAs !== undefined && { sameAs }),
});

const placeOf = ({ ours }: Compared): string => `${ours?.date} ${ours?.event}`;

const shown = ({ event, case: caseId, date, pass, direction, kind }: OwnHandover): NonNullable<Compared['ours']> => ({
  event,
  case: caseId,
  date,
  ...(pass !== undefined && { pass }),
  direction,
  kind,
});

/** A list under its name, where there is something in it. */
const listed = <Name extends string, Item>(name: Name, items: readonly Item[]) =>
  (items.length > 0 ? { [name]: [...items] } : {}) as { [key in Name]?: Item[] };

/** What is in no pair and no tangle. */
const leftBy = ({ pairs, tangles }: Paired, theirs: readonly Theirs[], ours: readonly Ours[]): Tangle => {
  const taken = new Set<Theirs | Ours>([
    ...pairs.flatMap((pair) => [pair.theirs, pair.ours]),
    ...tangles.flatMap((tangle) => [...tangle.theirs, ...tangle.ours]),
  ]);
  return { theirs: theirs.filter((each) => !taken.has(each)), ours: ours.filter((each) => !taken.has(each)) };
};

interface Way {
  readonly doubtOf: DoubtOf;
  /** Two that it brings together have one of these in common. */
  readonly keysOf: (told: Told) => readonly string[];
  readonly theirSide: Side;
}

/** Pairs by one way of bringing them together, those of which least speaks against before all others. */
const pairUp = (theirs: readonly Theirs[], ours: readonly Ours[], way: Way): Paired => {
  const levels = Map.groupBy(possiblePairs(theirs, ours, way), ({ doubt }) => doubt);
  const pairs: Pair[] = [];
  const tangles: Tangle[] = [];
  const taken = new Set<Theirs | Ours>();
  for (const doubt of [...levels.keys()].sort((a, b) => a - b)) {
    const level = (levels.get(doubt) ?? []).filter((pair) => !taken.has(pair.theirs) && !taken.has(pair.ours));
    for (const together of connected(level)) {
      for (const each of [...together.theirs, ...together.ours]) taken.add(each);
      const [first] = together.pairs;
      if (together.pairs.length === 1 && first !== undefined) pairs.push(first);
      else tangles.push(together);
    }
  }
  return { pairs, tangles };
};

const possiblePairs = (
  theirs: readonly Theirs[],
  ours: readonly Ours[],
  { doubtOf, keysOf, theirSide }: Way,
): readonly Pair[] => {
  const byKey = grouped(ours, ({ told }) => keysOf(told));
  return theirs.flatMap((each) => {
    const candidates = new Set(keysOf(each.told).flatMap((key) => byKey.get(key) ?? []));
    return [...candidates].flatMap((own): Pair[] => {
      const doubt = doubtOf(each.told, own.told, theirSide);
      return doubt === undefined ? [] : [{ theirs: each, ours: own, doubt }];
    });
  });
};

const grouped = <Item, Key>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly Key[],
): ReadonlyMap<Key, Item[]> => {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
};

/** The pairs by what hangs together: each of theirs and of ours stands in one group. */
const connected = (pairs: readonly Pair[]): readonly (Tangle & { readonly pairs: readonly Pair[] })[] => {
  const ofTheirs = grouped(pairs, ({ theirs }) => [theirs]);
  const ofOurs = grouped(pairs, ({ ours }) => [ours]);
  const seen = new Set<Theirs>();
  return pairs.flatMap((pair) => {
    if (seen.has(pair.theirs)) return [];
    const theirs = new Set([pair.theirs]);
    const ours = new Set<Ours>();
    for (const each of theirs) {
      seen.add(each);
      for (const { ours: own } of ofTheirs.get(each) ?? []) {
        if (ours.has(own)) continue;
        ours.add(own);
        for (const other of ofOurs.get(own) ?? []) theirs.add(other.theirs);
      }
    }
    return [{ theirs: [...theirs], ours: [...ours], pairs: [...theirs].flatMap((each) => ofTheirs.get(each) ?? []) }];
  });
};

/** The lines that have a person and a handover once more who stand in an earlier line, each with that one. */
const listedTwice = (lines: readonly TheirLine[]): ReadonlyMap<number, number> => {
  const first = new Map<string, number>();
  const twice = new Map<number, number>();
  for (const each of lines) {
    const key = certainKey(each);
    if (key === undefined) continue;
    const known = first.get(key);
    if (known === undefined) first.set(key, each.line);
    else twice.set(each.line, known);
  }
  return twice;
};

/** What tells for certain who was handed over when; undefined where nothing does, as with initials alone. */
const certainKey = ({
  document,
  caseNumber,
  names,
  birthDate,
  date,
  direction,
  number,
}: TheirLine): string | undefined => {
  const isBorn = birthDate?.length === 'YYYY-MM-DD'.length && names !== undefined;
  if (document === undefined && caseNumber === undefined && !isBorn) return undefined;
  const person = [
    document && foldNumber(document),
    caseNumber && foldNumber(caseNumber),
    isBorn && names?.map((name) => nameKeys(name).key).sort(),
    isBorn && birthDate,
  ];
  return JSON.stringify([person, date, direction, number && foldNumber(number)]);
};
