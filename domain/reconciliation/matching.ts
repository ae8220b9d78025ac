import type { Side } from '../kernel/sides.ts';
import { nameKeys } from '../person/folding.ts';
import { foldNumber } from '../person/numbers.ts';
import { byTheClocks, differencesOf, explanationsOf } from './differences.ts';
import { byHandover, byPerson } from './evidence.ts';
import type { OwnHandover, TheirLine } from './lines.ts';
import { type Ours, type Pair, type Paired, pairUp, type Tangle, type Theirs } from './pairing.ts';
import { type Compared, MOST_CANDIDATES } from './results.ts';
import { isInScope, type Scope } from './scope.ts';
import { toldByThem, toldByUs } from './told.ts';

/** Two books of one scope. */
export interface Books {
  readonly scope: Scope;
  readonly theirSide: Side;
  /** Each under a number of its own. */
  readonly theirs: readonly TheirLine[];
  /** Also those beside the scope that one of theirs may be. */
  readonly ours: readonly OwnHandover[];
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

  const persons = pairUp(once, owns, byPerson, theirSide);
  const left = leftBy(persons, once, owns);
  const handovers = pairUp(left.theirs, left.ours, byHandover, theirSide);
  const alone = leftBy(handovers, left.theirs, left.ours);
  const tangles = [...persons.tangles, ...handovers.tangles].map(shownTangle);
  const isAsked = ({ own }: Ours): boolean => isInScope(scope, own);

  const ofTheirs: readonly Compared[] = [
    ...[...persons.pairs, ...handovers.pairs].map((pair) => comparedPair(scope, theirSide, pair)),
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

/** A tangle with what is shown of it, one and the same for each that is in it: the candidates, and how many it is of. */
interface ShownTangle extends Tangle {
  readonly ofLine: NonNullable<Compared['candidates']>;
  readonly ofHandover: NonNullable<Compared['candidates']>;
  readonly together: NonNullable<Compared['together']>;
}

const shownTangle = ({ theirs, ours }: Tangle): ShownTangle => {
  const lines = theirs.map(({ line }) => line.line).sort((a, b) => a - b);
  return {
    theirs,
    ours,
    ofLine: {
      ours: ours
        .map(({ own }) => own.event)
        .sort()
        .slice(0, MOST_CANDIDATES),
    },
    ofHandover: { theirs: lines.slice(0, MOST_CANDIDATES) },
    together: { first: lines[0] as number, theirs: theirs.length, ours: ours.length },
  };
};

const ambiguousLine = (scope: Scope, { line }: Theirs, { ofLine, together }: ShownTangle): Compared => ({
  result: 'ambiguous',
  theirs: line.line,
  ...listed('explainedBy', explanationsOf(scope, line, undefined)),
  candidates: ofLine,
  together,
});

const ambiguousHandover = ({ own }: Ours, { ofHandover, together }: ShownTangle): Compared => ({
  result: 'ambiguous',
  ours: shown(own),
  candidates: ofHandover,
  together,
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
