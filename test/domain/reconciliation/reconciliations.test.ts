import t from 'tap';
import { reconciliations } from '../../../domain/reconciliation/kind.ts';
import type { Compared } from '../../../domain/reconciliation/results.ts';
import { entriesOf, openResults } from '../../../domain/reconciliation/work.ts';
import { eventId } from '../../support/case-scenario.ts';
import { givenRegister, type RegisterStep, registerScenario } from '../../support/register-scenario.ts';

const VN = { office: 'VN-MPS', document: 'Note 7/2025' };
const NOW = '2026-02-01T00:00:00.000Z';

const particulars = {
  number: '1/2025',
  period: { from: '2025-01-01', to: '2025-12-31' },
  directions: ['VN-CN'],
  kinds: ['fugitive', 'suspect'],
  listed: 4,
};
const received: RegisterStep = { particulars, statedBy: VN, occurredAt: '2026-01-05' };
const line = { date: '2025-02-01', kind: 'fugitive', pass: 'youyi-guan' };
const listed: RegisterStep = {
  type: 'lines-listed',
  occurredAt: '2026-01-05',
  data: { lines: [line, line, { ...line, date: '2025-12-31' }, line], persons: [{ line: 0, names: ['N. V. A.'] }] },
};
const own = (index: number, more: object = {}) => ({
  event: eventId(100 + index),
  case: eventId(200 + index),
  date: '2025-02-01',
  direction: 'VN-CN',
  kind: 'fugitive',
  ...more,
});
const results = [
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
const ASOF = '0000000000000000042';
const compared: RegisterStep = {
  type: 'compared',
  occurredAt: '2026-01-05',
  role: 'ledger',
  data: { asOf: ASOF, part: 1, results },
};
const settle = (...settled: readonly object[]): RegisterStep => ({
  type: 'lines-settled',
  occurredAt: '2026-01-06',
  data: { settled, reason: 'Minutes looked up' },
});
const settledAll = settle(
  { theirs: 2, decision: 'theirs-stands' },
  { theirs: 3, decision: 'ours-stands' },
  { theirs: 4, decision: 'matched-with', with: eventId(105) },
);
const FIGURES = [
  { direction: 'VN-CN', kind: 'fugitive', persons: 3 },
  { direction: 'VN-CN', kind: 'suspect', persons: 0 },
];
const signed: RegisterStep = { type: 'signed-off', occurredAt: '2026-01-10', data: { figures: FIGURES } };

const given = (...steps: readonly RegisterStep[]) => givenRegister(reconciliations, steps, NOW);
const documentOf = (history: ReturnType<typeof given>) =>
  reconciliations.document('id', 1, history.state as never) as Readonly<Record<string, unknown>>;

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

t.test('a line is settled by a decision that suits what came of it', async (t) => {
  const { when } = registerScenario(t, reconciliations, given(received, listed, compared), NOW);
  for (const [settled, message, pointer] of [
    [{ decision: 'not-counted' }, /one of `theirs`.*`ours`/, ''],
    [{ theirs: 9, decision: 'not-counted' }, /no line 9/, '/theirs'],
    [{ ours: eventId(102), decision: 'not-counted' }, /compared with line 2/, '/ours'],
    [{ theirs: 1, decision: 'not-counted' }, /matched is settled by: not-the-same/, '/decision'],
    [{ theirs: 4, decision: 'ours-stands' }, /theirs-only is settled by: theirs-stands, matched-with/, '/decision'],
    [{ theirs: 4, decision: 'matched-with' }, /which handover/, '/with'],
    [{ theirs: 4, decision: 'matched-with', with: eventId(7) }, /no line is compared with/, '/with'],
    [{ theirs: 2, decision: 'explained' }, /count it otherwise: say whose stands/, '/decision'],
    [{ theirs: 3, decision: 'explained' }, /count it otherwise/, '/decision'],
    [{ theirs: 2, decision: 'not-the-same' }, /which of the two counts/, '/counts'],
  ] as const) {
    when(settle(settled)).thenRefused('invalid', message, `/data/settled/0${pointer}`);
  }
  when(settle({ theirs: 4, decision: 'not-counted' }, { theirs: 4, decision: 'not-counted' })).thenRefused(
    'invalid',
    /each line once/,
    '/data/settled/1/theirs',
  );
  const state = when(settledAll).thenStands('compared');
  t.match(reconciliations.document('id', 4, state), {
    comparison: { open: 0 },
    figures: [{ agreed: 3 }, { agreed: 0 }],
  });
});

t.test('each decision makes the figure that it says', async (t) => {
  const others = [
    { theirs: 3, decision: 'ours-stands' },
    { theirs: 4, decision: 'not-counted' },
    { ours: eventId(105), decision: 'not-counted' },
  ];
  const agreedWith = (...settled: readonly object[]) => {
    const figures = documentOf(given(received, listed, compared, settle(...settled))).figures;
    return (figures as readonly { readonly agreed: number }[]).map(({ agreed }) => agreed);
  };
  for (const [settled, agreed] of [
    [{ decision: 'ours-stands' }, [1, 1]],
    [{ decision: 'theirs-stands' }, [2, 0]],
    [{ decision: 'not-counted' }, [1, 0]],
    [{ decision: 'not-the-same', counts: ['theirs', 'ours'] }, [2, 1]],
    [{ decision: 'not-the-same', counts: [] }, [1, 0]],
  ] as const) {
    t.same(agreedWith({ theirs: 2, ...settled }, ...others), agreed, settled.decision);
  }
  const newYear = { theirs: 3, decision: 'theirs-stands' };
  t.same(
    agreedWith({ theirs: 2, decision: 'ours-stands' }, newYear, ...others.slice(1)),
    [2, 1],
    'the year of their book',
  );
});

t.test('a handover of ours is one line of theirs at most', async (t) => {
  const { when } = registerScenario(t, reconciliations, given(received, listed, compared, settledAll), NOW);
  when(settle({ ours: eventId(105), decision: 'ours-stands' })).thenRefused(
    'invalid',
    /settled to be this/,
    '/data/settled/0/ours',
  );
  when(settle({ theirs: 4, decision: 'matched-with', with: eventId(105) })).thenStands('compared');
  const byItself = given(received, listed, compared, settle({ ours: eventId(105), decision: 'ours-stands' }));
  registerScenario(t, reconciliations, byItself, NOW)
    .when(settle({ theirs: 4, decision: 'matched-with', with: eventId(105) }))
    .thenRefused('invalid', /settled by itself: annul that first/, '/data/settled/0/with');
});

t.test('persons of a batch whom nothing tells apart are settled together, as many in both books', async (t) => {
  const together = { first: 1, theirs: 2, ours: 2 };
  const alike = (ours: readonly object[], more: object = {}) => {
    const ambiguous = { result: 'ambiguous', together: { ...together, ...more } };
    return [
      { ...ambiguous, theirs: 1 },
      { ...ambiguous, theirs: 2 },
      { result: 'theirs-only', theirs: 3 },
      { result: 'theirs-only', theirs: 4 },
      ...ours.map((each) => ({ ...ambiguous, ours: each })),
    ];
  };
  const of = (results: readonly object[], ...steps: readonly RegisterStep[]) =>
    registerScenario(
      t,
      reconciliations,
      given(received, listed, { ...compared, data: { asOf: ASOF, part: 1, results } }, ...steps),
      NOW,
    );
  const both = alike([own(1), own(2)]);
  const asOne = { together: 1, decision: 'matched-together' };
  const others = [3, 4].map((theirs) => ({ theirs, decision: 'not-counted' }));
  const state = of(both)
    .when(settle(asOne, ...others))
    .thenStands('compared');
  t.match(reconciliations.document('id', 4, state), {
    comparison: { open: 0 },
    figures: [{ theirs: 4, ours: 2, agreed: 2 }, {}],
  });
  const { when } = of(both, settle(asOne));
  when(settle({ theirs: 1, decision: 'not-counted' })).thenRefused('invalid', /together/, '/data/settled/0/theirs');
  when(settle(asOne)).thenStands('compared');

  for (const [results, settled, message, pointer] of [
    [both, { together: 2, decision: 'matched-together' }, /begin with line 2/, '/together'],
    [both, { together: 1, decision: 'not-counted' }, /settled by: matched-together/, '/decision'],
    [both, { theirs: 1, decision: 'matched-together' }, /ambiguous is settled by/, '/decision'],
    [alike([own(1)], { ours: 1 }), asOne, /2 lines of theirs and 1 handovers of ours do not/, '/together'],
    [alike([own(1), own(2, { kind: 'suspect' })]), asOne, /do not count alike/, '/together'],
    [alike([own(1), own(2)], { ours: 3 }), asOne, /3 handovers of ours/, '/together'],
  ] as const) {
    of(results).when(settle(settled)).thenRefused('invalid', message, `/data/settled/0${pointer}`);
  }
  const one = settle({ theirs: 1, decision: 'matched-with', with: eventId(101) });
  of(both, one)
    .when(settle(asOne))
    .thenRefused('invalid', /settled by themselves/, '/data/settled/0/together');
});

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
