import { BY_THE_LEDGER } from '../kernel/access.ts';
import { row } from '../kernel/lifecycle.ts';
import type { AnyLifecycle } from '../kernel/record.ts';

const signed = ['signed', 'acknowledged'];

/** Minutes: signed as the word of one side, acknowledged by the other. What came of each line is no status of the whole. */
export const lifecycle: AnyLifecycle = {
  name: 'handover',
  initial: 'not-opened',
  rows: [
    row('minutes-signed', ['not-opened'], 'signed', 'either', 'suitable-cases'),
    row('lines-settled', signed, 'unchanged', 'either', BY_THE_LEDGER, 'lines-are-open'),
    row('lines-taken-up-again', signed, 'unchanged', 'either', 'lines-failed'),
    row('acknowledged', ['signed'], 'acknowledged', 'other'),
  ],
};
