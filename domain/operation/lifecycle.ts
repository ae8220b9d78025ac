import type { AnyLifecycle } from '../kernel/record.ts';

const underWay = ['running', 'suspended'];
const notCancelled = ['planned', ...underWay, 'concluded'];

const row = (event: string, from: readonly string[], to: string) => ({ event, from, to, by: 'either', guards: [] });

/** An operation of both sides: planned, run in phases, concluded. Each side reports results in its own word, also afterwards. */
export const lifecycle: AnyLifecycle = {
  name: 'operation',
  initial: 'not-opened',
  rows: [
    row('planned', ['not-opened'], 'planned'),
    row('replanned', ['planned'], 'unchanged'),
    row('begun', ['planned'], 'running'),
    row('phase-begun', ['running'], 'unchanged'),
    row('phase-ended', underWay, 'unchanged'),
    row('suspended', ['running'], 'suspended'),
    row('resumed', ['suspended'], 'running'),
    row('result-reported', [...underWay, 'concluded'], 'unchanged'),
    row('case-linked', notCancelled, 'unchanged'),
    row('case-unlinked', notCancelled, 'unchanged'),
    row('concluded', underWay, 'concluded'),
    row('cancelled', ['planned'], 'cancelled'),
  ],
};
