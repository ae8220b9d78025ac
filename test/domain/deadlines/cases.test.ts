import fc from 'fast-check';
import t from 'tap';
import type { CaseHistory } from '../../../domain/case/history.ts';
import { type Deadline, isOpen, statusOf } from '../../../domain/deadlines/deadline.ts';
import { deadlinesOfCase } from '../../../domain/deadlines/of-case.ts';
import { addDays } from '../../../domain/kernel/time.ts';
import {
  enteredByChina,
  eventId,
  given,
  type Opening,
  person,
  type Step,
  scenario,
  stateOf,
} from '../../support/case-scenario.ts';
import { check } from '../../support/ordinary-ways.ts';

const LATER = '2027-06-01T00:00:00.000Z';

/** China holds a person whom Viet Nam wants. */
const wantedByVietNam: Opening = {
  by: 'VN',
  type: 'reported',
  occurredAt: '2024-01-01',
  particulars: { kind: 'fugitive', requestingParty: 'VN', minor: false, person, warrant: { kind: 'warrant' } },
};
const wantedByChina: Opening = {
  ...wantedByVietNam,
  by: 'CN',
  particulars: { ...wantedByVietNam.particulars, requestingParty: 'CN' },
};

const arrested = (occurredAt: string, by: 'CN' | 'VN' = 'CN'): Step => ({
  by,
  type: 'captured',
  occurredAt,
  data: { provisional: true },
});
const record = (type: string, occurredAt: string, data: object = {}, by: 'CN' | 'VN' = 'CN'): Step => ({
  by,
  type,
  occurredAt,
  data: data as Record<string, unknown>,
});
const approvedBy = (legalBasis: string, on = '2024-02-01'): readonly Step[] => [
  record('identity-verified', on),
  record('protection-check-recorded', on, check.data),
  record('transfer-approved', on, { legalBasis }),
];
const at = (steps: readonly (Opening | Step)[], from?: CaseHistory): CaseHistory =>
  given(steps, { now: LATER, ...(from && { from }) });

const find = (history: CaseHistory, code: string): Deadline | undefined =>
  deadlinesOfCase(stateOf(history)).find(({ rule }) => rule.code === code);

const known = (history: CaseHistory, code: string): Deadline => {
  const found = find(history, code);
  if (found === undefined) throw new Error(`no deadline by ${code}`);
  return found;
};

const held = at([wantedByVietNam, arrested('2024-01-10')]);
const approved = at([
  wantedByVietNam,
  arrested('2024-01-10'),
  record('surrender-requested', '2024-01-20', {}, 'VN'),
  ...approvedBy('extradition-treaty'),
]);
const agreed = at([record('handover-agreed', '2024-02-20', { agreedDate: '2024-03-08' })], approved);

t.test('agreed for 8 March, a person who is not collected is let go after 23 March (art. 40)', async (t) => {
  const deadline = known(agreed, 'cn-collection');
  t.match(deadline, { side: 'CN', started: '2024-03-08', due: '2024-03-23', isEarliest: false });
  t.equal(statusOf(deadline, '2024-03-23T15:59:59.999Z'), 'running', 'to the end of that day in China');
  t.equal(statusOf(deadline, '2024-03-23T16:00:00.000Z'), 'expired', 'which is this instant');
  t.match(deadline.rule.source, /2000\), art\. 40/);
});

