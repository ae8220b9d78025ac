import t from 'tap';
import { reconciliations } from '../../../domain/reconciliation/kind.ts';
import { eventId } from '../../support/case-scenario.ts';
import {
  ASOF,
  compared,
  documentOf,
  given,
  listed,
  NOW,
  own,
  received,
  settle,
  settledAll,
} from '../../support/reconciliation-steps.ts';
import { type RegisterStep, registerScenario } from '../../support/register-scenario.ts';

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
