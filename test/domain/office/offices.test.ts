import t from 'tap';
import type { RegisterState } from '../../../domain/kernel/register.ts';
import { offices } from '../../../domain/office/kind.ts';
import { eventId } from '../../support/case-scenario.ts';
import { givenRegister, registerScenario } from '../../support/register-scenario.ts';

/** The border liaison office of Cao Bằng and Guangxi, of which one source says August 2022 and another 18 August 2020. */
const entered = (more: object = {}) => ({
  by: 'CN-GX-BLO',
  occurredAt: '2023-10-01',
  particulars: {
    code: 'VN-04-BLO',
    kind: 'border-liaison-office',
    names: [{ text: 'Văn phòng liên lạc biên giới Cao Bằng', language: 'vi', script: 'Latn' }],
    jurisdiction: ['VN-04', 'CN-GX'],
    counterpart: 'CN-GX-BLO',
    openedOn: '2022-08',
    ...more,
  },
});
const claimed = (more: object = {}) => ({
  type: 'claimed',
  occurredAt: '2023-10-02',
  data: { field: 'openedOn', value: '2020-08-18', accordingTo: 'Report of the province', ...more },
});
const preferred = (claim: string, occurredAt = '2023-10-03') => ({
  type: 'claim-preferred',
  occurredAt,
  data: { field: 'openedOn', claim, reason: 'It names the day' },
});

const shown = (state: RegisterState) => offices.document('id', 0, state) as Record<string, unknown>;

t.test('an office is entered with its names, and both sides write on its record', async (t) => {
  const state = registerScenario(t, offices).when(entered()).thenStands('open');
  t.match(shown(state), { side: 'VN', openedOn: '2022-08', openedBy: 'CN-GX-BLO', sharedWith: ['VN-04-BLO'] });
  t.equal(shown(state).claims, undefined);
  t.same(offices.register.references(state.entries, state), {
    code: ['VN-04-BLO'],
    kind: ['border-liaison-office'],
    side: ['VN'],
    province: ['VN-04', 'CN-GX'],
    counterpart: ['CN-GX-BLO'],
  });
});

t.test('what is not as it should be is refused where it stands', async (t) => {
  for (const [more, pointer, message] of [
    [{ code: 'Cao Bằng' }, '/code', /an office id/],
    [{ kind: 'shop' }, '/kind', /police-liaison-bureau/],
    [{ names: [] }, '/names', /./],
    [{ names: [{ text: '\u200b', language: 'vi', script: 'Latn' }] }, '/names/0/text', /./],
    [{ names: [{ text: 'x', language: 'vi', script: 'Thai' }] }, '/names/0/script', /Latn/],
    [{ jurisdiction: ['VN-99'] }, '/jurisdiction/0', /a province/],
    [{ counterpart: 'VN-MPS' }, '/counterpart', /the other side/],
    [{ openedOn: '22' }, '/openedOn', /such as 2017/],
    [{ openedOn: '1022' }, '/openedOn', /from 1900 to 2199/],
    [{ openedOn: '1899-12-31' }, '/openedOn', /from 1900 to 2199/],
    [{ seat: ' ' }, '/seat', /./],
    [{ director: 'N. V. A.' }, '/director', /unknown field/],
  ] as const) {
    registerScenario(t, offices).when(entered(more)).thenRefused('invalid', message, pointer);
  }
  registerScenario(t, offices)
    .when(entered({ openedOn: '2024' }))
    .thenRefused('times-out-of-order', /2024 is after/, '/openedOn');
});

t.test('an office moves, closes and opens again, and another takes its place', async (t) => {
  const step = (type: string, day: string, data: object = {}) => ({
    type,
    occurredAt: `2024-01-${day}`,
    data: { ...data },
  });
  const history = givenRegister(
    offices,
    [
      entered(),
      step('moved', '02', { seat: 'Tà Lùng' }),
      step('jurisdiction-changed', '03', { jurisdiction: ['VN-04'] }),
      step('renamed', '04', { names: [{ text: 'BLO Cao Bang', language: 'en', script: 'Latn' }] }),
      step('closed', '05', { closedOn: '2024-01-05' }),
    ],
    '2024-12-01T00:00:00.000Z',
  );
  t.match(shown(history.state as RegisterState), { status: 'closed', seat: 'Tà Lùng', jurisdiction: ['VN-04'] });
  const scenario = registerScenario(t, offices, history, '2024-12-01T00:00:00.000Z');
  scenario.when(step('reopened', '06')).thenStands('open');
  scenario.when(step('superseded', '06', { supersededBy: 'VN-04-BLO-2' })).thenStands('superseded');
  scenario
    .when(step('superseded', '06', { supersededBy: 'VN-04-BLO' }))
    .thenRefused('invalid', /another office/, '/data/supersededBy');
  scenario
    .when(step('closed', '06', { closedOn: '2024-02' }))
    .thenRefused('out-of-order', /here the office is closed/, '/type');
});

