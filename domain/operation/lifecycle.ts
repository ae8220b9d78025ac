import { row } from '../kernel/lifecycle.ts';
import type { AnyLifecycle } from '../kernel/record.ts';

const underWay = ['running', 'suspended'];
const notCancelled = ['planned', ...underWay, 'concluded'];

/** An operation of both sides: planned, run in phases, concluded. Each side reports results in its own word, also afterwards. */
export const lifecycle: AnyLifecycle = {
  name: 'operation',
  initial: 'not-opened',
  rows: [
    row('planned', ['not-opened'], 'planned', 'either'),
    row('replanned', ['planned'], 'unchanged', 'either'),
    row('begun', ['planned'], 'running', 'either'),
    row('phase-begun', ['running'], 'unchanged', 'either'),
    row('phase-ended', underWay, 'unchanged', 'either'),
    row('suspended', ['running'], 'suspended', 'either'),
    row('resumed', ['suspended'], 'running', 'either'),
    row('result-reported', [...underWay, 'concluded'], 'unchanged', 'either'),
    row('case-linked', notCancelled, 'unchanged', 'either', 'victims-by-protection'),
    row('case-unlinked', notCancelled, 'unchanged', 'either'),
    row('concluded', underWay, 'concluded', 'either'),
    row('cancelled', ['planned'], 'cancelled', 'either'),
  ],
};
