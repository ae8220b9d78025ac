import type { StatedBy } from '../kernel/event.ts';
import { officeSide, otherSide, type Side } from '../kernel/sides.ts';
import { CASE_KINDS, type CaseKind } from '../reference/case-kinds.ts';
import { caseLifecycles } from './lifecycles/index.ts';
import type { CaseRow, PartyRole } from './lifecycles/vocabulary.ts';
import type { CaseState } from './state.ts';

/** Whose word an event is: the side of the office that states it, else of the office that records it. */
export const statingSide = (event: {
  readonly statedBy?: StatedBy | undefined;
  readonly recordedBy: { readonly side: Side };
}): Side =>
  event.statedBy === undefined ? event.recordedBy.side : (officeSide(event.statedBy.office) ?? event.recordedBy.side);

/** The sides that a role means in a case. */
export const sidesOf = (state: CaseState, role: PartyRole): readonly Side[] => {
  switch (role) {
    case 'requesting':
      return [state.requestingParty];
    case 'delivering':
      return [state.deliveringParty];
    case 'receiving':
      return [state.receivingParty];
    case 'either':
      return [state.requestingParty, otherSide(state.requestingParty)];
  }
};

/** The rows of a case's table for an event type from where the case stands. */
export const rowsFor = ({ kind, standing }: CaseState, type: string): readonly CaseRow[] =>
  ROWS[kind].get(`${standing.state} ${type}`) ?? [];

/** The rows of each table by the state from which they lead and their event. */
const ROWS = Object.fromEntries(
  CASE_KINDS.map((kind) => {
    const { rows } = caseLifecycles[kind];
    const from = rows.flatMap((row) => row.from.map((state) => ({ key: `${state} ${row.event}`, row })));
    const byKey = Map.groupBy(from, ({ key }) => key);
    return [kind, new Map([...byKey].map(([key, group]) => [key, group.map(({ row }) => row)]))];
  }),
) as unknown as Readonly<Record<CaseKind, ReadonlyMap<string, readonly CaseRow[]>>>;

/** The row by which an event follows on a state; undefined where the table has none for it and its side. */
export const findRow = (
  state: CaseState,
  event: {
    readonly type: string;
    readonly statedBy?: StatedBy | undefined;
    readonly recordedBy: { readonly side: Side };
  },
): CaseRow | undefined => rowsFor(state, event.type).find((row) => sidesOf(state, row.by).includes(statingSide(event)));
