import t from 'tap';
import { CASE_KINDS } from '../../../domain/reference/case-kinds.ts';
import { given, type Opening, type Step, scenario, stateOf } from '../../support/case-scenario.ts';
import { approval, check, handover, ordinaryWays, wayTo } from '../../support/ordinary-ways.ts';

const identified = wayTo('fugitive', 'identity-verified');
const transferred = wayTo('fugitive', 'transferred');
const approve: Step = { by: 'VN', ...approval };
const checkOf = (outcome: string): Step => ({ by: 'VN', ...check, data: { ...check.data, outcome } });

const asMinor = ([opening, ...steps]: readonly [Opening, ...Step[]]): readonly [Opening, ...Step[]] => [
  { ...opening, particulars: { ...opening.particulars, minor: true } },
  ...steps,
];

t.test('no transfer is approved without a protection check on record', async (t) => {
  scenario(t, given(identified))
    .when(approve)
    .thenRefused('safeguard-missing', /record `protection-check-recorded` first/);
  scenario(t, given([checkOf('no-bar')], { from: given(identified) }))
    .when(approve)
    .thenStands('transfer-approved');
});

t.test('a protection check that finds a bar refuses the approval until a new one says otherwise', async (t) => {
  const barred = given([checkOf('bar')], { from: given(identified) });
  scenario(t, barred)
    .when(approve)
    .thenRefused('safeguard-missing', /found a bar to the removal/);
  scenario(t, given([checkOf('no-bar')], { from: barred }))
    .when(approve)
    .thenStands('transfer-approved');
});

t.test('a bar that is found after the approval stops the removal', async (t) => {
  const barred = given([checkOf('bar')], { from: given(transferred) });
  scenario(t, barred)
    .when({ type: 'handed-over-at-border-pass', data: handover })
    .thenRefused('safeguard-missing', /found a bar/);
  scenario(t, barred)
    .when({ type: 'temporarily-surrendered', data: { handoverDate: '2024-01-01', returnDue: '2024-03-01' } })
    .thenRefused('safeguard-missing', /found a bar/);
});

t.test('a protection check says who decided, when and on what', async (t) => {
  for (const [field, message] of [
    ['decidedBy', /is required/],
    ['basis', /is required/],
    ['decidedOn', /a date such as 2017-11-03/],
    ['considered', /is required/],
    ['outcome', /no-bar.*bar/],
  ] as const) {
    const { [field]: _, ...rest } = check.data as Record<string, unknown>;
    scenario(t, given(identified))
      .when({ by: 'VN', ...check, data: rest })
      .thenRefused('invalid', message, `/data/${field}`);
  }
});

for (const kind of CASE_KINDS) {
  t.test(`a minor in a ${kind} case is not removed without a guardian`, async (t) => {
    const way = asMinor(ordinaryWays[kind]);
    const guarded = way.findIndex(({ type }) =>
      ['transfer-approved', 'return-ordered', 'transferred', 'repatriated-at-border-pass'].includes(type),
    );
    const before = given(way.slice(0, guarded));
    scenario(t, before)
      .when(way[guarded] as Step)
      .thenRefused('safeguard-missing', /minor.*record `guardian-appointed` first/);
    const accompanied = given([{ type: 'guardian-appointed', data: { guardian: 'an aunt' } }], { from: before });
    t.equal(stateOf(given(way.slice(guarded), { from: accompanied })).standing.state, 'closed');
  });

  t.test(`nobody in a ${kind} case is handed over who is not fit to travel`, async (t) => {
    const way = ordinaryWays[kind];
    const handing = way.findIndex(({ type }) => type.endsWith('-at-border-pass'));
    const step = way[handing] as Step;
    const by = stateOf(given(way)).deliveringParty;
    const unfit = given([{ by, type: 'fitness-to-travel-certified', data: { fit: false } }], {
      from: given(way.slice(0, handing)),
    });
    scenario(t, unfit)
      .when(step)
      .thenRefused('safeguard-missing', /unfit to travel; record a new/);
    const fit = given([{ by, type: 'fitness-to-travel-certified', data: { fit: true } }], { from: unfit });
    t.equal(stateOf(given([step], { from: fit })).handovers.length, 1);
  });

  t.test(`the removal in a ${kind} case has a legal basis`, async (t) => {
    const [opening, ...steps] = ordinaryWays[kind];
    const bare = steps.map(({ data, ...step }) => {
      const { legalBasis: _, ...rest } = data ?? {};
      return { ...step, data: rest };
    });
    const first = steps.findIndex(({ data }) => data !== undefined && 'legalBasis' in data);
    scenario(t, given([opening, ...steps.slice(0, first)]))
      .when(bare[first] as Step)
      .thenRefused(
        kind === 'trafficking-victim' || kind === 'unlawful-detention' ? 'safeguard-missing' : 'invalid',
        /legal basis/,
        '/data/legalBasis',
      );
    t.type(stateOf(given(ordinaryWays[kind])).legalBasis, 'string');
  });
}

t.test('the handover may name another legal basis than the approval did', async (t) => {
  const handedOver = given([{ type: 'handed-over-at-border-pass', data: { ...handover, legalBasis: 'deportation' } }], {
    from: given(transferred),
  });
  t.equal(stateOf(handedOver).legalBasis, 'deportation');
  scenario(t, given(transferred))
    .when({ type: 'handed-over-at-border-pass', data: { ...handover, legalBasis: 'goodwill' } })
    .thenRefused('invalid', /the code of a legal basis: extradition-treaty, police-cooperation/, '/data/legalBasis');
});

t.test('a legal basis that was made for other cases is refused', async (t) => {
  scenario(t, given(transferred))
    .when({ type: 'handed-over-at-border-pass', data: { ...handover, legalBasis: 'protection-of-victims' } })
    .thenRefused(
      'reference-not-valid',
      /no legal basis of a removal in a fugitive case; such are: extradition-treaty, police-cooperation/,
      '/data/legalBasis',
    );
});

t.test('a fugitive is wanted by a warrant, a judgment or a red notice', async (t) => {
  const [opening] = ordinaryWays.fugitive;
  const { warrant: _, ...unwarranted } = opening.particulars;
  scenario(t, given([]))
    .when({ ...opening, particulars: unwarranted })
    .thenRefused('safeguard-missing', /a warrant, a judgment or a red notice/, '/warrant');
  for (const kind of ['warrant', 'judgment', 'red-notice']) {
    scenario(t, given([]))
      .when({ ...opening, particulars: { ...unwarranted, warrant: { kind } } })
      .thenStands('reported');
  }
});

t.test('all that is missing is told at once', async (t) => {
  const way = asMinor(wayTo('sentenced-person', 'transfer-requested'));
  const refusals = scenario(t, given(way))
    .when({ type: 'transfer-approved', data: { legalBasis: 'transfer-of-sentenced-persons-treaty' } })
    .thenRefused('safeguard-missing', /three consents/);
  t.match(
    refusals.map(({ message }) => message),
    [/three consents/, /protection check/, /guardian/],
  );
});
