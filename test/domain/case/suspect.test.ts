import t from 'tap';
import { given, scenario, stateOf } from '../../support/case-scenario.ts';
import { handover, wayTo } from '../../support/ordinary-ways.ts';

const captured = wayTo('suspect', 'captured');
const transferred = wayTo('suspect', 'transferred');

t.test('a suspect needs no warrant, and is handed over by the side that arrested them', async (t) => {
  t.same(stateOf(given(captured)).direction, 'VN-CN');
  t.equal(stateOf(given(captured)).warrant, undefined);
});

t.test('the request for a suspect is withdrawn', async (t) => {
  const withdrawn = scenario(t, given(transferred)).when({ type: 'request-withdrawn' }).thenStands('request-withdrawn');
  scenario(t, withdrawn)
    .when({ by: 'VN', type: 'released', data: { cause: 'request-withdrawn' } })
    .thenStands('released');
  scenario(t, withdrawn).when({ type: 'closed' }).thenStands('closed');
});

t.test('a released suspect is arrested again, by either side', async (t) => {
  const released = given([{ by: 'VN', type: 'released', data: { cause: 'other' } }], { from: given(captured) });
  scenario(t, released).when({ by: 'VN', type: 'captured' }).thenStands('captured');
  scenario(t, released).when({ by: 'CN', type: 'captured' }).thenStands('held-by-receiving-party');
});

t.test('a suspect escapes, is recaptured by the other side and escapes again', async (t) => {
  const held = given(
    [
      { by: 'VN', type: 'escaped' },
      { by: 'CN', type: 'recaptured' },
    ],
    { from: given(transferred) },
  );
  const again = scenario(t, held).when({ type: 'escaped' }).thenStands('escaped');
  scenario(t, again).when({ by: 'VN', type: 'recaptured' }).thenStands('captured');
});

t.test('a suspect is no fugitive: there is no search before the arrest and no warrant to withdraw', async (t) => {
  scenario(t, given(captured))
    .when({ type: 'located' })
    .thenRefused('unknown-event-type', /a suspect case has no event located/, '/type');
  scenario(t, given(captured))
    .when({ type: 'warrant-withdrawn' })
    .thenRefused('unknown-event-type', /suspect/, '/type');
});

t.test('a suspect is handed over where there is no gate, in words', async (t) => {
  const handedOver = scenario(t, given(transferred))
    .when({
      by: 'VN',
      type: 'handed-over-at-border-pass',
      data: { handoverDate: handover.handoverDate, place: 'the middle line of the bridge' },
    })
    .thenStands('handed-over');
  t.equal(stateOf(handedOver).handovers[0]?.pass, undefined);
});
