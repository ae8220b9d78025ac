import t from 'tap';
import { maySeeLink, type Sheltering, shelteringOf } from '../../../domain/case/access.ts';
import type { CaseHistory } from '../../../domain/case/history.ts';
import { linksOf } from '../../../domain/case/person-links.ts';
import { personOf } from '../../../domain/case/person-of.ts';
import {
  enteredByChina,
  eventId,
  given,
  type Other,
  type Step,
  scenario,
  stateOf,
} from '../../support/case-scenario.ts';
import { ordinaryWays, wayTo } from '../../support/ordinary-ways.ts';

const OTHER = '00000000-0000-4000-8000-00000000cafe';
const data = { otherCase: OTHER, basis: 'fingerprints', reason: 'the prints agree' };
const link: Step = { type: 'linked-to-person-of', data };
const apart: Step = { type: 'found-not-same-person', data: { ...data, reason: 'the prints differ' } };
const unlink = (event: number): Step => ({
  type: 'unlinked-from-person-of',
  data: { link: eventId(event), reason: 'the prints were mixed up' },
});

const suspect = given(wayTo('suspect', 'captured'));
const fugitive = given(ordinaryWays.fugitive);
const victim = given(wayTo('trafficking-victim', 'reported'));
const detained = given(wayTo('unlawful-detention', 'reported'));
const other = (history: CaseHistory, more: Partial<NonNullable<Other>> = {}): Other => ({
  category: 'case',
  id: OTHER,
  state: stateOf(history),
  isItself: false,
  ...more,
});

t.test(
  'a case is linked to another case of its person, of whatever kind and standing, and unlinked again',
  async (t) => {
    const linked = scenario(t, suspect).when(link, other(fugitive)).thenStands('captured');
    t.same(stateOf(linked).personLinks, [eventId(1)]);
    t.match(linksOf(linked.effective), [
      { otherCase: OTHER, verdict: 'same', basis: 'fingerprints', eventId: eventId(1) },
    ]);
    const unlinked = scenario(t, linked).when(unlink(1)).thenStands('captured');
    t.same(stateOf(unlinked).personLinks, []);
    t.same(linksOf(unlinked.effective), []);
    scenario(t, unlinked)
      .when(unlink(1))
      .thenRefused('no-such-event', /these do: none/, '/data/link');
    scenario(t, linked)
      .when(unlink(0))
      .thenRefused('no-such-event', new RegExp(`these do: ${eventId(1)}`), '/data/link');
  },
);

t.test('a case that was looked at and is of another person is kept as that', async (t) => {
  const looked = scenario(t, suspect).when(apart, other(fugitive)).thenStands('captured');
  t.match(linksOf(looked.effective), [{ otherCase: OTHER, verdict: 'not-same' }]);
  const linked = scenario(t, looked).when(link, other(fugitive)).thenStands('captured');
  t.match(linksOf(linked.effective), [{ verdict: 'same' }], 'what is found later holds');
});

t.test('a case is linked to another one that is there and stands', async (t) => {
  const annulled = given([{ type: 'annulled', data: { eventId: eventId(0), reason: 'never was' } }], {
    from: given(enteredByChina(ordinaryWays.fugitive)),
  });
  const merged = { ...stateOf(fugitive), mergedInto: eventId(99) };
  for (const step of [link, apart]) {
    for (const [named, message] of [
      [other(fugitive, { state: undefined }), /there is no case/],
      [other(suspect, { isItself: true }), /another case than this one/],
      [other(annulled), /was annulled/],
      [other(fugitive, { state: merged }), new RegExp(`merged into ${eventId(99)}: name that one`)],
      [undefined, /there is no case/],
    ] as const) {
      scenario(t, suspect).when(step, named).thenRefused('unsuitable-record', message, '/data/otherCase');
    }
  }
});

t.test('what a case says of another one already is not said again', async (t) => {
  const named = other(fugitive, { isNamedAlready: true });
  for (const step of [link, apart]) {
    scenario(t, suspect)
      .when(step, named)
      .thenRefused('unsuitable-record', /says so of that one already/, '/data/otherCase');
  }
  scenario(t, victim).when(link, named).thenStands('reported');
});

