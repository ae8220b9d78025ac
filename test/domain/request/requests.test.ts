import t from 'tap';
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
    theirNumber: 'GX 7/2023',
    outcome: 'found',
    interimReplies: [{ by: 'CN', occurredAt: '2023-08-10', text: 'The search goes on' }],
    ledTo: [{ case: CASE, by: 'CN' }],
  });
});

t.test('each side says its own word', async (t) => {
  const scenario = registerScenario(t, requests, request);
  for (const step of [
    answered,
    { type: 'acknowledged' },
    { type: 'declined', data: { declinedFor: 'own-law', reason: 'No treaty' } },
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
      data: { dueOn: '2023-08-31', reason: 'x' },
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
    .when({ by: GUANGXI, type: 'declined', occurredAt: '2023-08-26', data: { declinedFor: 'other', reason: 'x' } })
    .thenRefused('out-of-order', /here the request is replied/, '/type');
});
