import t from 'tap';
import { given, scenario, stateOf } from '../../support/case-scenario.ts';
import { check, handover, wayTo } from '../../support/ordinary-ways.ts';

const reported = wayTo('trafficking-victim', 'reported');
const inCare = wayTo('trafficking-victim', 'taken-into-care');
const checked = wayTo('trafficking-victim', 'protection-check-recorded');
const repatriated = wayTo('trafficking-victim', 'repatriated-at-border-pass');

const repatriation = { type: 'repatriated-at-border-pass', data: { ...handover, legalBasis: 'protection-of-victims' } };
const consent = { type: 'victim-consented' };
const assessment = { type: 'risk-assessed', data: { outcome: 'safe-to-return' } };

t.test('a victim is identified without having been reported missing', async (t) => {
  const [opening] = reported;
  const identified = given([{ ...opening, type: 'identified-as-victim' }]);
  t.equal(stateOf(identified).standing.state, 'identified');
  scenario(t, given(reported)).when({ type: 'identified-as-victim' }).thenStands('identified');
});

t.test('a victim is repatriated with their consent only', async (t) => {
  const unasked = given([assessment, check], { from: given(inCare) });
  scenario(t, unasked)
    .when(repatriation)
    .thenRefused('safeguard-missing', /victim-consented/);
  scenario(t, given([consent], { from: unasked }))
    .when(repatriation)
    .thenStands('repatriated');
});

t.test('a victim withdraws the consent, and gives it again', async (t) => {
  const withdrawn = scenario(t, given(checked))
    .when({ type: 'consent-withdrawn', data: { of: 'victim' } })
    .thenStands('in-care');
  scenario(t, withdrawn)
    .when(repatriation)
    .thenRefused('safeguard-missing', /victim-consented/);
  scenario(t, withdrawn)
    .when({ type: 'consent-withdrawn', data: { of: 'victim' } })
    .thenRefused('safeguard-missing', /not on record; on record are: none/, '/data/of');
  const again = scenario(t, withdrawn).when(consent).thenStands('in-care');
  scenario(t, again).when(repatriation).thenStands('repatriated');
});

t.test('on the way to the border a consent counts as much', async (t) => {
  const onTheWay = given(
    [
      { type: 'transferred', data: { legalBasis: 'protection-of-victims' } },
      { type: 'consent-withdrawn', data: { of: 'victim' } },
    ],
    { from: given(checked) },
  );
  scenario(t, onTheWay)
    .when(repatriation)
    .thenRefused('safeguard-missing', /victim-consented/);
  const again = scenario(t, onTheWay).when(consent).thenStands('transferred');
  scenario(t, again).when(repatriation).thenStands('repatriated');
});

t.test('no victim is repatriated without a risk assessment, nor into danger', async (t) => {
  const unassessed = given([consent, check], { from: given(inCare) });
  scenario(t, unassessed)
    .when(repatriation)
    .thenRefused('safeguard-missing', /no risk assessment/);
  const unsafe = given([{ type: 'risk-assessed', data: { outcome: 'not-safe-to-return' } }], { from: unassessed });
  scenario(t, unsafe)
    .when(repatriation)
    .thenRefused('safeguard-missing', /not safe/);
  scenario(t, given([assessment], { from: unsafe }))
    .when(repatriation)
    .thenStands('repatriated');
});

t.test('a victim declines to be repatriated, and may think better of it', async (t) => {
  const declined = scenario(t, given(checked))
    .when({ type: 'repatriation-declined' })
    .thenStands('repatriation-declined');
  t.same(stateOf(declined).consents, [], 'the consent is gone with it');
  scenario(t, declined)
    .when(repatriation)
    .thenRefused('out-of-order', /repatriation-declined/, '/type');
  scenario(t, declined).when({ type: 'closed' }).thenStands('closed');
  const consenting = scenario(t, declined).when(consent).thenStands('in-care');
  scenario(t, consenting).when(repatriation).thenStands('repatriated');
});

t.test('a victim leaves care freely; who comes back is asked and assessed anew', async (t) => {
  const left = scenario(t, given(checked)).when({ type: 'left-care' }).thenStands('left-care');
  scenario(t, left).when({ by: 'VN', type: 'returned-voluntarily' }).thenStands('returned-voluntarily');
  const back = scenario(t, left).when({ type: 'taken-into-care' }).thenStands('in-care');
  const refusals = scenario(t, back)
    .when(repatriation)
    .thenRefused('safeguard-missing', /victim-consented/);
  t.equal(refusals.length, 3, 'consent, risk assessment and protection check are missing');
});

t.test('nobody takes the victim over at the border: the victim stays in care or goes another day', async (t) => {
  for (const history of [
    given(checked),
    given([{ type: 'transferred', data: { legalBasis: 'protection-of-victims' } }], { from: given(checked) }),
  ]) {
    const notTaken = scenario(t, history)
      .when({ by: 'VN', type: 'handover-refused', data: { cause: 'no-show' } })
      .thenStands('handover-refused');
    scenario(t, notTaken).when(repatriation).thenStands('repatriated');
    scenario(t, notTaken).when({ type: 'left-care' }).thenStands('left-care');
    scenario(t, notTaken).when({ type: 'repatriation-declined' }).thenStands('repatriation-declined');
  }
});

t.test('a victim is received by a service of the other side', async (t) => {
  scenario(t, given(repatriated))
    .when({ by: 'CN', type: 'received-by-service' })
    .thenRefused('wrong-side', /receiving party \(VN\)/, '/statedBy');
  scenario(t, given(repatriated))
    .when({ by: 'VN', type: 'received-by-service', data: { service: 'a women’s union' } })
    .thenStands('received-by-service');
  scenario(t, given(repatriated))
    .when({ type: 'closed' })
    .thenRefused('out-of-order', /received-by-service/, '/type');
});

t.test('a victim cannot be captured, released or surrendered: those words are not for victims', async (t) => {
  for (const type of [
    'captured',
    'recaptured',
    'escaped',
    'surrendered-voluntarily',
    'transfer-approved',
    'return-ordered',
  ]) {
    scenario(t, given(inCare))
      .when({
        type,
        data: type === 'transfer-approved' || type === 'return-ordered' ? { legalBasis: 'deportation' } : {},
      })
      .thenRefused('unknown-event-type', /a trafficking-victim case has no event/, '/type');
  }
});
