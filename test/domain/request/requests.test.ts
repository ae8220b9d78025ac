import t from 'tap';
import { nextSteps } from '../../../domain/kernel/next.ts';
import type { RegisterState } from '../../../domain/kernel/register.ts';
import { requests } from '../../../domain/request/kind.ts';
import { givenRegister, registerScenario } from '../../support/register-scenario.ts';

const CAO_BANG = 'VN-04-BLO';
const GUANGXI = 'CN-GX-BLO';
const CASE = '00000000-0000-4000-8000-00000000cafe';

/** The information request with which the case of D. T. U. begins; its words are invented. */
const asked = (more: object = {}) => ({
  by: CAO_BANG,
  occurredAt: '2023-08-01',
  particulars: {
    kind: 'location',
    addressee: GUANGXI,
    urgency: 'routine',
    dueOn: '2023-08-31',
    question: 'Where is D. T. U., who left Tràng Định for Guangxi?',
    ...more,
  },
});
const answered = {
  by: GUANGXI,
  type: 'replied',
  occurredAt: '2023-08-20',
  data: { outcome: 'found', answer: 'In custody' },
};
const request = givenRegister(requests, [asked()]);

t.test('a request is asked, taken note of and answered, and leads to a case', async (t) => {
  const replied = givenRegister(requests, [
    asked(),
    { by: GUANGXI, type: 'acknowledged', occurredAt: '2023-08-02', data: { theirNumber: 'GX 7/2023' } },
    { by: GUANGXI, type: 'interim-replied', occurredAt: '2023-08-10', data: { text: 'The search goes on' } },
    answered,
  ]);
  const state = registerScenario(t, requests, replied)
    .when({ by: GUANGXI, type: 'led-to-case', occurredAt: '2023-08-21', data: { case: CASE } })
    .thenStands('replied');
  t.match(requests.document('id', 4, state), {
    status: 'replied',
    kind: 'location',
    office: CAO_BANG,
    sharedWith: [GUANGXI],
    outcome: 'found',
    interimReplies: [{ by: 'CN', occurredAt: '2023-08-10' }],
    ledTo: [{ case: CASE, by: 'CN' }],
  });
});

t.test('each side says its own word', async (t) => {
  const scenario = registerScenario(t, requests, request);
  for (const step of [
    answered,
    { type: 'acknowledged' },
    { type: 'declined', data: { declinedFor: 'own-law', declineReason: 'No treaty' } },
  ]) {
    scenario
      .when({ occurredAt: '2023-08-02', ...step, by: CAO_BANG })
      .thenRefused('wrong-side', /the asked party \(CN\)/, '/statedBy');
  }
  for (const type of ['reminded', 'withdrawn']) {
    scenario
      .when({ by: GUANGXI, type, occurredAt: '2023-08-02' })
      .thenRefused('wrong-side', /the asking party \(VN\)/, '/statedBy');
  }
});

t.test('the answer suits the question', async (t) => {
  registerScenario(t, requests, request)
    .when({ ...answered, data: { outcome: 'confirmed' } })
    .thenRefused(
      'invalid',
      /a request for location is answered by one of: found, not-found, inconclusive/,
      '/data/outcome',
    );
  const citizenship = givenRegister(requests, [asked({ kind: 'citizenship-verification' })]);
  for (const outcome of ['confirmed', 'denied', 'inconclusive']) {
    registerScenario(t, requests, citizenship)
      .when({ ...answered, data: { outcome } })
      .thenStands('replied');
  }
});

t.test('an urgent request says why, and a due date lies ahead', async (t) => {
  const scenario = registerScenario(t, requests);
  scenario.when(asked({ urgency: 'urgent' })).thenRefused('invalid', /why it is urgent/, '/urgencyReason');
  scenario.when(asked({ urgency: 'urgent', urgencyReason: 'A child is with them' })).thenStands('requested');
  scenario.when(asked({ dueOn: '2023-07-31' })).thenRefused('times-out-of-order', /before 2023-08-01/, '/dueOn');
  registerScenario(t, requests, request)
    .when({
      by: CAO_BANG,
      type: 'due-date-extended',
      occurredAt: '2023-09-01',
      data: { dueOn: '2023-08-31', extensionReason: 'x' },
    })
    .thenRefused('times-out-of-order', /before 2023-09-01/, '/data/dueOn');
});