t.test('two sources that differ stand side by side, and the field is disputed until one is preferred', async (t) => {
  const two = givenRegister(offices, [entered(), claimed()]);
  const disputed = shown(two.state as RegisterState);
  t.equal(disputed.openedOn, undefined);
  t.match(disputed, {
    disputed: ['openedOn'],
    claims: [
      { field: 'openedOn', value: '2022-08', eventId: eventId(0), by: 'CN', preferred: false },
      {
        field: 'openedOn',
        value: '2020-08-18',
        eventId: eventId(1),
        by: 'CN',
        accordingTo: 'Report of the province',
        preferred: false,
      },
    ],
  });
  const settled = givenRegister(offices, [entered(), claimed(), preferred(eventId(1))]);
  const document = shown(settled.state as RegisterState);
  t.match(document, {
    openedOn: '2020-08-18',
    claims: [{ preferred: false }, { preferred: true, reason: 'It names the day' }],
  });
  t.equal(document.disputed, undefined);
  const scenario = registerScenario(t, offices, settled);
  t.equal(shown(scenario.when(preferred(eventId(0), '2023-10-04')).thenStands('open')).openedOn, '2022-08');
  const withdrawn = {
    type: 'claim-preference-withdrawn',
    occurredAt: '2023-10-04',
    data: { field: 'openedOn', reason: 'The report has withdrawn it' },
  };
  t.same(shown(scenario.when(withdrawn).thenStands('open')).disputed, ['openedOn']);
  registerScenario(t, offices, two)
    .when(withdrawn)
    .thenRefused('invalid', /no claim of openedOn is preferred/, '/data/field');
});

t.test('sources that say the same are no dispute, and the only one is what is shown', async (t) => {
  const same = givenRegister(offices, [entered(), claimed({ value: '2022-08' })]);
  t.equal(shown(same.state as RegisterState).openedOn, '2022-08');
  const { openedOn: _, ...undated } = entered().particulars as { openedOn?: string };
  const one = givenRegister(offices, [{ ...entered(), particulars: undated }, claimed()]);
  const document = shown(one.state as RegisterState);
  t.equal(document.openedOn, '2020-08-18');
  t.equal((document.claims as unknown[]).length, 1);
});

t.test(
  'a claim is of a field that has claims, with a value that suits it, and a preference names a claim',
  async (t) => {
    const scenario = registerScenario(t, offices, givenRegister(offices, [entered(), claimed()]));
    for (const [more, pointer, message] of [
      [{ field: 'code' }, '/data/field', /of which claims can be made: openedOn/],
      [{ value: 'in August' }, '/data/value', /such as 2017/],
      [{ value: undefined }, '/data/value', /say what openedOn is said to be/],
      [{ value: { year: 2020 } }, '/data/value', /./],
      [{ accordingTo: '' }, '/data/accordingTo', /./],
    ] as const) {
      scenario.when(claimed(more)).thenRefused('invalid', message, pointer);
    }
    scenario.when(claimed({ value: '2025' })).thenRefused('times-out-of-order', /2025 is after/, '/data/value');
    scenario
      .when(preferred(eventId(7)))
      .thenRefused('invalid', /an event that claims openedOn: .*"2022-08".*"2020-08-18"/, '/data/claim');
  },
);

t.test('a claim is corrected and annulled like every event, but not from under a preference', async (t) => {
  const settled = givenRegister(offices, [entered(), claimed(), preferred(eventId(1))]);
  const scenario = registerScenario(t, offices, settled);
  const annul = (id: string) => ({
    by: 'CN-GX-BLO',
    type: 'annulled',
    occurredAt: '2023-10-05',
    data: { eventId: id, reason: 'Misread' },
  });
  scenario.when(annul(eventId(1))).thenRefused('impossible-history', /an event that claims openedOn/);
  t.same(shown(scenario.when(annul(eventId(2))).thenStands('open')).disputed, ['openedOn']);
  const corrected = {
    ...annul(eventId(1)),
    type: 'corrected',
    data: { eventId: eventId(1), changes: { value: '2020-08-19' }, reason: 'Misread' },
  };
  t.equal(shown(scenario.when(corrected).thenStands('open')).openedOn, '2020-08-19');
});

t.test('claims have an end', async (t) => {
  const many = givenRegister(offices, [entered(), ...Array.from({ length: 100 }, () => claimed())]);
  registerScenario(t, offices, many)
    .when(claimed())
    .thenRefused('out-of-order', /100 claims already/, '/type');
});
