import type { Fields } from '../kernel/event.ts';
import type { EffectiveEvent } from '../kernel/record.ts';
import type { RegisterState } from '../kernel/register.ts';
import type { Direction } from '../kernel/sides.ts';
import type { Instant } from '../kernel/time.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import type { AgreedFigure, Settlement } from './events.ts';
import type { ListLine } from './lines.ts';
import type { Compared } from './results.ts';
import type { Scope } from './scope.ts';

/** A line of their list as it stands in the open. */
export interface ListedLine extends Pick<ListLine, 'number' | 'date' | 'pass'> {
  readonly direction: Direction;
  readonly kind: CaseKind;
}

/** The results of a comparison: of this ledger's book as it stood at a position of the log. */
export interface Comparison {
  readonly asOf: string;
  /** When the last of it was recorded. */
  readonly at: Instant;
  /** In how many parts they came. */
  readonly parts: number;
  readonly results: readonly Compared[];
}

/** A settlement, and the event that says it. */
export interface Settled extends Settlement {
  readonly eventId: string;
}

/** What a reconciliation holds. */
export interface ReconciliationEntries extends Scope {
  readonly number: string;
  readonly listed: number;
  readonly lines?: readonly ListedLine[];
  /** Of which not all parts are here yet. */
  readonly underWay?: Comparison | undefined;
  readonly comparison?: Comparison | undefined;
  /** By the key of the result. */
  readonly settlements?: Readonly<Record<string, Settled>>;
  readonly signedOff?:
    | { readonly figures: readonly AgreedFigure[]; readonly eventId: string; readonly on: string }
    | undefined;
}

export const entriesOf = (entries: Fields): ReconciliationEntries => entries as unknown as ReconciliationEntries;

/** The results of the comparison that stands; none where there is none yet. */
export const resultsOf = ({ comparison }: ReconciliationEntries): readonly Compared[] => comparison?.results ?? [];

/** What a result, or a settlement of it, is known by: the line of theirs, else the handover of ours. */
export const keyOf = ({
  theirs,
  ours,
}: {
  readonly theirs?: number | undefined;
  readonly ours?: string | { readonly event: string } | undefined;
}): string => (theirs === undefined ? String(typeof ours === 'object' ? ours.event : ours) : `line ${theirs}`);

/** What a line does not say, the scope says where that is one. */
export const withScope = ({ directions, kinds }: Scope, line: ListLine): ListedLine => ({
  ...line,
  direction: line.direction ?? (directions[0] as Direction),
  kind: line.kind ?? (kinds[0] as CaseKind),
});

type Change = (entries: Fields, event: EffectiveEvent) => Fields;

export const addLines: Change = (entries, { data }) => {
  const known = entriesOf(entries);
  const added = (data.lines as readonly ListLine[]).map((line) => withScope(known, line));
  return { ...entries, lines: [...(known.lines ?? []), ...added] };
};

interface Part {
  readonly asOf: string;
  readonly part: number;
  readonly results: readonly Compared[];
}

const withPart = ({ underWay }: ReconciliationEntries, { data, recordedAt: at }: EffectiveEvent): Comparison => {
  const { asOf, part, results } = data as unknown as Part;
  return { asOf, at, parts: part, results: part === 1 ? results : [...(underWay?.results ?? []), ...results] };
};

export const addResults: Change = (entries, event) => ({ ...entries, underWay: withPart(entriesOf(entries), event) });

/** What was settled before stays so where its result is as it was. */
export const finishComparison: Change = (entries, event) => {
  const known = entriesOf(entries);
  const comparison = withPart(known, event);
  const before = new Map(resultsOf(known).map((result) => [keyOf(result), JSON.stringify(result)]));
  const now = new Map(comparison.results.map((result) => [keyOf(result), JSON.stringify(result)]));
  const isAsBefore = (key: string): boolean => now.has(key) && now.get(key) === before.get(key);
  const settlements = Object.entries(known.settlements ?? {}).filter(
    ([key, { with: other }]) => isAsBefore(key) && (other === undefined || !before.has(other) || isAsBefore(other)),
  );
  return { ...entries, underWay: undefined, comparison, settlements: Object.fromEntries(settlements) };
};

/** The comparison that stands is kept until the new one is made. */
export const compareAnew: Change = (entries) => ({ ...entries, underWay: undefined });

/** The results that are ambiguous together, named by the first line of theirs. */
export const ambiguousTogether = (entries: ReconciliationEntries, first: number): readonly Compared[] =>
  resultsOf(entries).filter(({ together }) => together?.first === first);

/** The keys of the results that a settlement settles. */
export const keysSettled = (entries: ReconciliationEntries, settled: Settlement): readonly string[] =>
  settled.together === undefined ? [keyOf(settled)] : ambiguousTogether(entries, settled.together).map(keyOf);

/** Of two settlements of one line the later one holds. */
export const settleLines: Change = (entries, { id: eventId, data }) => {
  const settled = (data.settled as readonly Settlement[]).flatMap((each) =>
    keysSettled(entriesOf(entries), each).map((key) => [key, { ...each, eventId }] as const),
  );
  return { ...entries, settlements: { ...entriesOf(entries).settlements, ...Object.fromEntries(settled) } };
};

export const signOff: Change = (entries, { id: eventId, occurredAt, data }) => ({
  ...entries,
  signedOff: { figures: data.figures as readonly AgreedFigure[], eventId, on: occurredAt },
});

export const takeUpAgain: Change = (entries) => ({ ...entries, signedOff: undefined });

/** Whether the ledger is to compare: all lines of the list are here, and it was not done yet. */
export const isToBeCompared = ({ standing, entries }: RegisterState): boolean => {
  const { listed, lines = [] } = entriesOf(entries);
  return standing.state === 'received' && lines.length === listed;
};

/** The handovers of ours that lines of theirs were settled to be. */
export const takenHandovers = ({ settlements = {} }: ReconciliationEntries): ReadonlySet<string> =>
  new Set(Object.values(settlements).flatMap(({ with: other }) => (other === undefined ? [] : [other])));

/** Whether something is still to be decided of a result. */
export const isOpen = (
  { settlements = {} }: Pick<ReconciliationEntries, 'settlements'>,
  taken: ReadonlySet<string>,
  result: Compared,
): boolean =>
  result.result !== 'matched' &&
  settlements[keyOf(result)] === undefined &&
  !(result.theirs === undefined && taken.has(keyOf(result)));

/** How many results are still to be decided on. */
export const openCount = (entries: ReconciliationEntries): number => {
  const taken = takenHandovers(entries);
  return resultsOf(entries).filter((result) => isOpen(entries, taken, result)).length;
};

/** The results with whether each is still to be decided on. */
export const openResults = (
  entries: ReconciliationEntries,
): readonly (readonly [result: Compared, isOpen: boolean])[] => {
  const taken = takenHandovers(entries);
  return resultsOf(entries).map((result) => [result, isOpen(entries, taken, result)] as const);
};
