import t from 'tap';
import { meetings } from '../../../domain/cooperation/meetings.ts';
import { trainings } from '../../../domain/cooperation/trainings.ts';
import { visits } from '../../../domain/cooperation/visits.ts';
import type { RegisterState } from '../../../domain/kernel/register.ts';
import { eventId } from '../../support/case-scenario.ts';
import { givenRegister, registerScenario } from '../../support/register-scenario.ts';

const china = { side: 'CN', level: 'ministry', office: 'CN-MPS' } as const;
const vietNam = { side: 'VN', level: 'ministry', office: 'VN-MPS' } as const;
const plannedPeriod = { from: '2017-03', to: '2017-04' };
const REGISTERS = {
  meeting: {
    kind: meetings,
    particulars: {
      kind: 'conference',
      name: 'Ministerial conference',
      ordinal: 9,
      level: 'ministry',
      hosts: [vietNam],
      parties: [china, vietNam],
      plannedPeriod,
    },
    held: { venue: 'Hanoi' },
  },
  visit: {
    kind: visits,
    particulars: { visitors: vietNam, hosts: china, purpose: 'working', plannedPeriod },
    held: { members: 12 },
  },
  training: {
    kind: trainings,
    particulars: { course: 'Language', provider: china, officersOf: 'VN', officersPlanned: 10, plannedPeriod },
    held: { officersTrained: 9 },
  },
} as const;

const step = (type: string, data: object = {}) => ({ type, occurredAt: '2017-04', data: { ...data } });

for (const [name, { kind, particulars, held }] of Object.entries(REGISTERS)) {
  const registered = { occurredAt: '2017-01', particulars };
  const heldStep = (more: object = {}) => step('held', { heldFrom: '2017-04-02', ...held, ...more });

  t.test(`a ${name} is planned, put off, and held or cancelled`, async (t) => {
    const planned = registerScenario(t, kind, givenRegister(kind, [registered]));
    planned.when(step('cancelled')).thenStands('cancelled');
    const postponed = givenRegister(kind, [registered, step('postponed', { plannedPeriod: { from: '2018' } })]);
    t.same(postponed.state?.entries.plannedPeriod, { from: '2018' });
    const state = registerScenario(t, kind, postponed)
      .when(heldStep({ heldTo: '2017-04-03' }))
      .thenStands('held');
    t.match(kind.document('id', 2, state), { heldFrom: '2017-04-02', heldTo: '2017-04-03', ...held });
    registerScenario(t, kind, givenRegister(kind, [registered, heldStep()]))
      .when(step('cancelled'))
      .thenRefused('out-of-order', /is held/, '/type');
  });

  t.test(`a ${name} is held on days that have come, the first before the last`, async (t) => {
    const planned = registerScenario(t, kind, givenRegister(kind, [registered]));
    planned
      .when(heldStep({ heldFrom: '2017-05' }))
      .thenRefused('times-out-of-order', /after the event/, '/data/heldFrom');
    planned
      .when(heldStep({ heldTo: '2017-04-01' }))
      .thenRefused('times-out-of-order', /before 2017-04-02/, '/data/heldTo');
    planned.when(heldStep({ heldFrom: undefined })).thenRefused('invalid', /./, '/data/heldFrom');
    planned
      .when(step('postponed', { plannedPeriod: { from: '2018', to: '2017' } }))
      .thenRefused('invalid', /not before/, '/data/plannedPeriod/to');
  });
}

const opening = (name: keyof typeof REGISTERS, more: object) => ({
  occurredAt: '2017-01',
  particulars: { ...REGISTERS[name].particulars, ...more },
});

t.test('what is not as it should be is refused where it stands', async (t) => {
  for (const [name, more, pointer, message] of [
    ['meeting', { kind: 'party' }, '/kind', /conference/],
    ['meeting', { ordinal: 0 }, '/ordinal', /./],
    ['meeting', { hosts: [] }, '/hosts', /./],
    ['meeting', { parties: [china] }, '/parties', /both sides/],
    ['visit', { hosts: { ...vietNam, name: 'The department' } }, '/hosts/side', /the other side/],
    ['visit', { members: 0 }, '/members', /./],
    ['visit', { members: 1e9 }, '/members', /./],
    ['visit', { leader: 'N. V. A.' }, '/leader', /unknown field/],
    ['training', { officersOf: 'LA' }, '/officersOf', /CN, VN/],
    ['training', { officersPlanned: 7.5 }, '/officersPlanned', /./],
    ['training', { sentBy: [china] }, '/sentBy/0/side', /`officersOf`/],
  ] as const) {
    registerScenario(t, REGISTERS[name].kind).when(opening(name, more)).thenRefused('invalid', message, pointer);
  }
});

t.test('a meeting that was held names what it adopted, and is found by it', async (t) => {
  const held = step('held', { heldFrom: '2017-04-02' });
  const adopted = step('agreement-adopted', { agreement: eventId(9) });
  const history = givenRegister(meetings, [opening('meeting', {}), held, adopted]);
  t.match(meetings.register.references(history.state?.entries ?? {}, history.state as never), {
    level: ['ministry'],
    party: ['VN-MPS', 'CN-MPS'],
    agreement: [eventId(9)],
  });
  registerScenario(t, meetings, history)
    .when(step('conclusions-recorded', { text: 'More courses' }))
    .thenStands('held');
  registerScenario(t, meetings, givenRegister(meetings, [opening('meeting', {})]))
    .when(adopted)
    .thenRefused('out-of-order', /follows on held/, '/type');
});

t.test('a visit goes from those who visit to those who are visited', async (t) => {
  const { state } = givenRegister(visits, [opening('visit', {})]);
  t.equal(visits.document('id', 0, state as RegisterState).direction, 'VN-CN');
  t.same(visits.register.references(state?.entries ?? {}, state as never).direction, ['VN-CN']);
  const corrected = {
    type: 'corrected',
    occurredAt: '2017-02',
    data: { eventId: eventId(0), changes: { hosts: vietNam }, reason: 'Misread' },
  };
  registerScenario(t, visits, givenRegister(visits, [opening('visit', {})]))
    .when(corrected)
    .thenRefused('impossible-history', /hosts of the other side/, '/data/changes/hosts/side');
});

t.test('a course that was held says how many officers were trained, and who sent them may write', async (t) => {
  const history = givenRegister(trainings, [opening('training', { sentBy: [vietNam] })]);
  t.same(history.state?.sharedWith, ['VN-MPS']);
  registerScenario(t, trainings, history)
    .when(step('held', { heldFrom: '2017-04' }))
    .thenRefused('invalid', /required/, '/data/officersTrained');
});
