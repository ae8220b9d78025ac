import t from 'tap';
import { sidesOf } from '../../../domain/case/parties.ts';
import { caseRules } from '../../../domain/case/rules.ts';
import { findRow } from '../../../domain/kernel/fold.ts';
import { statingSide } from '../../../domain/kernel/stated-by.ts';
import { given, scenario, stateOf } from '../../support/case-scenario.ts';
import { check, wayTo } from '../../support/ordinary-ways.ts';

const located = wayTo('fugitive', 'located');
const identified = wayTo('fugitive', 'identity-verified');
const handedOver = wayTo('fugitive', 'handed-over-at-border-pass');

const letter = { office: 'VN-04-BLO', document: 'letter 17/2024' };

t.test('a side records the other side’s word with the office and the document that it stands in', async (t) => {
  scenario(t, given(identified))
    .when({ by: 'CN', ...check })
    .thenRefused('wrong-side', /not for CN; give `statedBy`/, '/statedBy');
  const told = scenario(t, given(identified))
    .when({ by: 'CN', ...check, statedBy: letter })
    .thenStands('identity-verified');
  t.equal(stateOf(told).protectionCheck, 'no-bar');
  t.same(told.recorded.at(-1)?.statedBy, letter);
  t.equal(told.recorded.at(-1)?.recordedBy.side, 'CN', 'and stays the one who recorded it');
});

t.test('the stating office counts, also against the side that records', async (t) => {
  scenario(t, given(handedOver))
    .when({ by: 'CN', type: 'receipt-acknowledged', statedBy: letter })
    .thenRefused('wrong-side', /receiving party \(CN\)/, '/statedBy');
  scenario(t, given(handedOver))
    .when({ by: 'VN', type: 'receipt-acknowledged', statedBy: { office: 'CN-GX-BLO', document: 'receipt 5' } })
    .thenStands('receipt-acknowledged');
});

t.test('an arrest stated by the other side stands where that side has it', async (t) => {
  scenario(t, given(located)).when({ by: 'CN', type: 'captured', statedBy: letter }).thenStands('captured');
  scenario(t, given(located)).when({ by: 'CN', type: 'captured' }).thenStands('held-by-receiving-party');
});

t.test('a case opened on the other side’s word is that side’s', async (t) => {
  const [opening] = wayTo('suspect', 'captured');
  scenario(t, given([]))
    .when({ ...opening, by: 'CN' })
    .thenRefused('wrong-side', /delivering party \(VN\)/, '/statedBy');
  scenario(t, given([]))
    .when({ ...opening, by: 'CN', statedBy: letter })
    .thenStands('captured');
});

t.test('an office is given by its id, and its document by its reference', async (t) => {
  const step = { by: 'CN', ...check } as const;
  scenario(t, given(identified))
    .when({ ...step, statedBy: { ...letter, office: 'Cao Bang' } })
    .thenRefused('invalid', /begins with its side, such as CN-GX-BLO/, '/statedBy/office');
  scenario(t, given(identified))
    .when({ ...step, statedBy: { ...letter, document: ' ' } })
    .thenRefused('invalid', /some text/, '/statedBy/document');
  scenario(t, given(identified))
    .when({ ...step, statedBy: { office: 'VN-04-BLO' } as never })
    .thenRefused('invalid', /is required/, '/statedBy/document');
});

t.test('the roles of the two sides follow from the kind', async (t) => {
  const rolesOf = (steps: Parameters<typeof given>[0]) => {
    const { requestingParty, deliveringParty, receivingParty, direction } = stateOf(given(steps));
    return { requestingParty, deliveringParty, receivingParty, direction };
  };
  t.same(rolesOf(located), { requestingParty: 'CN', deliveringParty: 'VN', receivingParty: 'CN', direction: 'VN-CN' });
  t.same(rolesOf(wayTo('irregular-entry', 'found')), {
    requestingParty: 'CN',
    deliveringParty: 'CN',
    receivingParty: 'VN',
    direction: 'CN-VN',
  });
  t.same(rolesOf(wayTo('sentenced-person', 'transfer-requested')), {
    requestingParty: 'VN',
    deliveringParty: 'CN',
    receivingParty: 'VN',
    direction: 'CN-VN',
  });
  t.same(sidesOf(stateOf(given(located)), 'either'), ['CN', 'VN']);
});

t.test('whose word an event is decides on its row', async (t) => {
  const state = stateOf(given(located));
  const recordedBy = { side: 'CN' } as const;
  t.equal(statingSide({ recordedBy, statedBy: letter }), 'VN');
  t.equal(statingSide({ recordedBy }), 'CN');
  t.equal(findRow(caseRules, state, { type: 'captured', recordedBy, statedBy: letter })?.to, 'captured');
  t.equal(findRow(caseRules, state, { type: 'captured', recordedBy })?.to, 'held-by-receiving-party');
  t.equal(findRow(caseRules, state, { type: 'transferred', recordedBy }), undefined);
});