t.test('what has no answer lapses after its due date, and not before', async (t) => {
  const scenario = registerScenario(t, requests, request);
  const lapsed = (occurredAt: string) => scenario.when({ by: CAO_BANG, type: 'lapsed', occurredAt });
  lapsed('2023-08-31').thenRefused('times-out-of-order', /due on 2023-08-31, and lapses after that day/, '/occurredAt');
  lapsed('2023-09-01').thenStands('lapsed');
  const { dueOn: _, ...undated } = asked().particulars as { dueOn?: string };
  registerScenario(t, requests, givenRegister(requests, [{ ...asked(), particulars: undated }]))
    .when({ by: CAO_BANG, type: 'lapsed', occurredAt: '2023-09-01' })
    .thenRefused('times-out-of-order', /withdraw it/, '/occurredAt');
});

t.test('a mistake is put right, and what ended a request is out of order after it', async (t) => {
  const replied = givenRegister(requests, [asked(), answered]);
  const corrected = registerScenario(t, requests, replied)
    .when({
      by: GUANGXI,
      type: 'corrected',
      occurredAt: '2023-08-25',
      data: { eventId: replied.recorded[1]?.id, changes: { outcome: 'not-found' }, reason: 'another person' },
    })
    .thenStands('replied');
  t.equal(corrected.entries.outcome, 'not-found');
  registerScenario(t, requests, replied)
    .when({
      by: GUANGXI,
      type: 'declined',
      occurredAt: '2023-08-26',
      data: { declinedFor: 'other', declineReason: 'x' },
    })
    .thenRefused('out-of-order', /here the request is replied/, '/type');
});

const correction = (changes: object) => ({
  by: CAO_BANG,
  type: 'corrected',
  occurredAt: '2023-08-03',
  data: { eventId: request.recorded[0]?.id, changes, reason: 'misread' },
});

t.test('what is asked can be corrected, and an urgent request keeps its reason', async (t) => {
  const urgent = givenRegister(requests, [asked({ urgency: 'urgent', urgencyReason: 'A child is with them' })]);
  registerScenario(t, requests, urgent)
    .when(correction({ question: 'Where is D. T. U. now?' }))
    .thenStands('requested');
  const because = '/data/changes/urgencyReason';
  registerScenario(t, requests, urgent)
    .when(correction({ urgencyReason: null }))
    .thenRefused('invalid', /why it is urgent/, because);
  const scenario = registerScenario(t, requests, request);
  scenario.when(correction({ urgency: 'urgent' })).thenRefused('invalid', /why it is urgent/, because);
  scenario.when(correction({ urgency: 'urgent', urgencyReason: 'A child is with them' })).thenStands('requested');
  scenario
    .when(correction({ dueOn: '2023-07-01' }))
    .thenRefused('impossible-history', /before 2023-08-01/, '/data/changes/dueOn');
});

t.test('the office whose word it is sees it, whoever records it, and keeps it close where it says so', async (t) => {
  const told = {
    ...asked({ handling: 'not-to-be-forwarded' }),
    by: GUANGXI,
    statedBy: { office: CAO_BANG, document: 'Fax 3' },
  };
  const history = givenRegister(requests, [told]);
  t.same(history.state?.sharedWith, [CAO_BANG]);
  const share = { type: 'shared-with', occurredAt: '2023-08-02', data: { offices: ['CN-YN-BLO'] } };
  registerScenario(t, requests, history)
    .when({ ...share, by: GUANGXI })
    .thenRefused('wrong-side', /only VN-04-BLO may share it/, '/statedBy');
  const shared = registerScenario(t, requests, history)
    .when({ ...share, by: CAO_BANG })
    .thenStands('requested');
  t.same(shared.sharedWith, [CAO_BANG, 'CN-YN-BLO']);
});

t.test('nobody asks and answers in one', async (t) => {
  registerScenario(t, requests)
    .when(asked({ addressee: CAO_BANG }))
    .thenRefused('invalid', /another office/, '/addressee');
  const ofOneSide = givenRegister(requests, [asked({ addressee: 'VN-09-BLO' })]);
  registerScenario(t, requests, ofOneSide)
    .when({ ...answered, by: CAO_BANG })
    .thenRefused('wrong-side', /for VN-09-BLO to state/, '/statedBy');
  registerScenario(t, requests, ofOneSide)
    .when({ ...answered, by: 'VN-09-BLO' })
    .thenStands('replied');
});

