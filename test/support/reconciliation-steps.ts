/** What happens to a list for reconciliation: invented, of four lines of which each comes to something else. */
import { reconciliations } from '../../domain/reconciliation/kind.ts';
import type { Compared } from '../../domain/reconciliation/results.ts';
import { eventId } from './case-scenario.ts';
import { givenRegister, type RegisterStep } from './register-scenario.ts';

export const VN = { office: 'VN-MPS', document: 'Note 7/2025' };
export const NOW = '2026-02-01T00:00:00.000Z';

export const particulars = {
  number: '1/2025',
  period: { from: '2025-01-01', to: '2025-12-31' },
  directions: ['VN-CN'],
  kinds: ['fugitive', 'suspect'],
  listed: 4,
};
export const received: RegisterStep = { particulars, statedBy: VN, occurredAt: '2026-01-05' };
export const line = { date: '2025-02-01', kind: 'fugitive', pass: 'youyi-guan' };
export const listed: RegisterStep = {
  type: 'lines-listed',
  occurredAt: '2026-01-05',
  data: { lines: [line, line, { ...line, date: '2025-12-31' }, line], persons: [{ line: 0, names: ['N. V. A.'] }] },
};
export const own = (index: number, more: object = {}) => ({
  event: eventId(100 + index),
  case: eventId(200 + index),
  date: '2025-02-01',
  direction: 'VN-CN',
  kind: 'fugitive',
  ...more,
});
export const results = [
  { result: 'matched', theirs: 1, ours: own(1) },
  { result: 'conflicting', theirs: 2, ours: own(2, { kind: 'suspect' }), differsIn: ['kind'] },
  {
    result: 'conflicting',
    theirs: 3,
    ours: own(3, { date: '2026-01-01' }),
    differsIn: ['date'],
    explainedBy: ['new-year'],
  },
  { result: 'theirs-only', theirs: 4 },
  { result: 'ours-only', ours: own(5) },
] as readonly Compared[];
export const ASOF = '0000000000000000042';
export const compared: RegisterStep = {
  type: 'compared',
  occurredAt: '2026-01-05',
  role: 'ledger',
  data: { asOf: ASOF, part: 1, results },
};
export const settle = (...settled: readonly object[]): RegisterStep => ({
  type: 'lines-settled',
  occurredAt: '2026-01-06',
  data: { settled, reason: 'Minutes looked up' },
});
export const settledAll = settle(
  { theirs: 2, decision: 'theirs-stands' },
  { theirs: 3, decision: 'ours-stands' },
  { theirs: 4, decision: 'matched-with', with: eventId(105) },
);
export const FIGURES = [
  { direction: 'VN-CN', kind: 'fugitive', persons: 3 },
  { direction: 'VN-CN', kind: 'suspect', persons: 0 },
];
export const signed: RegisterStep = { type: 'signed-off', occurredAt: '2026-01-10', data: { figures: FIGURES } };

export const given = (...steps: readonly RegisterStep[]) => givenRegister(reconciliations, steps, NOW);
export const documentOf = (history: ReturnType<typeof given>) =>
  reconciliations.document('id', 1, history.state as never) as Readonly<Record<string, unknown>>;
