import t from 'tap';
import { mayRecord, maySeePerson, shelteringOf } from '../../../domain/case/access.ts';
import { type ContinuedEvent, continuation } from '../../../domain/case/continuing.ts';
import { caseDecider } from '../../../domain/case/decide.ts';
import { caseDocument } from '../../../domain/case/document.ts';
import type { CaseHistory, RecordedCaseEvent } from '../../../domain/case/history.ts';
import { nextSteps } from '../../../domain/case/next.ts';
import type { Person } from '../../../domain/person/person.ts';
import { CASE_KINDS } from '../../../domain/reference/case-kinds.ts';
import {
  enteredByChina,
  eventId,
  given,
  NOW,
  type Other,
  person,
  type Step,
  scenario,
  stateOf,
} from '../../support/case-scenario.ts';
import { ordinaryWays, wayTo } from '../../support/ordinary-ways.ts';

const OTHER = '00000000-0000-4000-8000-00000000cafe';

const as = (kind: string, more: object = {}): Step => ({
  type: 'continued-as-another-case',
  data: { as: { kind, ...more }, reason: 'T. T. H. told the interpreter' },
});
const asVictim = as('trafficking-victim');
const asFugitive = { ...as('fugitive', { warrant: { kind: 'warrant', issuedOn: '2023-12-01' } }), by: 'VN' } as const;

const entered = (steps: Parameters<typeof enteredByChina>[0]): CaseHistory => given(enteredByChina(steps));
const returning = entered(wayTo('irregular-entry', 'return-ordered'));
const suspect = entered(wayTo('suspect', 'captured'));
const detained = entered(wayTo('unlawful-detention', 'rescued'));

const continued = (history = returning, step: Step = asVictim): CaseHistory =>
  scenario(t, history).when(step).thenStands('continued-as-another-case');

/** The ledger's own word as which case one goes on. */
const linkedByLedger = (history: CaseHistory): CaseHistory => {
  const id = eventId(history.recorded.length);
  const recordedBy = { subject: 'continuation', office: 'CN-MPS', side: 'CN', role: 'ledger' } as const;
  const data = { otherCase: OTHER, basis: 'other', reason: 'it goes on as that one' };
  const command = { name: 'record', type: 'linked-to-person-of', occurredAt: '2024-01-01', data } as const;
  const others: readonly Other[] = [
    { category: 'case', id: OTHER, state: stateOf(given(wayTo('trafficking-victim', 'reported'))), isItself: false },
  ];
  const decision = caseDecider.decide(command, history, { now: NOW, eventId: id, recordedBy, others });
  if (!decision.ok) throw new Error(JSON.stringify(decision.error));
  const [event] = decision.value;
  const recorded = { ...event, id, revision: history.recorded.length, recordedAt: NOW, recordedBy };
  return caseDecider.evolve(history, recorded as RecordedCaseEvent);
};

const openingOf = (history: CaseHistory, whose: Person = person as never) =>
  continuation(stateOf(history), history.effective.at(-1) as ContinuedEvent, whose);

t.test('whoever turns out to be another has their case end, and one of the right kind begin', async (t) => {
  for (const [history, step, type, requestingParty] of [
    [returning, asVictim, 'identified-as-victim', 'VN'],
    [returning, as('unlawful-detention'), 'reported', 'VN'],
    [returning, asFugitive, 'reported', 'VN'],
    [returning, as('suspect'), 'captured', 'VN'],
    [suspect, asVictim, 'identified-as-victim', 'CN'],
    [suspect, { ...as('irregular-entry'), by: 'VN' }, 'found', 'VN'],
    [detained, asVictim, 'identified-as-victim', 'CN'],
  ] as const) {
    const ended = continued(history, step);
    const command = openingOf(ended);
    t.match(command, {
      name: 'open',
      type,
      particulars: { requestingParty, person: { names: [{ text: 'N. V. A.' }] } },
    });
    const opened = given([
      { by: step.by ?? 'CN', type, particulars: command?.particulars as never } as Step & { particulars: object },
    ] as never);
    t.equal(stateOf(opened).direction, stateOf(history).direction, 'the side that has the person has them still');
  }
});

