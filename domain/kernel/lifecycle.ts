/**
 * A lifecycle is a table: which event, from which states, to which state, by whose word, under which guards. Everything
 * about states is derived from it: decisions, what may come next, the drawn diagrams, the properties in the tests.
 */

/** Where an event leads: a state by name, or one of the two ways that do not name one. */
export type Target<State extends string> =
  | State
  /** The event is put on record; the state stays. */
  | 'unchanged'
  /** Back to where the stream stood before it was set aside. */
  | 'where-it-stood';

export interface Row<State extends string, EventType extends string, Role extends string, Guard extends string> {
  readonly event: EventType;
  readonly from: readonly State[];
  readonly to: Target<State>;
  readonly by: Role;
  readonly guards: readonly Guard[];
  /** Entering `to` sets the stream aside: `where-it-stood` leads back to the state before. */
  readonly setsAside?: boolean;
}

export interface Lifecycle<State extends string, EventType extends string, Role extends string, Guard extends string> {
  readonly name: string;
  /** The state before the first event. */
  readonly initial: State;
  readonly rows: readonly Row<State, EventType, Role, Guard>[];
}

/**
 * Where a stream stands: its state, and the states in which it was set aside, the latest last. Once it goes on from where it
 * was set aside, instead of back, nothing is set aside any more.
 */
export interface Standing<State extends string> {
  readonly state: State;
  readonly stoodAt: readonly State[];
}

// biome-ignore lint/suspicious/noExplicitAny: the helpers below take a table of whatever vocabulary
type AnyLifecycle = Lifecycle<any, any, any, any>;
type StateOf<L> = L extends Lifecycle<infer State, string, string, string> ? State : never;
type RowOf<L extends AnyLifecycle> = L['rows'][number];

/** One row: an event, the states it leaves from, the state it leads to, whose word it is, what must be on record. */
export const row = <State extends string, EventType extends string, Role extends string, Guard extends string>(
  event: EventType,
  from: readonly State[],
  to: Target<State>,
  by: Role,
  ...guards: Guard[]
): Row<State, EventType, Role, Guard> => ({ event, from, to, by, guards });

/** The rows that lead on from a state. More than one may be of the same event, for different roles. */
export const rowsFrom = <L extends AnyLifecycle>(lifecycle: L, state: StateOf<L>): readonly RowOf<L>[] =>
  lifecycle.rows.filter((row) => row.from.includes(state));

/** The rows by which an event leads on from a state. */
export const rowsFor = <L extends AnyLifecycle>(
  lifecycle: L,
  state: StateOf<L>,
  event: string,
): readonly RowOf<L>[] => {
  let index = indexes.get(lifecycle);
  if (index === undefined) {
    const steps = lifecycle.rows.flatMap((row) =>
      row.from.map((from: string) => ({ key: `${from} ${row.event}`, row })),
    );
    const grouped = Map.groupBy(steps, ({ key }) => key);
    index = new Map([...grouped].map(([key, group]) => [key, group.map(({ row }) => row)]));
    indexes.set(lifecycle, index);
  }
  return index.get(`${state} ${event}`) ?? [];
};

/** The rows of a table by the state from which they lead and their event: they are looked up for every event that is folded. */
const indexes = new WeakMap<AnyLifecycle, ReadonlyMap<string, readonly AnyLifecycle['rows'][number][]>>();

/** The state that a row leads to from a standing. */
export const advance = <State extends string>(
  standing: Standing<State>,
  row: Row<State, string, string, string>,
): Standing<State> => {
  if (row.to === 'unchanged') return standing;
  if (row.to === 'where-it-stood') {
    return { state: standing.stoodAt.at(-1) ?? standing.state, stoodAt: standing.stoodAt.slice(0, -1) };
  }
  return { state: row.to, stoodAt: row.setsAside ? [...standing.stoodAt, standing.state] : [] };
};

/** Every state of the table, in the order in which the rows name them. */
export const statesOf = <L extends AnyLifecycle>(lifecycle: L): readonly StateOf<L>[] => {
  const states = new Set<StateOf<L>>([lifecycle.initial]);
  for (const row of lifecycle.rows) {
    if (row.to !== 'unchanged' && row.to !== 'where-it-stood') states.add(row.to);
    for (const state of row.from) states.add(state);
  }
  return [...states];
};

/** The event types with which a stream of this table begins. */
export const openingsOf = <L extends AnyLifecycle>(lifecycle: L): readonly RowOf<L>['event'][] => [
  ...new Set(rowsFrom(lifecycle, lifecycle.initial).map((row) => row.event)),
];
