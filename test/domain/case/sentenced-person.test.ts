import t from 'tap';
import { given, scenario, stateOf } from '../../support/case-scenario.ts';
import { check, handover, ordinaryWays, wayTo } from '../../support/ordinary-ways.ts';

const requested = wayTo('sentenced-person', 'transfer-requested');
const approved = wayTo('sentenced-person', 'transfer-approved');
const transferred = wayTo('sentenced-person', 'transferred');
const acknowledged = wayTo('sentenced-person', 'receipt-acknowledged');

const approval = { type: 'transfer-approved', data: { legalBasis: 'transfer-of-sentenced-persons-treaty' } };
const bySentencing = { type: 'sentencing-party-consented' };
const byAdministering = { by: 'VN', type: 'administering-party-consented' } as const;
const byPerson = { type: 'person-consented' };

t.test('either side can ask for the transfer; the side that passed the judgment delivers', async (t) => {
  const [opening] = ordinaryWays['sentenced-person'];
  for (const by of ['CN', 'VN'] as const) {
    const asked = given([{ ...opening, by, particulars: { ...opening.particulars, requestingParty: by } }]);
    t.equal(stateOf(asked).direction, 'CN-VN');
  }
  const { sentencingParty: _, ...withoutIt } = opening.particulars;
  scenario(t, given([]))
    .when({ ...opening, particulars: withoutIt })
    .thenRefused('safeguard-missing', /which side passed the judgment/, '/sentencingParty');
});

t.test('no transfer is approved without three consents', async (t) => {
  const checked = given([check], { from: given(requested) });
  const refusals = scenario(t, checked)
    .when(approval)
    .thenRefused('safeguard-missing', /sentencing-party-consented, administering-party-consented, person-consented/);
  t.equal(refusals.length, 1);
  for (const two of [
    [bySentencing, byAdministering],
    [bySentencing, byPerson],
    [byAdministering, byPerson],
  ]) {
    scenario(t, given(two, { from: checked }))
      .when(approval)
      .thenRefused('safeguard-missing', /not on record: [a-z]+(-party)?-consented$/);
  }
  scenario(t, given([bySentencing, byAdministering, byPerson], { from: checked }))
    .when(approval)
    .thenStands('transfer-approved');
});

t.test('each side consents for itself', async (t) => {
  scenario(t, given(requested))
    .when({ by: 'VN', type: 'sentencing-party-consented' })
    .thenRefused('wrong-side', /delivering party \(CN\)/, '/statedBy');
  scenario(t, given(requested))
    .when({ by: 'CN', type: 'administering-party-consented' })
    .thenRefused('wrong-side', /receiving party \(VN\)/, '/statedBy');
});

t.test('a consent that is withdrawn after the approval stops the transfer until it is given again', async (t) => {
  const withdrawn = scenario(t, given(approved))
    .when({ type: 'consent-withdrawn', data: { of: 'person' } })
    .thenStands('transfer-approved');
  scenario(t, withdrawn)
    .when({ type: 'transferred' })
    .thenRefused('safeguard-missing', /person-consented/);
  const again = scenario(t, withdrawn).when(byPerson).thenStands('transfer-approved');
  scenario(t, again).when({ type: 'transferred' }).thenStands('transferred');

  const onTheWay = given([{ type: 'consent-withdrawn', data: { of: 'person' } }], { from: given(transferred) });
  scenario(t, onTheWay)
    .when({ type: 'handed-over-at-border-pass', data: handover })
    .thenRefused('safeguard-missing', /person-consented/);
});

t.test('a consent that was not given cannot be withdrawn', async (t) => {
  scenario(t, given([byPerson], { from: given(requested) }))
    .when({ type: 'consent-withdrawn', data: { of: 'sentencing-party' } })
    .thenRefused('safeguard-missing', /on record are: person/, '/data/of');
});

t.test('the transfer is refused by either side, with a ground, or the request withdrawn', async (t) => {
  for (const by of ['CN', 'VN'] as const) {
    scenario(t, given(requested))
      .when({ by, type: 'refused', data: { grounds: ['own-national'] } })
      .thenStands('refused');
  }
  scenario(t, given(approved)).when({ by: 'VN', type: 'request-withdrawn' }).thenStands('request-withdrawn');
  scenario(t, given(approved))
    .when({ by: 'CN', type: 'request-withdrawn' })
    .thenRefused('wrong-side', /requesting party \(VN\)/, '/statedBy');
});

t.test('the sentence is served before the transfer', async (t) => {
  scenario(t, given(approved))
    .when({ type: 'released', data: { cause: 'sentence-served' } })
    .thenStands('released');
});

t.test('the administering side reports how the sentence ended; before that the case is not closed', async (t) => {
  scenario(t, given(acknowledged))
    .when({ type: 'closed' })
    .thenRefused('out-of-order', /completion-reported/, '/type');
  for (const outcome of ['served', 'pardoned', 'commuted', 'escaped', 'died']) {
    const reported = scenario(t, given(acknowledged))
      .when({ by: 'VN', type: 'completion-reported', data: { outcome } })
      .thenStands('completion-reported');
    scenario(t, reported).when({ type: 'closed' }).thenStands('closed');
  }
  scenario(t, given(acknowledged))
    .when({ by: 'CN', type: 'completion-reported', data: { outcome: 'served' } })
    .thenRefused('wrong-side', /receiving party/, '/statedBy');
});

t.test('who escapes from the transport is approved anew', async (t) => {
  const escaped = scenario(t, given(transferred)).when({ type: 'escaped' }).thenStands('escaped');
  scenario(t, escaped).when({ by: 'VN', type: 'recaptured' }).thenStands('held-by-receiving-party');
  const back = scenario(t, escaped).when({ by: 'CN', type: 'recaptured' }).thenStands('transfer-requested');
  scenario(t, back)
    .when(approval)
    .thenRefused('safeguard-missing', /protection check/);
  scenario(t, given([check], { from: back }))
    .when(approval)
    .thenStands('transfer-approved');
});