t.test(
  'the other case has the person, what it is wanted by and its own minority, and nothing that tells of this one',
  async (t) => {
    const [opening, ...steps] = wayTo('irregular-entry', 'return-ordered');
    const more = { incident: 'compound-7', offences: [{ iccs: '0805' }], caseNumbers: [{ side: 'CN', number: '7' }] };
    const minor = { ...person, birthDate: { date: '2006-01-01' } };
    const history = given([
      {
        ...opening,
        occurredAt: '2023-12-01',
        particulars: { ...opening.particulars, ...more, person: minor, minor: true },
      },
      { type: 'guardian-appointed', occurredAt: '2023-12-01', data: { guardian: 'an aunt' } },
      ...steps,
    ]);
    const ended = continued(history, { ...asFugitive, occurredAt: '2024-01-02' });
    const { particulars } = openingOf(ended, minor as never) ?? {};
    t.match(particulars, { minor: false, warrant: { kind: 'warrant' } }, 'grown up since');
    for (const field of ['incident', 'offences', 'caseNumbers']) t.equal(particulars?.[field], undefined, field);
  },
);

t.test('whose word the other case begins with is sealed, so that it does not tell of a victim either', async (t) => {
  const statedBy = { office: 'VN-MPS', document: 'Warrant 12' };
  const ended = continued(returning, as('fugitive', { warrant: { kind: 'warrant' }, statedBy }));
  t.match(openingOf(ended), { type: 'reported', statedBy });
  t.equal(openingOf(ended)?.particulars.statedBy, undefined);
  t.equal(ended.effective.at(-1)?.statedBy, undefined);
});

t.test('a case goes on only as one that can begin', async (t) => {
  scenario(t, returning)
    .when(as('irregular-entry'))
    .thenRefused('reference-not-valid', /of the kind irregular-entry already/, '/data/as/kind');
  scenario(t, returning)
    .when(as('sentenced-person'))
    .thenRefused('invalid', /expected/, '/data/as/kind');
  scenario(t, returning)
    .when(as('fugitive'))
    .thenRefused('safeguard-missing', /a warrant, a judgment/, '/data/as/warrant');
  scenario(t, returning)
    .when({ ...asFugitive, by: 'CN' })
    .thenRefused('safeguard-missing', /begins with reported, which is for VN to state/, '/data/as/statedBy');
  scenario(t, returning)
    .when({ ...as('fugitive', { warrant: { kind: 'warrant', issuedOn: '2024-03-01' } }), by: 'VN' })
    .thenRefused('times-out-of-order', /2024-03-01 is after the event/, '/data/as/warrant/issuedOn');
  scenario(t, returning)
    .when({ ...asVictim, data: { as: { kind: 'trafficking-victim' } } })
    .thenRefused('invalid', /required/, '/data/reason');
});

t.test('no case of a victim turns into one against them', async (t) => {
  for (const history of [detained, entered(wayTo('trafficking-victim', 'rescued'))]) {
    scenario(t, history)
      .when({ ...asFugitive, by: 'CN' })
      .thenRefused('reference-not-valid', /open a fugitive case by itself, and link it here/, '/data/as/kind');
  }
});

t.test('every kind can go on as another while its person lives, and comes to its end by that', async (t) => {
  for (const kind of CASE_KINDS) {
    const step = kind === 'trafficking-victim' ? as('unlawful-detention') : asVictim;
    const ended = continued(given([ordinaryWays[kind][0]]), step);
    t.same(
      nextSteps(stateOf(ended)).map(({ type }) => type),
      [
        'linked-to-person-of',
        'unlinked-from-person-of',
        'found-not-same-person',
        'legal-hold-placed',
        'legal-hold-lifted',
        'corrected',
        'annulled',
        'recorded-late',
      ],
      kind,
    );
  }
  scenario(t, given([{ type: 'died' }], { from: returning }))
    .when(asVictim)
    .thenRefused('out-of-order', /died/, '/type');
  scenario(t, continued())
    .when(asVictim)
    .thenRefused('out-of-order', /continued-as-another-case/, '/type');
});

t.test('a term that was running ends, since nobody waits for this handover any more', async (t) => {
  const agreed = given([{ type: 'handover-agreed', data: { agreedDate: '2024-02-01' } }], { from: returning });
  t.ok(stateOf(agreed).clocks['agreed-handover']?.end === undefined);
  t.equal(stateOf(continued(agreed)).clocks['agreed-handover']?.end?.type, 'continued-as-another-case');
});