t.test('the term for collecting a person', async (t) => {
  t.test('is extended for what is beyond control, and no further than the law lets it', async (t) => {
    const extend = (until: string): Step => record('collection-extended', '2024-03-20', { until, reason: 'a flood' });
    const extended = scenario(t, agreed, LATER).when(extend('2024-04-07')).thenStands('transfer-approved');
    t.match(known(extended, 'cn-collection'), { due: '2024-04-07', extendedFrom: '2024-03-23' });
    scenario(t, agreed, LATER)
      .when(extend('2024-03-23'))
      .thenRefused('times-out-of-order', /no extension: the term ends with 2024-03-23 already/, '/data/until');
    scenario(t, agreed, LATER)
      .when(extend('2024-04-23'))
      .thenRefused('times-out-of-order', /art\. 40 lets the term be extended to 2024-04-22/, '/data/until');
    scenario(t, approved, LATER)
      .when(extend('2024-04-07'))
      .thenRefused('no-such-deadline', /no handover is agreed/, '/type');
    scenario(t, agreed, LATER)
      .when(record('collection-extended', '2024-03-20', { until: '2024-04-07' }))
      .thenRefused('invalid', /required/, '/data/reason');
  });

  t.test('is met by the handover, ends with a failure, and begins anew with another date', async (t) => {
    const handover = { handoverDate: '2024-03-10' };
    const done = at([record('handed-over-at-border-pass', '2024-03-10', handover)], agreed);
    t.equal(statusOf(known(done, 'cn-collection'), LATER), 'met');
    const late = at([record('handed-over-at-border-pass', '2024-03-25', { handoverDate: '2024-03-25' })], agreed);
    t.match(known(late, 'cn-collection'), { end: { type: 'handed-over-at-border-pass', occurredAt: '2024-03-25' } });
    t.equal(statusOf(known(late, 'cn-collection'), LATER), 'expired', 'it came too late');
    const postponed = at([record('postponed', '2024-03-05')], agreed);
    t.equal(statusOf(known(postponed, 'cn-collection'), LATER), 'ended');
    const again = at(
      [
        record('not-collected', '2024-03-24', { agreedDate: '2024-03-08' }),
        record('handover-agreed', '2024-03-25', { agreedDate: '2024-04-01' }),
      ],
      agreed,
    );
    t.match(known(again, 'cn-collection'), { started: '2024-04-01', due: '2024-04-16', end: undefined });
  });

  t.test('moves with a correction of the date', async (t) => {
    const last = agreed.recorded.length - 1;
    const corrected = at(
      [
        record('corrected', '2024-03-09', {
          eventId: eventId(last),
          changes: { agreedDate: '2024-03-18' },
          reason: 'an 8 was read for 18',
        }),
      ],
      agreed,
    );
    t.match(known(corrected, 'cn-collection'), { started: '2024-03-18', due: '2024-04-02' });
  });

  t.test('is one of extradition, and of no other removal', async (t) => {
    const handed = (basis: string) =>
      at([
        wantedByVietNam,
        arrested('2024-01-10'),
        ...approvedBy(basis),
        record('handover-agreed', '2024-02-20', { agreedDate: '2024-03-08' }),
      ]);
    t.ok(find(handed('extradition-treaty'), 'cn-collection'));
    t.same(deadlinesOfCase(stateOf(handed('police-cooperation'))), []);
    scenario(t, handed('police-cooperation'), LATER)
      .when(record('collection-extended', '2024-03-20', { until: '2024-04-07', reason: 'a flood' }))
      .thenRefused('no-such-deadline', /rests on police-cooperation: agree another date/, '/type');
  });

  t.test('does not run on in a case that is set aside', async (t) => {
    const annul = record('annulled', '2024-03-01', { eventId: eventId(0), reason: 'another person' }, 'VN');
    const annulled = at(enteredByChina([wantedByVietNam, arrested('2024-01-10'), annul]));
    t.same(deadlinesOfCase(stateOf(annulled)), []);
  });
});

t.test('a provisional arrest without a formal request (art. 31)', async (t) => {
  t.test('ends after thirty days, and after fifteen more where they are asked for', async (t) => {
    t.match(known(held, 'cn-provisional-arrest'), { started: '2024-01-10', due: '2024-02-09' });
    const extension = record('provisional-arrest-extended', '2024-02-05', { reason: 'asked for by Viet Nam' });
    const extended = at([extension], held);
    t.match(known(extended, 'cn-provisional-arrest'), { due: '2024-02-24', extendedFrom: '2024-02-09' });
    scenario(t, extended, LATER)
      .when(extension)
      .thenRefused('times-out-of-order', /no extension: the term ends with 2024-02-24 already/, '/data/until');
    scenario(t, held, LATER)
      .when({ ...extension, by: 'VN' })
      .thenRefused('wrong-side', /for the delivering party \(CN\)/, '/statedBy');
  });

  t.test('is met by the request, also by one that came before', async (t) => {
    const request = record('surrender-requested', '2024-02-09', {}, 'VN');
    t.equal(statusOf(known(at([request], held), 'cn-provisional-arrest'), LATER), 'met', 'on the last day');
    const late = at([{ ...request, occurredAt: '2024-02-10' }], held);
    t.equal(statusOf(known(late, 'cn-provisional-arrest'), LATER), 'expired', 'a day later it is too late');
    const before = at([wantedByVietNam, { ...request, occurredAt: '2024-01-05' }, arrested('2024-01-10')]);
    t.equal(statusOf(known(before, 'cn-provisional-arrest'), LATER), 'met');
    t.notOk(isOpen(known(before, 'cn-provisional-arrest')));
  });

  t.test('is none where the arrest is not provisional or the removal no extradition', async (t) => {
    t.same(deadlinesOfCase(stateOf(at([wantedByVietNam, record('captured', '2024-01-10')]))), []);
    scenario(t, at([wantedByVietNam, record('captured', '2024-01-10')]), LATER)
      .when(record('provisional-arrest-extended', '2024-01-11', { reason: 'x' }))
      .thenRefused('no-such-deadline', /`captured` says by `provisional`/, '/type');
    const deported = at([wantedByVietNam, arrested('2024-01-10'), ...approvedBy('deportation')]);
    t.equal(find(deported, 'cn-provisional-arrest'), undefined);
  });

  t.test('is counted from the day in China', async (t) => {
    const beforeMidnight = at([wantedByVietNam, arrested('2024-01-10T23:30:00+08:00')]);
    t.equal(known(beforeMidnight, 'cn-provisional-arrest').due, '2024-02-09');
    const inVietNam = at([wantedByVietNam, arrested('2024-01-10T23:30:00+07:00')]);
    t.equal(known(inVietNam, 'cn-provisional-arrest').due, '2024-02-10', 'where it is the next day already');
  });

  t.test('from a month is told by the earliest day that it can end on', async (t) => {
    const inSomeMonth = at([wantedByVietNam, arrested('2024-01')]);
    t.match(known(inSomeMonth, 'cn-provisional-arrest'), { due: '2024-01-31', isEarliest: true });
  });
});

