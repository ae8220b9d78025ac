import { BY_THE_LEDGER } from '../kernel/access.ts';
import { EXPUNGED } from '../kernel/expunged.ts';
import { row } from '../kernel/lifecycle.ts';
import type { AnyLifecycle } from '../kernel/record.ts';

const open = ['requested', 'acknowledged', 'interim-replied'];
const ended = ['replied', 'declined', 'lapsed', 'withdrawn'];

/** A request from one office to another: asked, taken note of, answered or not. */
export const lifecycle: AnyLifecycle = {
  name: 'request',
  initial: 'not-opened',
  rows: [
    row('requested', ['not-opened'], 'requested', 'asking'),
    row('acknowledged', ['requested'], 'acknowledged', 'asked'),
    row('reminded', open, 'unchanged', 'asking'),
    row('due-date-extended', open, 'unchanged', 'asking'),
    row('interim-replied', open, 'interim-replied', 'asked'),
    row('replied', open, 'replied', 'asked'),
    row('declined', open, 'declined', 'asked'),
    row('lapsed', open, 'lapsed', 'asking', 'due-date-over'),
    row('withdrawn', open, 'withdrawn', 'asking'),
    row('led-to-case', [...open, ...ended], 'unchanged', 'either'),
    row(EXPUNGED, [...open, ...ended], 'unchanged', 'either', BY_THE_LEDGER),
  ],
};
