import t from 'tap';
import { reconciliations } from '../../../domain/reconciliation/kind.ts';
import { entriesOf, openResults } from '../../../domain/reconciliation/work.ts';
import { eventId } from '../../support/case-scenario.ts';
import {
  ASOF,
  compared,
  given,
  line,
  listed,
  NOW,
  own,
  particulars,
  received,
  results,
  settledAll,
  VN,
} from '../../support/reconciliation-steps.ts';
import { type RegisterStep, registerScenario } from '../../support/register-scenario.ts';

t.test('a list is received as the word of the other side', async (t) => {
  const { when } = registerScenario(t, reconciliations, undefined, NOW);
  t.match(when(received).thenStands('received'), { office: 'CN-MPS', openedBy: 'VN-MPS', sharedWith: ['VN-MPS'] });
  const { statedBy: _, ...unstated } = received;
  when(unstated).thenRefused('wrong-side', /other party \(VN\).*statedBy/, '/statedBy');
  when({ ...received, particulars: { ...particulars, period: { from: '2025-12-31', to: '2025-01-01' } } }).thenRefused(
    'invalid',
    /not before/,
    '/period/to',
  );
  when({ ...received, particulars: { ...particulars, kinds: ['fugitive', 'trafficking-victim'] } }).thenRefused(
    'invalid',
    /never in one list/,
    '/kinds',
  );
});

t.test('whether a victim is in a list is asked by those alone who may know who victims are', async (t) => {
  const { when } = registerScenario(t, reconciliations, undefined, NOW);
  const ofVictims = { ...received, particulars: { ...particulars, kinds: ['trafficking-victim'] } };
  when(ofVictims).thenRefused('unsuitable-record', /for the role `protection`, not for recorder/, '/kinds');
  when({ ...ofVictims, role: 'protection' }).thenStands('received');
  when({ ...received, role: 'protection' }).thenRefused('unsuitable-record', /not for the role protection/, '/kinds');
  const opened = given({ ...ofVictims, role: 'protection' });
  registerScenario(t, reconciliations, opened, NOW)
    .when({ ...listed, data: { lines: [{ date: '2025-02-01' }] } })
    .thenRefused('unsuitable-record', /protection/);
});

t.test('lines come in until there are as many as the list has', async (t) => {
  const first = { ...listed, data: { lines: [line, line] } };
  const { when } = registerScenario(t, reconciliations, given(received, first), NOW);
  when({ ...listed, data: { lines: [line], toCome: 2 } }).thenRefused(
    'out-of-order',
    /4 lines, of which 2 are here: 3 more/,
    '/data/lines',
  );
  when({ ...listed, data: { lines: [{ date: '2025-02-01' }] } }).thenRefused(
    'invalid',
    /is required, as the list is of fugitive and suspect/,
    '/data/lines/0/kind',
  );
  when({ ...listed, data: { lines: [{ ...line, kind: 'irregular-entry' }] } }).thenRefused(
    'invalid',
    /is of/,
    '/data/lines/0/kind',
  );
  when({ ...listed, data: { lines: [{ ...line, pass: 'shuolong' }] } }).thenRefused(
    'reference-not-valid',
    /2025-02-27/,
    '/data/lines/0/pass',
  );
  when({ ...compared }).thenRefused('out-of-order', /does not come next/, '/data/part');
  const state = when(first).thenStands('received');
  t.match(reconciliations.document('id', 2, state).list, { received: 4, complete: true });
});

t.test('the results come in parts, in their order and of one state of the book, from the ledger itself', async (t) => {
  const part = { ...compared, type: 'compared-in-part', data: { asOf: ASOF, part: 1, results: results.slice(0, 2) } };
  const { when } = registerScenario(t, reconciliations, given(received, listed, part), NOW);
  when(part).thenRefused('out-of-order', /part 1/, '/data/part');
  when({ ...compared, data: { asOf: '0000000000000000043', part: 2, results } }).thenRefused(
    'out-of-order',
    /43/,
    '/data/part',
  );
  const last = { ...compared, data: { asOf: ASOF, part: 2, results: results.slice(2) } };
  when({ ...last, role: 'recorder' }).thenRefused('wrong-side', /the ledger itself/);
  const state = when(last).thenStands('compared');
  t.same(
    openResults(entriesOf(state.entries)).map(([, isOpen]) => isOpen),
    [false, true, true, true, true],
  );
  t.match(reconciliations.document('id', 3, state), {
    comparison: { asOf: ASOF, matched: 1, conflicting: 2, theirsOnly: 1, oursOnly: 1, ambiguous: 0, open: 4 },
    figures: [
      { kind: 'fugitive', theirs: 4, ours: 2 },
      { kind: 'suspect', theirs: 0, ours: 1 },
    ],
  });
});

t.test('compared anew, what was settled stays so where nothing has changed', async (t) => {
  const anew: RegisterStep = {
    type: 'comparison-requested',
    occurredAt: '2026-01-08',
    data: { reason: 'Case 2 corrected' },
  };
  const after = [
    results[0],
    { result: 'matched', theirs: 2, ours: own(2) },
    results[2],
    { result: 'theirs-only', theirs: 4 },
    { result: 'ours-only', ours: own(5, { pass: 'dongxing' }) },
  ];
  const again = {
    ...compared,
    data: { asOf: '0000000000000000099', part: 1, results: after },
    occurredAt: '2026-01-08',
  };
  const { when } = registerScenario(t, reconciliations, given(received, listed, compared, settledAll, anew), NOW);
  const { entries } = when(again).thenStands('compared');
  t.same(Object.keys(entriesOf(entries).settlements ?? {}), ['line 3'], 'the handover that line 4 was is another now');
  t.same(
    openResults(entriesOf(entries)).map(([, isOpen]) => isOpen),
    [false, false, false, true, true],
  );
});

t.test('what was compared stays: neither list nor results are changed beneath it', async (t) => {
  const history = given(received, listed, compared);
  const { when } = registerScenario(t, reconciliations, history, NOW);
  for (const revision of [1, 2]) {
    const of = { eventId: eventId(revision), reason: 'a slip' };
    when({ type: 'annulled', occurredAt: '2026-01-12', data: of }).thenRefused(
      'out-of-order',
      /compared/,
      '/data/eventId',
    );
    when({
      type: 'corrected',
      occurredAt: '2026-01-12',
      data: { ...of, changes: {}, occurredAt: '2026-01-04' },
    }).thenRefused('invalid', /anew/, '/data/changes');
  }
  when({
    type: 'corrected',
    occurredAt: '2026-01-12',
    statedBy: VN,
    data: { eventId: eventId(0), changes: { period: { from: '2024-01-01', to: '2024-12-31' } }, reason: 'a slip' },
  }).thenRefused('invalid', /open another one/, '/data/changes/period');
  const before = given(received, listed);
  registerScenario(t, reconciliations, before, NOW)
    .when({ type: 'annulled', occurredAt: '2026-01-12', data: { eventId: eventId(1), reason: 'the wrong file' } })
    .thenStands('received');
});
