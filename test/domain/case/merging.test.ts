import t from 'tap';
import { caseLifecycles } from '../../../domain/case/lifecycles/index.ts';
import { enteredByChina, eventId, given, type Other, scenario, stateOf } from '../../support/case-scenario.ts';
import { ordinaryWays, wayTo } from '../../support/ordinary-ways.ts';

const INTO = '00000000-0000-4000-8000-00000000cafe';
const merge = { type: 'merged', data: { into: INTO, reason: 'two warrants for one person' } };
const captured = given(wayTo('fugitive', 'captured'));
const other = (history = captured, more: Partial<Other> = {}): Other => ({
  category: 'case',
  id: INTO,
  state: stateOf(history),
  isItself: false,
  ...more,
});

t.test('a duplicate is merged into the case that stands, and un-merged back to where it stood', async (t) => {
  for (const steps of [wayTo('fugitive', 'reported'), wayTo('fugitive', 'transferred'), ordinaryWays.fugitive]) {
    const before = given(steps);
    const merged = scenario(t, before).when(merge, other()).thenStands('merged');
    t.equal(stateOf(merged).mergedInto, INTO);
    t.same(stateOf(merged).handovers, stateOf(before).handovers, 'its handovers stay on record');
    const apart = scenario(t, merged)
      .when({ type: 'unmerged', data: { reason: 'not the same person' } })
      .thenStands(stateOf(before).standing.state);
    t.equal(stateOf(apart).mergedInto, undefined);
  }
});

t.test('nothing is recorded of a merged case but that it is un-merged, and legal holds on it', async (t) => {
  const merged = scenario(t, captured).when(merge, other()).thenStands('merged');
  const events = caseLifecycles.fugitive.rows.filter(({ from }) => from.includes('merged')).map(({ event }) => event);
  t.same(events, ['legal-hold-placed', 'legal-hold-lifted', 'expunged', 'unmerged']);
  scenario(t, merged)
    .when({ type: 'identity-verified' })
    .thenRefused('out-of-order', /the case is merged.*unmerged/, '/type');
  scenario(t, merged)
    .when(merge, other())
    .thenRefused('out-of-order', /merged/, '/type');
});

t.test('a case is merged only into another that suits it', async (t) => {
  const merged = scenario(t, captured).when(merge, other()).thenStands('merged');
  const annulled = given([{ type: 'annulled', data: { eventId: eventId(0), reason: 'never was' } }], {
    from: given(enteredByChina(wayTo('fugitive', 'captured'))),
  });
  const [opening, ...steps] = wayTo('fugitive', 'reported');
  const reversed = given([
    { ...opening, by: 'VN', particulars: { ...opening.particulars, requestingParty: 'VN' } },
    ...steps,
  ]);
  for (const [into, message] of [
    [other(captured, { state: undefined }), /there is no case/],
    [other(captured, { isItself: true }), /another case than this one/],
    [other(annulled), /was annulled/],
    [other(merged), new RegExp(`itself merged into ${INTO}`)],
    [other(given(wayTo('suspect', 'captured'))), /a suspect case, this one a fugitive case/],
    [other(reversed), /runs CN-VN, this one VN-CN/],
    [undefined, /there is no case/],
  ] as const) {
    scenario(t, captured).when(merge, into).thenRefused('unsuitable-record', message, '/data/into');
  }
});

t.test('a merger is given the id of a case and a reason', async (t) => {
  scenario(t, captured)
    .when({ type: 'merged', data: { into: 'the other one', reason: 'x' } }, other())
    .thenRefused('invalid', /the id of a case/, '/data/into');
  scenario(t, captured)
    .when({ type: 'merged', data: { into: INTO } }, other())
    .thenRefused('invalid', /is required/, '/data/reason');
});

t.test('a merger into the wrong case is annulled and made anew, not corrected', async (t) => {
  const merged = scenario(t, captured).when(merge, other()).thenStands('merged');
  const target = eventId(merged.recorded.length - 1);
  scenario(t, merged)
    .when({ type: 'corrected', data: { eventId: target, changes: { into: eventId(99) }, reason: 'x' } })
    .thenRefused('invalid', /annul this event and merge the case anew/, '/data/changes/into');
  const annulled = scenario(t, merged)
    .when({ type: 'annulled', data: { eventId: target, reason: 'the wrong one' } })
    .thenStands('captured');
  t.equal(stateOf(annulled).mergedInto, undefined);
  scenario(t, annulled).when(merge, other()).thenStands('merged');
});
