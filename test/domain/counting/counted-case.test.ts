import t from 'tap';
import type { CaseHistory } from '../../../domain/case/history.ts';
import { type CountedCase, countedOf } from '../../../domain/counting/counted-case.ts';
import { linesOf } from '../../../domain/counting/lines.ts';
import { enteredByChina, eventId, given, type Step } from '../../support/case-scenario.ts';
import { wayTo } from '../../support/ordinary-ways.ts';

const entered = (steps: Parameters<typeof enteredByChina>[0]): CaseHistory => given(enteredByChina(steps));

const measuresOf = (history: CaseHistory) =>
  linesOf('a case', countedOf(history) as CountedCase).map(({ measure }) => measure);

const as = (kind: string, more: object = {}): Step => ({
  type: 'continued-as-another-case',
  data: { as: { kind, ...more }, reason: 'the interpreter was told' },
});
const wanted = { warrant: { kind: 'warrant' }, statedBy: { office: 'CN-MPS', document: 'Warrant 12' } };

t.test('whoever turns out to be another is no longer counted as captured or rescued, whatever they are', async (t) => {
  const captured = entered(wayTo('suspect', 'captured'));
  t.same(measuresOf(captured), ['captured']);
  for (const step of [as('trafficking-victim'), as('unlawful-detention'), as('fugitive', wanted)]) {
    t.same(measuresOf(given([step], { from: captured })), [], JSON.stringify(step.data));
  }
  const rescued = entered(wayTo('unlawful-detention', 'rescued'));
  t.same(measuresOf(rescued), ['rescued']);
  t.same(measuresOf(given([as('trafficking-victim')], { from: rescued })), []);
});

t.test('nor by what is recorded late, or put right, of the time before', async (t) => {
  const ended = given([as('trafficking-victim')], { from: entered(wayTo('suspect', 'captured')) });
  const corrected = { eventId: eventId(0), changes: { province: 'VN-03' }, reason: 'it was there' };
  const putRight = { type: 'corrected', data: corrected, statedBy: { office: 'VN-MPS', document: 'Note 2' } };
  t.same(measuresOf(given([putRight], { from: ended })), []);
});

t.test('a handover that was made stays counted as it was made', async (t) => {
  const handedOver = entered(wayTo('suspect', 'handed-over-at-border-pass'));
  t.same(measuresOf(handedOver), ['handed-over', 'captured']);
  t.same(measuresOf(given([as('trafficking-victim')], { from: handedOver })), ['handed-over']);
});
