import t from 'tap';
import { caseDecider } from '../../../domain/case/decide.ts';
import { caseLifecycles } from '../../../domain/case/lifecycles/index.ts';
import { personOf } from '../../../domain/case/person-of.ts';
import { openingsOf } from '../../../domain/kernel/lifecycle.ts';
import { CASE_KINDS } from '../../../domain/reference/case-kinds.ts';
import { eventId, given, NOW, person, scenario, stateOf } from '../../support/case-scenario.ts';
import { ordinaryWays } from '../../support/ordinary-ways.ts';

const [opening] = ordinaryWays.fugitive;
const open = (particulars: Record<string, unknown>) => ({
  ...opening,
  particulars: { ...opening.particulars, ...particulars },
});

t.test('a case keeps what it was opened with', async (t) => {
  const history = given([
    open({
      offences: [{ iccs: '0701', nationalArticle: 'art. 266' }],
      incident: 'compound-7',
      caseNumbers: [{ side: 'CN', number: 'A-1' }],
      warrantNumber: 'W-9',
    }),
  ]);
  const { kind, offences, warrant, incident, minor, office, openedAt } = stateOf(history);
  t.same(
    { kind, offences, warrant, incident, minor, office, openedAt },
    {
      kind: 'fugitive',
      offences: [{ iccs: '0701', nationalArticle: 'art. 266' }],
      warrant: { kind: 'warrant' },
      incident: 'compound-7',
      minor: false,
      office: 'CN-MPS',
      openedAt: '2024-01-01',
    },
  );
  t.same(personOf(history.effective), { person, caseNumbers: [{ side: 'CN', number: 'A-1' }], warrantNumber: 'W-9' });
});

t.test('whether the person is a minor agrees with a birth date that tells it', async (t) => {
  const born = (date: string, minor: boolean, estimated?: boolean) =>
    scenario(t, given([])).when(open({ minor, person: { ...person, birthDate: { date, estimated } } }));
  for (const [date, minor] of [
    ['2010', true],
    ['2006-01-02', true],
    ['2006-01-01', false],
    ['1985-03', false],
  ] as const) {
    born(date, minor).thenStands('reported');
    born(date, !minor).thenRefused('invalid', /^expected (true|false): the birth date makes/, '/minor');
  }
  // It may be either on the first of January 2024.
  for (const minor of [true, false]) born('2006', minor).thenStands('reported');
  for (const minor of [true, false]) born('1985', minor, true).thenStands('reported');
});

t.test('a name is one line, without control characters', async (t) => {
  for (const text of ['Nguyen\u0000', 'Li\nM.', '\u001b[31mLi']) {
    scenario(t, given([]))
      .when(open({ person: { names: [{ text, script: 'Latn', role: 'alias' }] } }))
      .thenRefused('invalid', /control characters/, '/person/names/0/text');
  }
  for (const text of ['\u200b', '\u202eLi M.\u202c', '\u0301', '...']) {
    scenario(t, given([]))
      .when(open({ person: { names: [{ text, script: 'Latn', role: 'alias' }] } }))
      .thenRefused('invalid', /invisible|a letter or a digit/, '/person/names/0/text');
  }
});

t.test('a case begins with one of the events of its kind, the first of them where none is named', async (t) => {
  t.same(openingsOf(caseLifecycles['trafficking-victim']), ['reported', 'identified-as-victim']);
  scenario(t, given([]))
    .when({ ...opening, type: 'captured' })
    .thenRefused('out-of-order', /a fugitive case begins with reported$/, '/type');
  const [victim] = ordinaryWays['trafficking-victim'];
  scenario(t, given([]))
    .when({ ...victim, type: 'found' })
    .thenRefused('out-of-order', /begins with reported or identified-as-victim/, '/type');
  for (const kind of CASE_KINDS) {
    const [first] = ordinaryWays[kind];
    const recordedBy = {
      subject: 's',
      office: `${first.by ?? 'CN'}-MPS`,
      side: first.by ?? 'CN',
      role: 'recorder',
    } as const;
    const decision = caseDecider.decide(
      { name: 'open', occurredAt: '2024-01-01', particulars: first.particulars, data: {} },
      caseDecider.initial,
      { now: NOW, eventId: eventId(0), recordedBy },
    );
    t.equal(decision.ok && decision.value[0]?.type, first.type, kind);
  }
});

t.test('a case is opened once', async (t) => {
  scenario(t, given([opening]))
    .when(opening)
    .thenRefused('out-of-order', /opened already/);
  scenario(t, given([]))
    .when({ type: 'located' })
    .thenRefused('out-of-order', /not opened/);
});

t.test('every fault in what a case is opened with is told, each with its place', async (t) => {
  const refusals = scenario(t, given([]))
    .when(
      open({
        minor: 'yes',
        requestingParty: 'LA',
        age: 40,
        person: { names: [{ text: ' ', script: 'Cyrl', role: 'native' }], sex: 5, birthDate: { date: '1985-13' } },
      }),
    )
    .thenRefused('invalid', /unknown field "age"/, '/age');
  t.same(refusals.map(({ pointer }) => pointer).sort(), [
    '/age',
    '/minor',
    '/person/birthDate/date',
    '/person/names/0/script',
    '/person/names/0/text',
    '/person/sex',
    '/requestingParty',
  ]);
  for (const { code, message } of refusals) {
    t.equal(code, 'invalid');
    t.not(message, 'Invalid input', 'the message says what would be right');
  }
});

t.test('a pointer escapes what JSON pointers escape', async (t) => {
  scenario(t, given([]))
    .when(open({ 'a/b~c': 1 }))
    .thenRefused('invalid', /unknown field "a\/b~c"/, '/a~1b~0c');
});

t.test('the case does not come in by way of an event’s data', async (t) => {
  for (const field of ['case', 'person', 'caseNumbers', 'warrantNumber']) {
    scenario(t, given([]))
      .when({ ...opening, data: { [field]: {} } })
      .thenRefused('invalid', /unknown field/, `/data/${field}`);
  }
  scenario(t, given([opening]))
    .when({ by: 'VN', type: 'captured', data: { person } })
    .thenRefused('invalid', /unknown field "person"/, '/data/person');
});

t.test('particulars become known later: lists grow, single values are replaced', async (t) => {
  const history = given([
    open({ person: { ...person, residence: 'Lạng Sơn' } }),
    {
      type: 'particulars-recorded',
      data: {
        particulars: {
          names: [{ text: '阮文甲', script: 'Hans', role: 'alias' }],
          residence: 'Tràng Định',
          documents: [{ type: 'passport', number: 'P1' }],
        },
      },
    },
  ]);
  const known = personOf(history.effective)?.person;
  t.same(
    known?.names.map(({ text }) => text),
    ['N. V. A.', '阮文甲'],
  );
  t.equal(known?.residence, 'Tràng Định');
  t.equal(known?.sex, 1);
  t.equal(known?.documents?.length, 1);
});

t.test('a history without its sealed part says nothing of the person', async (t) => {
  const history = given([opening]);
  const open = history.effective.map((event) => ({ ...event, data: { case: (event.data as { case: unknown }).case } }));
  t.equal(personOf(open as never), undefined);
});
