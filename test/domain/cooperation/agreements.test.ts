import t from 'tap';
import { agreements } from '../../../domain/cooperation/agreements.ts';
import type { RegisterState } from '../../../domain/kernel/register.ts';
import { eventId } from '../../support/case-scenario.ts';
import { givenRegister, registerScenario } from '../../support/register-scenario.ts';

const guangxi = { side: 'CN', level: 'office', office: 'CN-GX-BLO', province: 'CN-GX' } as const;
const caoBang = { side: 'VN', level: 'province', province: 'VN-04' } as const;

/** Between the district stations of a pair; invented. */
const registered = (more: object = {}) => ({
  by: 'CN-MPS',
  occurredAt: '2019-01',
  particulars: { kind: 'memorandum', title: 'Memorandum of the two stations', parties: [guangxi, caoBang], ...more },
});
const step = (type: string, data: object = {}, occurredAt = '2019-03') => ({ type, occurredAt, data: { ...data } });
const signed = step('signed', { signedOn: '2019-02-01', signedIn: 'Pingxiang' });
const inForce = step('entered-into-force', { inForceFrom: '2019-03-01' });

t.test('an agreement is registered with its parties, who write it and by whom it is found', async (t) => {
  const state = registerScenario(t, agreements).when(registered()).thenStands('registered');
  t.same(state.sharedWith, ['CN-GX-BLO']);
  t.same(agreements.register.references(state.entries, state), {
    party: ['CN-GX-BLO'],
    level: ['office', 'province'],
    province: ['CN-GX', 'VN-04'],
    kind: ['memorandum'],
  });
});

t.test('parties are of both sides, and each is somebody', async (t) => {
  for (const [parties, pointer, message] of [
    [[guangxi], '/parties', /both sides/],
    [[guangxi, { side: 'VN', level: 'district' }], '/parties/1', /an `office`, a `province` or a `name`/],
    [[guangxi, { ...caoBang, office: 'CN-MPS' }], '/parties/1/office', /of the side/],
    [[guangxi, { ...caoBang, province: 'CN-YN' }], '/parties/1/province', /of the side/],
    [[guangxi, { ...caoBang, level: 'continent' }], '/parties/1/level', /province/],
    [[guangxi, { ...caoBang, side: 'LA' }], '/parties/1/side', /CN, VN/],
    [[guangxi, { ...caoBang, name: '\u202e' }], '/parties/1/name', /./],
  ] as const) {
    registerScenario(t, agreements).when(registered({ parties })).thenRefused('invalid', message, pointer);
  }
  for (const [more, pointer] of [
    [{ kind: 'handshake' }, '/kind'],
    [{ title: '' }, '/title'],
    [{ agreedUntil: '2201' }, '/agreedUntil'],
  ] as const) {
    registerScenario(t, agreements).when(registered(more)).thenRefused('invalid', /./, pointer);
  }
});

t.test('it is negotiated, signed, in force, amended and renewed, and ends in one of three ways', async (t) => {
  const steps = [registered(), step('negotiation-opened', { negotiatedSince: '2018' }, '2019-01'), signed, inForce];
  const history = givenRegister(agreements, steps);
  t.match(agreements.document('id', 3, history.state as RegisterState), {
    status: 'in-force',
    negotiatedSince: '2018',
    signedOn: '2019-02-01',
    signedIn: 'Pingxiang',
    inForceFrom: '2019-03-01',
  });
  const scenario = registerScenario(t, agreements, history);
  const amended = scenario
    .when(step('amended', { amendedOn: '2019-03', amendedBy: eventId(9) }))
    .thenStands('in-force');
  t.match(amended.entries.amendments, [{ amendedOn: '2019-03', amendedBy: eventId(9) }]);
  t.equal(scenario.when(step('renewed', { agreedUntil: '2029' })).thenStands('in-force').entries.agreedUntil, '2029');
  scenario.when(step('ended', { endedOn: '2019-03-31' })).thenStands('ended');
  scenario.when(step('denounced', { denouncedOn: '2019-03', denouncedBy: 'VN' })).thenStands('denounced');
  const superseded = step('superseded', { supersededOn: '2019-03', supersededBy: eventId(9) });
  scenario.when(superseded).thenStands('superseded');
  scenario.when(signed).thenRefused('out-of-order', /here the agreement is in-force/, '/type');
});

t.test('a negotiation can be broken off and taken up again', async (t) => {
  const opened = step('negotiation-opened', { negotiatedSince: '2018' });
  const brokenOff = step('negotiation-broken-off', { brokenOffOn: '2019-02' });
  const history = givenRegister(agreements, [registered(), opened, brokenOff]);
  const scenario = registerScenario(t, agreements, history);
  scenario.when(opened).thenStands('under-negotiation');
  scenario.when(signed).thenRefused('out-of-order', /broken-off/, '/type');
});

t.test('its dates follow on each other, and none lies ahead of its event', async (t) => {
  const history = givenRegister(agreements, [registered(), signed]);
  const scenario = registerScenario(t, agreements, history);
  for (const [type, data, pointer, message] of [
    ['entered-into-force', { inForceFrom: '2019-01' }, '/data/inForceFrom', /before 2019-02-01/],
    ['entered-into-force', { inForceFrom: '2019-04' }, '/data/inForceFrom', /after the event/],
    ['ended', { endedOn: '2018' }, '/data/endedOn', /before 2019-02-01/],
    ['renewed', { agreedUntil: '2019-01-31' }, '/data/agreedUntil', /before 2019-02-01/],
  ] as const) {
    scenario.when(step(type, data)).thenRefused('times-out-of-order', message, pointer);
  }
  scenario.when(step('ended', { endedOn: '2019' })).thenStands('ended');
  const wrong = {
    type: 'corrected',
    occurredAt: '2019-04',
    data: { eventId: eventId(1), changes: { signedOn: '2020' }, reason: 'Misread' },
  };
  scenario.when(wrong).thenRefused('impossible-history', /2020 is after the event/, '/data/changes/signedOn');
});