t.test('who the person is, is for protection alone from then on, whatever the other case is', async (t) => {
  for (const ended of [continued(), continued(returning, asFugitive)]) {
    const sheltering = shelteringOf(stateOf(ended));
    for (const role of ['recorder', 'liaison', 'protection', 'auditor']) {
      const viewer = { office: 'CN-MPS', role };
      t.equal(maySeePerson(viewer, sheltering), role === 'protection', role);
      t.equal(mayRecord(viewer, sheltering), role === 'protection', role);
    }
  }
  t.ok(maySeePerson({ office: 'CN-MPS', role: 'recorder' }, shelteringOf(stateOf(returning))));
});

t.test('what is shown of the case is the same, whatever it goes on as', async (t) => {
  const [asOne, asAnother] = [asVictim, as('unlawful-detention')].map((step) =>
    JSON.stringify(caseDocument(OTHER, 9, stateOf(linkedByLedger(continued(returning, step))))),
  );
  t.equal(asOne, asAnother);
  t.notMatch(asOne, /victim|detention/);
});

t.test('the ledger says as which case it goes on, where it is read by protection alone', async (t) => {
  const before = continued();
  const linked = linkedByLedger(before);
  t.same(stateOf(before).continued, { event: eventId(4) });
  t.same(stateOf(linked).continued, { event: eventId(4), link: eventId(5) });
  const other = { category: 'case', id: OTHER, state: stateOf(linked), isItself: false };
  scenario(t, suspect)
    .when({ type: 'linked-to-person-of', data: { otherCase: OTHER, basis: 'dna', reason: 'the same' } }, other)
    .thenRefused('unsuitable-record', /goes on as another one: record this in it/, '/data/otherCase');
  scenario(t, entered(wayTo('irregular-entry', 'found')))
    .when({ type: 'merged', data: { into: OTHER, reason: 'the same' } }, other)
    .thenRefused('unsuitable-record', /goes on as another one/, '/data/into');
});

t.test('the ledger says it also of a case that has as many links as officers can give it', async (t) => {
  const found: Step = {
    type: 'found-not-same-person',
    data: { otherCase: OTHER, basis: 'dna', reason: 'other traces' },
  };
  const other = { category: 'case', id: OTHER, state: stateOf(suspect), isItself: false };
  const full = Array.from({ length: 100 }).reduce<CaseHistory>(
    (before) => scenario(t, before).when(found, other).thenStands('return-ordered'),
    returning,
  );
  const ended = continued(full);
  scenario(t, ended)
    .when(found, other)
    .thenRefused('out-of-order', /100 events say already/, '/type');
  const { continued: goesOn } = stateOf(linkedByLedger(ended));
  t.equal(goesOn?.link, eventId(ended.recorded.length));
});

t.test('that a case goes on as another is not taken back, nor what the other was opened from', async (t) => {
  const linked = linkedByLedger(continued());
  const annul = (number: number): Step => ({ type: 'annulled', data: { eventId: eventId(number), reason: 'x' } });
  for (const [history, number] of [
    [continued(), 4],
    [linked, 4],
    [linked, 0],
  ] as const) {
    scenario(t, history)
      .when(annul(number))
      .thenRefused('out-of-order', /goes on as another one, which the ledger has opened from it/, '/data/eventId');
  }
  scenario(t, linked)
    .when(annul(5))
    .thenRefused('out-of-order', /unlinked-from-person-of/, '/data/eventId');
  scenario(t, linked)
    .when({ type: 'unlinked-from-person-of', data: { link: eventId(5), reason: 'it was another' } })
    .thenStands('continued-as-another-case');
  scenario(t, linked)
    .when({ type: 'corrected', data: { eventId: eventId(4), changes: { as: { kind: 'suspect' } }, reason: 'x' } })
    .thenRefused('invalid', /the other case was opened by this/, '/data/changes/as');
  scenario(t, linked)
    .when({ type: 'corrected', data: { eventId: eventId(4), changes: { reason: 'told twice' }, reason: 'x' } })
    .thenStands('continued-as-another-case');
  const late = { after: eventId(1), event: { ...asVictim, occurredAt: '2024-01-01' }, reason: 'x' };
  scenario(t, returning)
    .when({ type: 'recorded-late', data: late })
    .thenRefused('invalid', /as of now/, '/data/event/type');
});