t.test('a case has a hundred links, and no more', async (t) => {
  const linking = Array.from({ length: 50 }, () => [link, apart]).flat();
  const full = linking.reduce<CaseHistory>(
    (before, step) => scenario(t, before).when(step, other(fugitive)).thenStands('captured'),
    suspect,
  );
  for (const step of [link, apart]) {
    scenario(t, full)
      .when(step, other(fugitive))
      .thenRefused('out-of-order', /100 events say already/, '/type');
  }
  const unlinked = scenario(t, full).when(unlink(1)).thenStands('captured');
  scenario(t, unlinked).when(link, other(fugitive)).thenStands('captured');
});

t.test('that a victim is the person of another case stands in the case of the victim alone', async (t) => {
  for (const hidden of [victim, detained]) {
    scenario(t, suspect)
      .when(link, other(hidden))
      .thenRefused('unsuitable-record', /record this in it, where its person is protected/, '/data/otherCase');
    scenario(t, hidden).when(link, other(suspect)).thenStands('reported');
  }
  scenario(t, victim).when(link, other(detained)).thenStands('reported');
});

t.test('such a link is seen by the role that protects victims, and by no other', async (t) => {
  for (const role of ['recorder', 'liaison', 'protection', 'auditor']) {
    const viewer = { office: 'CN-MPS', role };
    const [ofSuspect, ofFugitive, ofVictim, ofDetained] = [suspect, fugitive, victim, detained].map((history) =>
      shelteringOf(stateOf(history)),
    ) as [Sheltering, Sheltering, Sheltering, Sheltering];
    t.equal(maySeeLink(viewer, ofSuspect, ofVictim), role === 'protection', role);
    t.equal(maySeeLink(viewer, ofDetained, ofSuspect), role === 'protection', role);
    t.ok(maySeeLink(viewer, ofSuspect, ofFugitive), role);
    const continued: Sheltering = { kind: 'suspect', status: 'continued-as-another-case' };
    t.equal(maySeeLink(viewer, continued, ofFugitive), role === 'protection', `${role}, of whatever kind the other is`);
  }
});

t.test('a link is given a case, a basis and a reason, and nothing else', async (t) => {
  for (const [wrong, pointer] of [
    [{ ...data, otherCase: 'L.' }, '/data/otherCase'],
    [{ ...data, basis: 'a feeling' }, '/data/basis'],
    [{ ...data, reason: ' ' }, '/data/reason'],
    [{ ...data, reason: 'x'.repeat(1001) }, '/data/reason'],
    [{ ...data, likelihood: 0.9 }, '/data/likelihood'],
  ] as const) {
    const refusals = scenario(t, suspect)
      .when({ ...link, data: wrong }, other(fugitive))
      .thenRefused('invalid', /./, pointer);
    t.equal(refusals.length, 1);
  }
});

t.test('a link to the wrong case is annulled, and neither corrected nor brought in late', async (t) => {
  const linked = scenario(t, suspect).when(link, other(fugitive)).thenStands('captured');
  scenario(t, linked)
    .when({ type: 'corrected', data: { eventId: eventId(1), changes: { otherCase: eventId(9) }, reason: 'x' } })
    .thenRefused('invalid', /annul this event and name the other case anew/, '/data/changes/otherCase');
  scenario(t, suspect)
    .when({
      type: 'recorded-late',
      data: { after: eventId(0), event: { type: link.type, occurredAt: '2024-01-01', data }, reason: 'x' },
    })
    .thenRefused('invalid', /linked-to-person-of/, '/data/event/type');
  const annulled = given([{ type: 'annulled', data: { eventId: eventId(1), reason: 'x' } }], { from: linked });
  t.same([stateOf(annulled).personLinks, linksOf(annulled.effective)], [[], []]);
});

t.test('the numbers that either side gives a case come when they come', async (t) => {
  const numbered = given([{ type: 'case-number-recorded', data: { side: 'VN', number: '12/QĐ' } }], { from: suspect });
  t.same(personOf(numbered.effective)?.caseNumbers, [{ side: 'VN', number: '12/QĐ' }]);
  scenario(t, suspect)
    .when({ type: 'case-number-recorded', data: { side: 'LA', number: '12' } })
    .thenRefused('invalid', /CN, VN/, '/data/side');
});
