import { BY_THE_LEDGER } from '../kernel/access.ts';
import { EXPUNGED } from '../kernel/expunged.ts';
import { row } from '../kernel/lifecycle.ts';
import type { AnyLifecycle } from '../kernel/record.ts';

const PROTECTED = 'for-protection';

const opened = ['received', 'found-too-large', 'compared', 'signed-off', 'acknowledged', 'withdrawn'];

/**
 * Two books held against each other: the other side's list received, compared by the ledger, worked through line by line, and signed off by
 * the side that keeps the ledger as a figure that the other acknowledges or declines.
 */
export const lifecycle: AnyLifecycle = {
  name: 'reconciliation',
  initial: 'not-opened',
  rows: [
    row('list-received', ['not-opened'], 'received', 'other', PROTECTED),
    row('lines-listed', ['received'], 'unchanged', 'either', PROTECTED, 'as-many-as-listed'),
    row('compared-in-part', ['received'], 'unchanged', 'either', BY_THE_LEDGER, 'part-comes-next'),
    row('compared', ['received'], 'compared', 'either', BY_THE_LEDGER, 'part-comes-next'),
    row('found-too-large', ['received'], 'found-too-large', 'either', BY_THE_LEDGER),
    row('lines-settled', ['compared'], 'unchanged', 'either', PROTECTED),
    row('comparison-requested', ['received', 'compared'], 'received', 'own', PROTECTED),
    row('signed-off', ['compared'], 'signed-off', 'own', PROTECTED, 'all-settled'),
    row('acknowledged', ['signed-off'], 'acknowledged', 'other'),
    row('declined', ['signed-off'], 'compared', 'other'),
    row('reopened', ['signed-off', 'acknowledged'], 'compared', 'either', PROTECTED),
    row('withdrawn', ['received', 'compared', 'found-too-large'], 'withdrawn', 'own', PROTECTED),
    row(EXPUNGED, opened, 'unchanged', 'either', BY_THE_LEDGER),
  ],
};
