import t from 'tap';
import { caseDocument, caseDocumentSchema } from '../../../domain/case/document.ts';
import type { CaseHistory } from '../../../domain/case/history.ts';
import { CASE_KINDS } from '../../../domain/reference/case-kinds.ts';
import { enteredByChina, eventId, given, type Opening, type Step, stateOf } from '../../support/case-scenario.ts';
import { approval, check, handover, ordinaryWays, wayTo } from '../../support/ordinary-ways.ts';

/** A way one step of which happens a day. */
const dayByDay = (steps: readonly (Step | Opening)[]): readonly (Step | Opening)[] =>
  steps.map((step, index) => {
    const occurredAt = `2024-02-${String(index + 1).padStart(2, '0')}`;
    const { data } = step;
    return {
      ...step,
      occurredAt,
      ...(data?.handoverDate !== undefined && { data: { ...data, handoverDate: occurredAt } }),
    };
  });

const datesOf = (history: CaseHistory) => stateOf(history).dates;

const victim = given(enteredByChina(dayByDay(ordinaryWays['trafficking-victim'])));
const cared = given(dayByDay(wayTo('trafficking-victim', 'risk-assessed')));

t.test('what happened to a victim has dates of its own', async (t) => {
  t.same(datesOf(victim), {
    reported: '2024-02-01',
    rescued: '2024-02-02',
    takenIntoCare: '2024-02-03',
    consented: '2024-02-04',
    riskAssessed: '2024-02-05',
    repatriated: '2024-02-07',
    receivedByService: '2024-02-08',
  });
});

t.test('each kind has those of its way', async (t) => {
  const dates = Object.fromEntries(CASE_KINDS.map((kind) => [kind, datesOf(given(dayByDay(ordinaryWays[kind])))]));
  t.match(dates.fugitive, {
    reported: '2024-02-01',
    located: '2024-02-02',
    captured: '2024-02-03',
    handedOver: '2024-02-08',
  });
  t.match(dates.suspect, { captured: '2024-02-01', transferApproved: '2024-02-04', transferred: '2024-02-05' });
  t.match(dates['irregular-entry'], {
    found: '2024-02-01',
    nationalityVerified: '2024-02-02',
    returnOrdered: '2024-02-04',
  });
  t.match(dates['unlawful-detention'], { reported: '2024-02-01', rescued: '2024-02-02', handedOver: '2024-02-05' });
  t.match(dates['sentenced-person'], {
    sentencingPartyConsented: '2024-02-02',
    administeringPartyConsented: '2024-02-03',
    consented: '2024-02-04',
    completionReported: '2024-02-10',
  });
});

t.test('a date is as exact as it is known', async (t) => {
  const [opening] = wayTo('trafficking-victim', 'reported');
  const history = given([
    { ...opening, occurredAt: '2024-01' },
    { type: 'rescued', occurredAt: '2024-02-03T06:30:00+08:00' },
    { type: 'taken-into-care', occurredAt: '2024-02-04' },
    { type: 'victim-consented', occurredAt: '2024-02-06', data: { givenOn: '2024-02-05' } },
  ]);
  t.same(datesOf(history), {
    reported: '2024-01',
    rescued: '2024-02-03T06:30:00+08:00',
    takenIntoCare: '2024-02-04',
    consented: '2024-02-05',
  });
});

t.test('a consent that was withdrawn has no date, and one that is given again has the new one', async (t) => {
  const withdrawn = given([{ type: 'consent-withdrawn', occurredAt: '2024-03-01', data: { of: 'victim' } }], {
    from: cared,
  });
  t.equal(datesOf(withdrawn).consented, undefined);
  t.equal(datesOf(withdrawn).riskAssessed, '2024-02-05');
  const again = given([{ type: 'victim-consented', occurredAt: '2024-03-02' }], { from: withdrawn });
  t.equal(datesOf(again).consented, '2024-03-02');
  for (const type of ['repatriation-declined', 'left-care']) {
    t.equal(datesOf(given([{ type, occurredAt: '2024-03-01' }], { from: cared })).consented, undefined, type);
  }
  const away = given([{ type: 'left-care', occurredAt: '2024-03-01' }], { from: cared });
  t.equal(datesOf(away).riskAssessed, undefined, 'the risk is to be assessed anew');
  t.match(datesOf(away), { rescued: '2024-02-02', leftCare: '2024-03-01' }, 'what happened stays so');
});

