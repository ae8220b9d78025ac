import t from 'tap';
import { handovers } from '../../../domain/handover/kind.ts';
import { openLines } from '../../../domain/handover/work.ts';
import { eventId, given, stateOf } from '../../support/case-scenario.ts';
import { minutesOf } from '../../support/minutes.ts';
import { wayTo } from '../../support/ordinary-ways.ts';
import { givenRegister, type RegisterStep, registerScenario } from '../../support/register-scenario.ts';

const CASE = '00000000-0000-4000-8000-00000000cafe';
const { occurredAt, ...particulars } = minutesOf([{ case: CASE, outcome: 'handed-over' }]);
const signed: RegisterStep = {
  particulars,
  occurredAt,
  others: [
    {
      category: 'case',
      id: CASE,
      state: stateOf(given(wayTo('irregular-entry', 'return-ordered'))),
      isItself: false,
    },
  ],
};
const settled = (task: 'handover' | 'acknowledgement', result: string, more: object = {}): RegisterStep => ({
  role: 'ledger',
  type: 'lines-settled',
  occurredAt: '2024-02-02',
  data: { task, settled: [{ line: 0, result, ...more }] },
});
const acknowledged: RegisterStep = { type: 'acknowledged', by: 'VN', occurredAt: '2024-02-02' };
const annulled = (event: number): RegisterStep => ({
  type: 'annulled',
  by: 'VN',
  occurredAt: '2024-02-02',
  data: { eventId: eventId(event), reason: 'of other minutes' },
});
const WORD = { event: eventId(50) };
const signedAnd = (...steps: readonly RegisterStep[]) =>
  givenRegister(handovers, [signed, settled('handover', 'recorded', { event: eventId(49) }), ...steps]);
const openIn = (...steps: readonly RegisterStep[]) => openLines(signedAnd(...steps).state as never);
const OPEN = [{ line: 0, task: 'acknowledgement' }];

t.test(
  'an acknowledgement is annulled when it is told of every line whether its word stands in the case',
  async (t) => {
    registerScenario(t, handovers, signedAnd(acknowledged))
      .when(annulled(2))
      .thenRefused('out-of-order', /1 of its lines are still being worked off/, '/data/eventId');
    registerScenario(t, handovers, signedAnd(acknowledged, settled('acknowledgement', 'recorded', WORD)))
      .when(annulled(2))
      .thenStands('signed');
  },
);

t.test('the word in the case is brought to where the minutes are', async (t) => {
  const taken = settled('acknowledgement', 'taken-back');
  const first = [acknowledged, settled('acknowledgement', 'recorded', WORD)] as const;
  t.same(openIn(), []);
  t.same(openIn(acknowledged), OPEN);
  t.same(openIn(...first), []);
  t.same(openIn(...first, annulled(2)), OPEN, 'it is to be taken back');
  t.same(openIn(...first, annulled(2), taken), []);
  t.same(openIn(...first, annulled(2), taken, acknowledged), OPEN);
  t.same(openIn(...first, annulled(2), acknowledged), OPEN);
  t.same(openIn(...first, annulled(2), acknowledged, taken), OPEN, 'it was taken back, and the new one is to come');
  t.same(openIn(...first, annulled(2), acknowledged, settled('acknowledgement', 'recorded', WORD)), []);
});

t.test(
  'a word that could not be taken back still stands, and is taken back when the line is taken up again',
  async (t) => {
    const failed = [
      acknowledged,
      settled('acknowledgement', 'recorded', WORD),
      annulled(2),
      settled('acknowledgement', 'could-not-be', { ...WORD, faults: [{ code: 'impossible-history' }] }),
    ] as const;
    const again: RegisterStep = { type: 'lines-taken-up-again', occurredAt: '2024-02-02', data: { again: [0] } };
    t.same(openIn(...failed), []);
    t.same(openIn(...failed, again), OPEN);
    t.same(openIn(...failed, acknowledged), OPEN);
    t.same(openIn(...failed, acknowledged, settled('acknowledgement', 'could-not-be', WORD), again), OPEN);
  },
);

t.test('what the ledger has worked out is put right by nobody else', async (t) => {
  const minutes = registerScenario(t, handovers, signedAnd());
  const data = { eventId: eventId(1), reason: 'it was not' };
  const changes = { settled: [{ line: 0, result: 'could-not-be' }] };
  minutes
    .when({ type: 'corrected', occurredAt: '2024-02-02', data: { ...data, changes } })
    .thenRefused('invalid', /worked out by the ledger itself/, '/data/changes');
  minutes
    .when({ type: 'annulled', occurredAt: '2024-02-02', data })
    .thenRefused('out-of-order', /worked out by the ledger itself/, '/data/eventId');
});
