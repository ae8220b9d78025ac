import t from 'tap';
import type { RegisterState } from '../../../domain/kernel/register.ts';
import { operations } from '../../../domain/operation/kind.ts';
import { eventId, given, stateOf } from '../../support/case-scenario.ts';
import { wayTo } from '../../support/ordinary-ways.ts';
import { givenRegister, registerScenario } from '../../support/register-scenario.ts';

const CASE = '00000000-0000-4000-8000-00000000cafe';

const planned = (more: object = {}) => ({
  by: 'CN-MPS',
  occurredAt: '2023-08-01',
  particulars: {
    name: 'Joint operation in Khánh Hòa',
    kind: 'operation',
    subjects: ['drugs'],
    offices: ['CN-MPS', 'VN-34-PD'],
    plannedPeriod: { from: '2023-09' },
    ...more,
  },
});
const step = (type: string, data: object = {}, by = 'CN-MPS') => ({
  by,
  type,
  occurredAt: '2023-10',
  data: { ...data },
});
const running = [planned(), step('begun', { begunOn: '2023-09' }), step('phase-begun', { phase: 'phase-1' })];
const shown = (state: RegisterState | undefined) =>
  operations.document('id', 0, state as RegisterState) as Record<string, unknown>;

t.test('an operation is seen by the offices that take part, and those are of both sides', async (t) => {
  const state = registerScenario(t, operations).when(planned()).thenStands('planned');
  t.same(state.sharedWith, ['VN-34-PD']);
  t.match(shown(state), { phases: [], cases: [], results: [], totals: [] });
  for (const [more, pointer, message] of [
    [{ offices: ['CN-MPS', 'CN-GX-BLO'] }, '/offices', /offices of both sides/],
    [{ offices: ['CN-MPS', 'CN-MPS', 'VN-MPS'] }, '/offices', /each office once/],
    [{ kind: 'raid' }, '/kind', /joint-patrol/],
    [{ subjects: [] }, '/subjects', /./],
    [{ subjects: ['jaywalking'] }, '/subjects/0', /drugs/],
    [{ plannedPeriod: { from: '2024', to: '2023-12-31' } }, '/plannedPeriod/to', /not before/],
    [{ plannedPeriod: {} }, '/plannedPeriod', /`from` or `to`/],
    [{ plannedPeriod: { from: '0001' } }, '/plannedPeriod/from', /1900/],
    [{ name: '' }, '/name', /./],
    [{ agreement: 'MoU 3' }, '/agreement', /the id of an agreement/],
  ] as const) {
    registerScenario(t, operations).when(planned(more)).thenRefused('invalid', message, pointer);
  }
});

t.test('it is planned, begun, suspended and resumed, and concluded, or cancelled before it has begun', async (t) => {
  const planning = registerScenario(t, operations, givenRegister(operations, [planned()]));
  planning.when(step('replanned', { plannedPeriod: { from: '2024' } })).thenStands('planned');
  planning.when(step('cancelled')).thenStands('cancelled');
  planning.when(step('concluded', { concludedOn: '2023-10' })).thenRefused('out-of-order', /is planned/, '/type');
  planning
    .when(step('begun', { begunOn: '2023-11' }))
    .thenRefused('times-out-of-order', /after the event/, '/data/begunOn');
  const under = registerScenario(t, operations, givenRegister(operations, running));
  under.when(step('cancelled')).thenRefused('out-of-order', /is running/, '/type');
  const suspended = givenRegister(operations, [...running, step('suspended')]);
  registerScenario(t, operations, suspended).when(step('resumed')).thenStands('running');
  const concluded = registerScenario(t, operations, suspended)
    .when(step('concluded', { concludedOn: '2023-10' }))
    .thenStands('concluded');
  t.match(shown(concluded), { begunOn: '2023-09', concludedOn: '2023-10' });
});

t.test('phases begin and end once each', async (t) => {
  const history = givenRegister(operations, [...running, step('phase-ended', { phase: 'phase-1' })]);
  t.same(shown(history.state).phases, [{ phase: 'phase-1', begun: '2023-10', ended: '2023-10' }]);
  const scenario = registerScenario(t, operations, history);
  for (const [type, phase, message] of [
    ['phase-begun', 'phase-1', /has begun already/],
    ['phase-ended', 'phase-1', /has ended already/],
    ['phase-ended', 'phase-2', /has not begun/],
    ['phase-begun', 'Phase 2', /the code of a phase/],
  ] as const) {
    scenario.when(step(type, { phase })).thenRefused('invalid', message, '/data/phase');
  }
});

t.test('cases are linked and unlinked, and found by it while they are linked', async (t) => {
  const linked = givenRegister(operations, [planned(), step('case-linked', { case: CASE })]);
  const casesOf = (state: RegisterState) => [
    shown(state).cases,
    operations.register.references(state.entries, state).case,
  ];
  t.same(casesOf(linked.state as RegisterState), [[CASE], [CASE]]);
  const scenario = registerScenario(t, operations, linked);
  scenario.when(step('case-linked', { case: CASE })).thenRefused('invalid', /linked already/, '/data/case');
  scenario.when(step('case-linked', { case: 'D. T. U.' })).thenRefused('invalid', /the id of a case/, '/data/case');
  t.same(casesOf(scenario.when(step('case-unlinked', { case: CASE })).thenStands('planned')), [[], []]);
  const unlinked = givenRegister(operations, [
    planned(),
    step('case-linked', { case: CASE }),
    step('case-unlinked', { case: CASE }),
  ]);
  registerScenario(t, operations, unlinked)
    .when(step('case-unlinked', { case: CASE }))
    .thenRefused('invalid', /a case that is linked/, '/data/case');
  t.same(
    casesOf(
      registerScenario(t, operations, unlinked)
        .when(step('case-linked', { case: CASE }))
        .thenStands('planned'),
    ),
    [[CASE], [CASE]],
  );
});

t.test('a case of a victim is linked by those who protect victims', async (t) => {
  const of = (way: Parameters<typeof given>[0]) => [
    { category: 'case', id: CASE, state: stateOf(given(way)), isItself: false },
  ];
  const under = registerScenario(t, operations, givenRegister(operations, running));
  const linking = step('case-linked', { case: CASE });
  for (const way of [wayTo('trafficking-victim', 'reported'), wayTo('unlawful-detention', 'reported')]) {
    const others = of(way);
    under.when({ ...linking, others }).thenRefused('unsuitable-record', /the role `protection` links it/, '/data/case');
    under.when({ ...linking, others, role: 'protection' }).thenStands('running');
    const late = { type: linking.type, occurredAt: linking.occurredAt, data: linking.data };
    const brought = step('recorded-late', { after: eventId(1), event: late, reason: 'left out' });
    under
      .when({ ...brought, others })
      .thenRefused('unsuitable-record', /the role `protection` links it/, '/data/event/data/case');
  }
  under.when({ ...linking, others: of(wayTo('suspect', 'captured')) }).thenStands('running');
  const linked = givenRegister(operations, [...running, linking]);
  registerScenario(t, operations, linked)
    .when(step('corrected', { eventId: eventId(3), changes: { case: eventId(9) }, reason: 'a slip' }))
    .thenRefused('invalid', /annul this event and link the other case/, '/data/changes/case');
});
