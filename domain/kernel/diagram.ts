import { type Lifecycle, type Row, statesOf } from './lifecycle.ts';

/** From more states than these an event is drawn once, from a box that names them all. */
const MANY = 4;

const WAY_BACK = 'where it stood';

/**
 * A lifecycle as a Mermaid state diagram (https://mermaid.js.org/syntax/stateDiagram.html). Events that leave the state as it
 * is are left out. So that it can be read, an event that leads on from many states is drawn once, from a box that names the
 * states or those that are not meant, and every way back leads to a box of its own, `where it stood`.
 */
export const drawLifecycle = (lifecycle: Lifecycle<string, string, string, string>): string => {
  const states = statesOf(lifecycle).filter((state) => state !== lifecycle.initial);
  const ids = new Map(states.map((state) => [state, nodeId(state)]));
  const boxOf = (label: string, id: string): string => {
    const known = ids.get(label) ?? id;
    ids.set(label, known);
    return known;
  };
  const arrows = lifecycle.rows
    .filter(({ to }) => to !== 'unchanged')
    .flatMap((row) => {
      const to = row.to === 'where-it-stood' ? boxOf(WAY_BACK, 'where_it_stood') : nodeId(row.to);
      return sourcesOf(row, states).map((source) => {
        const from = source === lifecycle.initial ? '[*]' : boxOf(source, `several_${ids.size - states.length + 1}`);
        return `  ${from} --> ${to}: ${row.event} (${row.by})`;
      });
    });
  return [
    'stateDiagram-v2',
    ...[...ids].map(([label, id]) => `  state "${label.replaceAll('-', ' ')}" as ${id}`),
    ...arrows,
    '',
  ].join('\n');
};

const sourcesOf = ({ from }: Row<string, string, string, string>, states: readonly string[]): readonly string[] => {
  if (from.length <= MANY) return from;
  const missing = states.filter((state) => !from.includes(state));
  return [missing.length < from.length ? `any but ${missing.join(', ')}` : from.join(', ')];
};

/** Mermaid reads a hyphen in an id as a part of an arrow. */
const nodeId = (state: string): string => state.replaceAll('-', '_');
