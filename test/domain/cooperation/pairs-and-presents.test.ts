import t from 'tap';
import { equipment } from '../../../domain/cooperation/equipment.ts';
import { twinnings } from '../../../domain/cooperation/twinnings.ts';
import type { RegisterState } from '../../../domain/kernel/register.ts';
import { eventId } from '../../support/case-scenario.ts';
import { givenRegister, registerScenario } from '../../support/register-scenario.ts';

const chinese = { side: 'CN', level: 'district', province: 'CN-GX', name: 'Station A (invented)' } as const;
const vietnamese = { side: 'VN', level: 'district', province: 'VN-09', name: 'Station B (invented)' } as const;

const twinned = (more: object = {}) => ({
  occurredAt: '2018-05',
  particulars: { kind: 'district-stations', parties: [chinese, vietnamese], agreedOn: '2018', ...more },
});

t.test('a pair is one of each side, rests on a memorandum, and ends', async (t) => {
  const history = givenRegister(twinnings, [twinned()]);
  const step = (type: string, data: object) => ({ type, occurredAt: '2019-05', data: { ...data } });
  const scenario = registerScenario(t, twinnings, history);
  const named = scenario.when(step('memorandum-named', { memorandum: eventId(9) })).thenStands('agreed');
  t.match(twinnings.register.references(named.entries, named), {
    kind: ['district-stations'],
    province: ['CN-GX', 'VN-09'],
    memorandum: [eventId(9)],
  });
  scenario.when(step('ended', { endedOn: '2019' })).thenStands('ended');
  scenario.when(step('ended', { endedOn: '2017' })).thenRefused('times-out-of-order', /before 2018/, '/data/endedOn');
  for (const [more, pointer, message] of [
    [{ parties: [chinese, chinese] }, '/parties', /both sides/],
    [{ parties: [chinese, vietnamese, vietnamese] }, '/parties', /two parties/],
    [{ kind: 'cities' }, '/kind', /villages/],
    [{ memorandum: 'MoU' }, '/memorandum', /the id of an agreement/],
  ] as const) {
    registerScenario(t, twinnings).when(twinned(more)).thenRefused('invalid', message, pointer);
  }
  registerScenario(t, twinnings)
    .when(twinned({ agreedOn: '2019' }))
    .thenRefused('times-out-of-order', /after the event/, '/agreedOn');
});

const presented = (more: object = {}) => ({
  by: 'CN-GX-BLO',
  occurredAt: '2019-04',
  particulars: {
    from: chinese,
    to: [vietnamese, { side: 'VN', level: 'province', province: 'VN-04' }],
    items: [{ what: 'Radios', quantity: 20 }, { what: 'Other equipment' }],
    presentedOn: '2019-04',
    ...more,
  },
});

t.test('what is presented goes to the other side, which confirms its receipt in its own word', async (t) => {
  const history = givenRegister(equipment, [presented()]);
  t.equal(equipment.document('id', 0, history.state as RegisterState).direction, 'CN-VN');
  const confirmed = { type: 'receipt-confirmed', occurredAt: '2019-05', data: { receivedOn: '2019-05-01' } };
  const scenario = registerScenario(t, equipment, history);
  scenario.when({ ...confirmed, by: 'CN-GX-BLO' }).thenRefused('wrong-side', /the receiving party \(VN\)/, '/statedBy');
  const statedBy = { office: 'VN-04-BLO', document: 'Letter 3' };
  scenario.when({ ...confirmed, by: 'CN-GX-BLO', statedBy }).thenStands('received');
  for (const [more, pointer, message] of [
    [{ to: [vietnamese, chinese] }, '/to/1/side', /the other side/],
    [{ to: [] }, '/to', /./],
    [{ items: [] }, '/items', /./],
    [{ items: [{ what: 'Radios', quantity: 0 }] }, '/items/0/quantity', /./],
    [{ presentedOn: undefined }, '/presentedOn', /required|expected/],
  ] as const) {
    registerScenario(t, equipment).when(presented(more)).thenRefused('invalid', message, pointer);
  }
});
