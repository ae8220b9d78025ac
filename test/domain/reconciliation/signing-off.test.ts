import t from 'tap';
import { reconciliations } from '../../../domain/reconciliation/kind.ts';
import {
  ASOF,
  compared,
  FIGURES,
  given,
  listed,
  NOW,
  particulars,
  received,
  settle,
  settledAll,
  signed,
  VN,
} from '../../support/reconciliation-steps.ts';
import { type RegisterStep, registerScenario } from '../../support/register-scenario.ts';

t.test(
  'the figure is signed off as the lines make it, when all are settled, and acknowledged by the other side',
  async (t) => {
    const open = registerScenario(t, reconciliations, given(received, listed, compared), NOW);
    open.when(signed).thenRefused('out-of-order', /4 lines are not settled/, '/type');
    const settled = given(received, listed, compared, settledAll);
    const { when } = registerScenario(t, reconciliations, settled, NOW);
    when({ ...signed, data: { figures: [{ ...FIGURES[0], persons: 4 }, FIGURES[1]] } }).thenRefused(
      'invalid',
      /the lines make: 3 fugitive VN-CN, 0 suspect VN-CN/,
      '/data/figures',
    );
    when({ ...signed, by: 'VN' }).thenRefused('wrong-side', /own party \(CN\)/, '/statedBy');
    when(signed).thenStands('signed-off');

    const off = given(received, listed, compared, settledAll, signed);
    const after = registerScenario(t, reconciliations, off, NOW);
    const word: RegisterStep = { type: 'acknowledged', occurredAt: '2026-01-11', statedBy: VN };
    after.when({ ...word, statedBy: undefined } as never).thenRefused('wrong-side', /VN/, '/statedBy');
    after.when(settle({ theirs: 2, decision: 'ours-stands' })).thenRefused('out-of-order', /compared/, '/type');
    t.match(reconciliations.document('id', 6, after.when(word).thenStands('acknowledged')).signedOff, {
      number: '1/2025',
      figures: FIGURES,
      on: '2026-01-10',
      asOf: ASOF,
      period: particulars.period,
      offices: { ours: 'CN-MPS', theirs: 'VN-MPS' },
      acknowledged: true,
    });
    const declined = after.when({ type: 'declined', occurredAt: '2026-01-11', by: 'VN', data: { reason: 'Line 2' } });
    t.equal(reconciliations.document('id', 6, declined.thenStands('compared')).signedOff, undefined);
    after.when({ type: 'reopened', occurredAt: '2026-01-12', data: { reason: 'Line 2' } }).thenStands('compared');
  },
);

t.test('what was settled is put right, and not under a figure that was signed off', async (t) => {
  const annul = (history: ReturnType<typeof given>): RegisterStep => {
    const settlement = history.recorded.find(({ type }) => type === 'lines-settled');
    return { type: 'annulled', occurredAt: '2026-01-12', data: { eventId: settlement?.id, reason: 'a slip' } };
  };
  const settled = given(received, listed, compared, settledAll);
  const state = registerScenario(t, reconciliations, settled, NOW).when(annul(settled)).thenStands('compared');
  t.match(reconciliations.document('id', 5, state).comparison, { open: 4 });
  const off = given(received, listed, compared, settledAll, signed);
  registerScenario(t, reconciliations, off, NOW)
    .when(annul(off))
    .thenRefused('out-of-order', /reopen it first/, '/data/eventId');
  const settlement = off.recorded.find(({ type }) => type === 'lines-settled');
  const changes = { settled: [{ theirs: 2, decision: 'ours-stands' }] };
  registerScenario(t, reconciliations, off, NOW)
    .when({ type: 'corrected', occurredAt: '2026-01-12', data: { eventId: settlement?.id, changes, reason: 'a slip' } })
    .thenRefused('impossible-history', /signed-off/);
});
