import t from 'tap';
import { given, scenario, stateOf } from '../../support/case-scenario.ts';
import { check, handover, wayTo } from '../../support/ordinary-ways.ts';

const found = wayTo('irregular-entry', 'found');
const verified = wayTo('irregular-entry', 'nationality-verified');
const ordered = wayTo('irregular-entry', 'return-ordered');
const handedOver = wayTo('irregular-entry', 'handed-over-at-border-pass');

const order = { type: 'return-ordered', data: { legalBasis: 'readmission' } };

t.test('the side that finds the person returns them to the other', async (t) => {
  t.equal(stateOf(given(found)).direction, 'CN-VN');
});

t.test('nationality is for the other side to verify, to deny, or to leave open', async (t) => {
  const checked = given([check], { from: given(found) });
  for (const outcome of ['nationality-denied', 'nationality-inconclusive']) {
    const unverified = scenario(t, checked).when({ by: 'VN', type: outcome }).thenStands(outcome);
    scenario(t, unverified)
      .when(order)
      .thenRefused('out-of-order', /return-ordered follows on nationality-verified/, '/type');
    const later = scenario(t, unverified)
      .when({ by: 'VN', type: 'nationality-verified' })
      .thenStands('nationality-verified');
    scenario(t, later).when(order).thenStands('return-ordered');
    scenario(t, unverified)
      .when({ type: 'released', data: { cause: 'other' } })
      .thenStands('released');
  }
  for (const type of ['nationality-verified', 'nationality-denied', 'nationality-inconclusive']) {
    scenario(t, given(found))
      .when({ by: 'CN', type })
      .thenRefused('wrong-side', /receiving party \(VN\)/, '/statedBy');
  }
});

t.test('an inconclusive verification can still be denied', async (t) => {
  const inconclusive = given([{ by: 'VN', type: 'nationality-inconclusive' }], { from: given(found) });
  scenario(t, inconclusive).when({ by: 'VN', type: 'nationality-denied' }).thenStands('nationality-denied');
});

t.test('the person goes back of their own will, with or without an order, and is not counted', async (t) => {
  for (const history of [given(found), given(ordered)]) {
    const back = scenario(t, history)
      .when({ by: 'VN', type: 'returned-voluntarily' })
      .thenStands('returned-voluntarily');
    t.same(stateOf(back).handovers, []);
  }
});

t.test('who runs away is found again, and everything is checked anew', async (t) => {
  const again = given([{ type: 'escaped' }, { type: 'recaptured' }], { from: given(ordered) });
  t.equal(stateOf(again).standing.state, 'found');
  const reverified = given([{ by: 'VN', type: 'nationality-verified' }], { from: again });
  scenario(t, reverified)
    .when(order)
    .thenRefused('safeguard-missing', /protection check/);
});

t.test('who runs away home is held, or known to be, on the other side', async (t) => {
  const escaped = given([{ type: 'escaped' }], { from: given(ordered) });
  scenario(t, escaped).when({ by: 'VN', type: 'recaptured' }).thenStands('held-by-receiving-party');
  scenario(t, escaped).when({ by: 'VN', type: 'returned-voluntarily' }).thenStands('returned-voluntarily');
});

t.test('the other side does not take the person at the line', async (t) => {
  const refused = scenario(t, given(ordered))
    .when({ by: 'VN', type: 'handover-refused', data: { cause: 'identity-in-doubt' } })
    .thenStands('handover-refused');
  scenario(t, refused).when({ type: 'mistaken-identity' }).thenStands('mistaken-identity');
  scenario(t, refused).when({ type: 'handed-over-at-border-pass', data: handover }).thenStands('handed-over');
});

t.test('a return is postponed, and the person released from there', async (t) => {
  const postponed = given([{ type: 'postponed' }], { from: given(verified) });
  scenario(t, postponed).when({ type: 'resumed' }).thenStands('nationality-verified');
  scenario(t, postponed)
    .when({ type: 'released', data: { cause: 'other' } })
    .thenStands('released');
});

t.test('the receiving side acknowledges; the side that delivered cannot do it for them', async (t) => {
  scenario(t, given(handedOver))
    .when({ by: 'CN', type: 'receipt-acknowledged' })
    .thenRefused('wrong-side', /receiving party/, '/statedBy');
  scenario(t, given(handedOver)).when({ by: 'VN', type: 'receipt-acknowledged' }).thenStands('receipt-acknowledged');
});
