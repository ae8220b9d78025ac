import { type Lifecycle, stoodBefore } from './lifecycle.ts';

/**
 * A lifecycle as a Mermaid state diagram (https://mermaid.js.org/syntax/stateDiagram.html). Events that leave the state as it
 * is are left out; ways back to where a stream stood are drawn to each state where it can have stood.
 */
export const drawLifecycle = (lifecycle: Lifecycle<string, string, string, string>): string => {
  const arrows = lifecycle.rows.flatMap((row) => {
    if (row.to === 'unchanged') return [];
    return row.from.flatMap((from) => {
      const targets = row.to === 'where-it-stood' ? stoodBefore(lifecycle, from) : [row.to];
      return targets.map((to) => ({ from: from === lifecycle.initial ? '[*]' : nodeId(from), to: nodeId(to), row }));
    });
  });
  const names = new Set(arrows.flatMap(({ from, to }) => [from, to]).filter((id) => id !== '[*]'));
  return [
    'stateDiagram-v2',
    ...[...names].map((id) => `  state "${id.replaceAll('_', ' ')}" as ${id}`),
    ...arrows.map(({ from, to, row }) => `  ${from} --> ${to}: ${row.event} (${row.by})`),
    '',
  ].join('\n');
};

/** Mermaid reads a hyphen in an id as a part of an arrow. */
const nodeId = (state: string): string => state.replaceAll('-', '_');