t.test('a due date is put off, never brought forward', async (t) => {
  const scenario = registerScenario(t, requests, request);
  const extended = (dueOn: string) =>
    scenario.when({
      by: CAO_BANG,
      type: 'due-date-extended',
      occurredAt: '2023-08-02',
      data: { dueOn, extensionReason: 'x' },
    });
  extended('2023-08-30').thenRefused('times-out-of-order', /no extension: it is due on 2023-08-31/, '/data/dueOn');
  t.equal(extended('2023-09-15').thenStands('requested').entries.dueOn, '2023-09-15');
});

t.test('a request that was opened in error is seen by those whom it concerned last', async (t) => {
  const elsewhere = givenRegister(requests, [asked(), correction({ addressee: 'CN-YN-BLO' })]);
  const annulled = registerScenario(t, requests, elsewhere)
    .when({
      by: CAO_BANG,
      type: 'annulled',
      occurredAt: '2023-08-04',
      data: { eventId: request.recorded[0]?.id, reason: 'asked twice' },
    })
    .thenStands('annulled');
  t.same(annulled.sharedWith, ['CN-YN-BLO']);
  t.equal(annulled.entries.addressee, 'CN-YN-BLO');
});

t.test('what may come next says from when on it lapses', async (t) => {
  const steps = nextSteps(requests.rules, requests.input, request.state as RegisterState);
  t.match(steps.find(({ type }) => type === 'lapsed')?.needs, [/due on 2023-08-31, and lapses after that day/]);
  t.same(steps.find(({ type }) => type === 'replied')?.sides, ['CN']);
});

t.test('a list that is shown whole has an end', async (t) => {
  const reminder = { by: CAO_BANG, type: 'reminded', occurredAt: '2023-08-02' };
  const many = givenRegister(requests, [asked(), ...Array.from({ length: 200 }, () => reminder)]);
  registerScenario(t, requests, many)
    .when(reminder)
    .thenRefused('out-of-order', /200 events reminded already/, '/type');
});

t.test('the protection of a request is not corrected away', async (t) => {
  const guarded = givenRegister(requests, [asked({ protected: true })]);
  for (const value of [null, false]) {
    registerScenario(t, requests, guarded)
      .when(correction({ protected: value }))
      .thenRefused('invalid', /annul it and ask anew/, '/data/changes/protected');
  }
  registerScenario(t, requests, request)
    .when(correction({ protected: true }))
    .thenStands('requested');
});

t.test('across the border too an office asks and answers in its own name, and its ministry for it', async (t) => {
  const scenario = registerScenario(t, requests, request);
  scenario
    .when({ ...answered, by: CAO_BANG, statedBy: { office: 'CN-YN-BLO', document: 'Fax' } })
    .thenRefused('wrong-side', /replied is for CN-GX-BLO to state, not for CN-YN-BLO/, '/statedBy');
  scenario.when({ ...answered, by: CAO_BANG, statedBy: { office: 'CN-MPS', document: 'Fax' } }).thenStands('replied');
  scenario
    .when({ ...answered, by: 'CN-YN-BLO', statedBy: { office: GUANGXI, document: 'Fax' } })
    .thenRefused('wrong-side', /CN-GX-BLO records its own word: besides it only CN-MPS enters it/, '/statedBy/office');
  scenario.when({ ...answered, by: 'CN', statedBy: { office: GUANGXI, document: 'Fax' } }).thenStands('replied');
});

t.test('what a request names is there, and was not annulled', async (t) => {
  const other = (status: string | undefined, isItself = false) => ({
    category: 'case',
    id: CASE,
    state: status === undefined ? undefined : ({ standing: { state: status, stoodAt: [] } } as never),
    isItself,
  });
  const step = { by: GUANGXI, type: 'led-to-case', occurredAt: '2023-08-21', data: { case: CASE } };
  const scenario = registerScenario(t, requests, request);
  for (const [found, message] of [
    [[], /there is no case/],
    [[other(undefined)], /there is no case .*or none for your office/],
    [[other('annulled')], /was annulled/],
  ] as const) {
    scenario.when({ ...step, others: found }).thenRefused('unsuitable-record', message, '/data/case');
  }
  scenario.when({ ...step, others: [other('captured')] }).thenStands('requested');
  registerScenario(t, requests)
    .when({ ...asked({ cases: [CASE] }), others: [] })
    .thenRefused('unsuitable-record', /there is no case/, '/cases/0');
});