t.test('a handover has the date of its minutes, as roughly as they are known', async (t) => {
  const night = '2024-01-01T00:20:00+08:00';
  const minutes = { handoverDate: '2023-12-31' };
  const step = (type: string, data: object = {}): Step => ({
    type,
    occurredAt: night,
    data: { ...handover, ...minutes, ...data },
  });
  for (const [way, date, done] of [
    [wayTo('fugitive', 'transferred'), 'handedOver', step('handed-over-at-border-pass')],
    [
      wayTo('trafficking-victim', 'protection-check-recorded'),
      'repatriated',
      step('repatriated-at-border-pass', { legalBasis: 'protection-of-victims' }),
    ],
    [
      wayTo('fugitive', 'transferred'),
      'temporarilySurrendered',
      step('temporarily-surrendered', { returnDue: '2024-05-01' }),
    ],
  ] as const) {
    const before = given(way.map((each) => ({ ...each, occurredAt: '2023-12-30' })));
    t.equal(datesOf(given([done], { from: before }))[date], '2023-12-31', date);
    const rough = { ...done, occurredAt: '2024-01', data: { ...done.data, handoverDate: '2023-12/2024-01' } };
    const history = given([rough], { from: before });
    t.equal(datesOf(history)[date], '2023-12/2024-01', date);
    const shown = caseDocument('00000000-0000-4000-8000-00000000cafe', 8, stateOf(history));
    t.ok(caseDocumentSchema.safeParse(JSON.parse(JSON.stringify(shown))).success);
  }
});

t.test('a removal that is to be checked anew has no date, until it is decided on again', async (t) => {
  const removal = ['transferApproved', 'returnOrdered', 'transferred'] as const;
  for (const [kind, last] of [
    ['fugitive', 'transferred'],
    ['irregular-entry', 'return-ordered'],
    ['sentenced-person', 'transferred'],
  ] as const) {
    const before = given(enteredByChina(dayByDay(wayTo(kind, last))));
    t.ok(
      removal.some((name) => datesOf(before)[name] !== undefined),
      kind,
    );
    for (const [type, data] of [
      ['escaped', {}],
      ['released', { cause: 'other' }],
    ] as const) {
      const by = stateOf(before).deliveringParty;
      const after = given([{ by, type, data, occurredAt: '2024-03-01' }], { from: before });
      for (const name of removal) t.equal(datesOf(after)[name], undefined, `${kind}, ${type}: ${name}`);
    }
  }
  const again = given(
    [
      { type: 'escaped', occurredAt: '2024-03-01' },
      { by: 'VN', type: 'recaptured', occurredAt: '2024-03-02' },
      { type: 'identity-verified', occurredAt: '2024-03-03' },
      { by: 'VN', ...check, occurredAt: '2024-03-04' },
    ],
    { from: given(dayByDay(wayTo('fugitive', 'transferred'))) },
  );
  t.equal(datesOf(again).transferApproved, undefined, 'the check alone brings none back');
  const approved = given([{ by: 'VN', ...approval, occurredAt: '2024-03-05' }], { from: again });
  t.match(datesOf(approved), { captured: '2024-02-03', escaped: '2024-03-01', transferApproved: '2024-03-05' });
});

t.test('of what happens twice the last counts', async (t) => {
  const rescuedAgain = given(
    [
      { type: 'left-care', occurredAt: '2024-03-01' },
      { type: 'rescued', occurredAt: '2024-03-05' },
    ],
    { from: cared },
  );
  t.equal(datesOf(rescuedAgain).rescued, '2024-03-05');
});

t.test('corrections, annulments and late records show in the dates', async (t) => {
  const reason = 'it was written down wrong';
  const revise = (step: Omit<Step, 'by'>) => datesOf(given([{ occurredAt: '2024-05-01', ...step }], { from: cared }));
  const rescue = { type: 'corrected', data: { eventId: eventId(1), occurredAt: '2024-02-01', changes: {}, reason } };
  t.equal(revise(rescue).rescued, '2024-02-01');
  const givenOn = { type: 'corrected', data: { eventId: eventId(3), changes: { givenOn: '2024-02-03' }, reason } };
  t.equal(revise(givenOn).consented, '2024-02-03');
  t.equal(revise({ type: 'annulled', data: { eventId: eventId(4), reason } }).riskAssessed, undefined);
  const event = { type: 'risk-assessed', occurredAt: '2024-02-03', data: { outcome: 'not-safe-to-return' } };
  const late = { type: 'recorded-late', data: { after: eventId(2), event, reason } };
  t.equal(revise(late).riskAssessed, '2024-02-05', 'one that was left out before the last one changes nothing');
});

t.test('the dates are shown with the case', async (t) => {
  const shown = caseDocument('00000000-0000-4000-8000-00000000cafe', 8, stateOf(victim));
  t.match(shown.dates, { repatriated: '2024-02-07' });
  t.ok(caseDocumentSchema.safeParse(JSON.parse(JSON.stringify(shown))).success);
});