t.test('in Viet Nam the law in force on the day of the arrest holds', async (t) => {
  const on = (day: string) => at([wantedByChina, arrested(day, 'VN')]);
  const old = known(on('2026-06-30'), 'vn-urgent-detention-2007');
  t.equal(old.due, undefined, 'no number of days is known of the law of 2007');
  t.equal(statusOf(old, LATER), 'running');
  t.match(known(on('2026-07-01'), 'vn-urgent-detention'), { side: 'VN', due: '2026-08-15' });
  t.match(
    known(on('2026-07-01T00:30:00+08:00'), 'vn-urgent-detention-2007'),
    { started: '2026-07-01T00:30:00+08:00' },
    'by the day in Viet Nam',
  );
  const extension = record('provisional-arrest-extended', '2026-07-10', { reason: 'x' }, 'VN');
  scenario(t, on('2026-06-30'), LATER)
    .when(extension)
    .thenRefused('invalid', /say until when/, '/data/until');
  const told = at([{ ...extension, data: { reason: 'x', until: '2026-08-10' } }], on('2026-06-30'));
  t.equal(known(told, 'vn-urgent-detention-2007').due, '2026-08-10', 'the date that Viet Nam gives');
});

t.test('a temporary surrender ends on the day that was agreed with it', async (t) => {
  const data = { handoverDate: '2024-02-20', returnDue: '2024-05-20' };
  const away = at([record('temporarily-surrendered', '2024-02-20', data)], approved);
  t.match(known(away, 'temporary-surrender-return'), { side: 'CN', due: '2024-05-20', end: undefined });
  const back = record('returned-from-temporary-surrender', '2024-05-20', { handoverDate: '2024-05-20' });
  t.equal(statusOf(known(at([back], away), 'temporary-surrender-return'), LATER), 'met');
});

const day = fc.integer({ min: 0, max: 1000 }).map((days) => addDays('2024-01-01', days));

t.test('no deadline is before its start, and no extension shortens one', async () => {
  fc.assert(
    fc.property(day, fc.boolean(), fc.option(day, { nil: undefined }), (start, byVietNam, until) => {
      const by = byVietNam ? 'VN' : 'CN';
      const before = at([byVietNam ? wantedByChina : wantedByVietNam, arrested(start, by)]);
      const [first] = deadlinesOfCase(stateOf(before));
      if (first?.due !== undefined && first.due < start) throw new Error(`${first.due} is before ${start}`);
      const extension = record('provisional-arrest-extended', start, { reason: 'x', ...(until && { until }) }, by);
      let after = before;
      try {
        after = at([extension], before);
      } catch {
        return;
      }
      const [extended] = deadlinesOfCase(stateOf(after));
      if (first?.due !== undefined && (extended?.due ?? '') <= first.due) throw new Error('it was shortened');
      if (extended?.due !== undefined && extended.due < start) throw new Error(`${extended.due} is before ${start}`);
    }),
  );
});
