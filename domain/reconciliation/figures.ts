import type { Direction } from '../kernel/sides.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import type { AgreedFigure } from './events.ts';
import type { Compared } from './results.ts';
import { type Counting, inPeriod, isInScope, type Scope } from './scope.ts';
import { keyOf, openCount, type ReconciliationEntries, resultsOf, type Settled, takenHandovers } from './work.ts';

/** One figure in either book, and as the two have agreed on it. */
export interface ReconciledFigure {
  readonly direction: Direction;
  readonly kind: CaseKind;
  readonly theirs: number;
  readonly ours: number;
  /** Left out while something is to be decided. */
  readonly agreed?: number;
}

/** As the two books have it before anything is settled, and as it is settled: by direction and kind, as the scope names them. */
export const figuresOf = (entries: ReconciliationEntries): readonly ReconciledFigure[] => {
  const { lines = [], directions, kinds } = entries;
  const results = resultsOf(entries);
  const theirs = countOf(lines.filter((line) => inPeriod(entries, line.date) === 'inside'));
  const ours = countOf(results.flatMap(({ ours: own }) => (own !== undefined && isInScope(entries, own) ? [own] : [])));
  const agreed = openCount(entries) > 0 ? undefined : countOf(agreedHandovers(entries));
  return directions.flatMap((direction) =>
    kinds.map((kind) => ({
      direction,
      kind,
      theirs: theirs(direction, kind),
      ours: ours(direction, kind),
      ...(agreed && { agreed: agreed(direction, kind) }),
    })),
  );
};

/** The figures that can be signed off: those on which the two have agreed. */
export const agreedFigures = (entries: ReconciliationEntries): readonly AgreedFigure[] =>
  figuresOf(entries).map(({ direction, kind, agreed = 0 }) => ({ direction, kind, persons: agreed }));

const countOf = (handovers: readonly Counting[]) => {
  const counts = Map.groupBy(handovers, ({ direction, kind }) => `${direction} ${kind}`);
  return (direction: Direction, kind: CaseKind): number => counts.get(`${direction} ${kind}`)?.length ?? 0;
};

/** What counts of all results, each as the book has it that stands. */
const agreedHandovers = (entries: ReconciliationEntries): readonly Counting[] => {
  const { settlements = {} } = entries;
  const results = resultsOf(entries);
  const ownOf = new Map(results.flatMap(({ ours }) => (ours === undefined ? [] : [[ours.event, ours] as const])));
  const taken = takenHandovers(entries);
  return results
    .filter((result) => result.theirs !== undefined || !taken.has(keyOf(result)))
    .flatMap((result) => {
      const { theirs, ours } = sidesOf(entries, result);
      const settled = settlements[keyOf(result)];
      const other = settled?.with === undefined ? undefined : ownOf.get(settled.with);
      return standing(settled, theirs, ours ?? other).filter((each) => isInScope(entries, each));
    });
};

/** The handover of a result as either book has it. */
const sidesOf = ({ lines = [] }: ReconciliationEntries, { theirs, ours }: Compared) => ({
  theirs: theirs === undefined ? undefined : lines[theirs - 1],
  ours,
});

type Side = Counting | undefined;

const present = (...sides: readonly Side[]): readonly Counting[] => sides.filter((side) => side !== undefined);

/** What stands of a result by what was settled, before it is asked whether it is of the scope. */
const standing = (settled: Settled | undefined, theirs: Side, ours: Side): readonly Counting[] => {
  switch (settled?.decision) {
    case undefined:
    case 'ours-stands':
    case 'explained':
    case 'matched-with':
    // As many as of theirs.
    case 'matched-together':
      return present(ours);
    case 'theirs-stands':
      return present(theirs);
    case 'not-counted':
      return [];
    case 'not-the-same': {
      const { counts = [] } = settled;
      return present(counts.includes('theirs') ? theirs : undefined, counts.includes('ours') ? ours : undefined);
    }
  }
};

/** Whether the two books count a handover alike: both or neither, in the same direction and kind. */
export const countAlike = (scope: Scope, theirs: Counting, ours: Counting): boolean => {
  const [a, b] = [isInScope(scope, theirs), isInScope(scope, ours)];
  return a === b && (!a || (theirs.direction === ours.direction && theirs.kind === ours.kind));
};
