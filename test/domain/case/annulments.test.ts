import t from 'tap';
import { enteredByChina, given, scenario, stateOf } from '../../support/case-scenario.ts';
import { handover, wayTo } from '../../support/ordinary-ways.ts';
import { annul, correct, handedOver, late } from '../../support/putting-right.ts';

t.test('an annulment', async (t) => {
  t.test('takes an event back, and the case stands where it stood before', async (t) => {
    const annulled = scenario(t, handedOver).when(annul(7)).thenStands('transferred');
    t.same(stateOf(annulled).handovers, []);
    t.equal(annulled.recorded.length, 9, 'what was recorded stays');
    scenario(t, annulled).when({ type: 'handed-over-at-border-pass', data: handover }).thenStands('handed-over');
  });

  t.test('of an event on which others rest is refused', async (t) => {
    scenario(t, handedOver)
      .when({ by: 'VN', ...annul(4) })
      .thenRefused('impossible-history', /transfer-approved of .* no protection check/);
    scenario(t, handedOver)
      .when({ by: 'VN', ...annul(2) })
      .thenRefused('impossible-history', /identity-verified.*here the case is located/);
  });

  t.test('is for the side whose word the event was', async (t) => {
    scenario(t, handedOver)
      .when({ by: 'VN', ...annul(7) })
      .thenRefused('wrong-side', /the word of CN/, '/statedBy');
  });

  t.test('is made once, of an event that is there, and not of an annulment', async (t) => {
    const annulled = given([annul(7)], { from: handedOver });
    scenario(t, annulled)
      .when(annul(7))
      .thenRefused('no-such-event', /the history as it reads now has no event/, '/data/eventId');
    scenario(t, annulled)
      .when(annul(8))
      .thenRefused('no-such-event', /has no event/, '/data/eventId');
    scenario(t, annulled)
      .when(annul(42))
      .thenRefused('no-such-event', /has no event/, '/data/eventId');
    scenario(t, annulled)
      .when(correct(7, { pass: null }))
      .thenRefused('no-such-event', /has no event/, '/data/eventId');
  });

  t.test('of the event that opened the case takes back the whole case, for good', async (t) => {
    const entered = given(enteredByChina(wayTo('fugitive', 'handed-over-at-border-pass')));
    const annulled = scenario(t, entered).when(annul(0)).thenStands('annulled');
    t.same(annulled.effective, []);
    t.same(stateOf(annulled).handovers, [], 'none of its handovers counts');
    t.equal(stateOf(annulled).kind, 'fugitive', 'it can still be found');
    scenario(t, annulled)
      .when({ type: 'closed' })
      .thenRefused('out-of-order', /annulled.*nothing/, '/type');
    for (const step of [annul(1), correct(7, { pass: null }), late(1, 'located')]) {
      scenario(t, annulled)
        .when(step)
        .thenRefused('out-of-order', /the case was annulled; open a new one/, '/type');
    }
  });
});

t.test('a case is not annulled over the head of the side that recorded something of it itself', async (t) => {
  scenario(t, handedOver)
    .when(annul(0))
    .thenRefused('wrong-side', /with what VN has recorded of it \(captured/, '/data/eventId');
});
