import t from 'tap';
import { nextSteps } from '../../../domain/case/next.ts';
import { REVISING_TYPES } from '../../../domain/kernel/history.ts';
import type { NextStep } from '../../../domain/kernel/next.ts';
import { CASE_KINDS } from '../../../domain/reference/case-kinds.ts';
import { attempt, eventId, given, type Opening, type Step, stateOf } from '../../support/case-scenario.ts';
import { ordinaryWays, wayTo } from '../../support/ordinary-ways.ts';

const stepsAfter = (steps: readonly (Opening | Step)[]) => nextSteps(stateOf(given(steps)));
const only = (steps: readonly NextStep[], type: string) => steps.filter((step) => step.type === type);

t.test('what may be recorded next, by whom, and where it leads', async (t) => {
  const steps = stepsAfter(wayTo('fugitive', 'located'));
  t.match(only(steps, 'captured'), [
    { by: 'delivering', sides: ['VN'], status: 'captured', needs: [] },
    { by: 'receiving', sides: ['CN'], status: 'held-by-receiving-party', needs: [] },
  ]);
  t.same(only(steps, 'transferred'), []);
});

t.test('what is still missing is told beforehand, in the words of the refusal', async (t) => {
  const steps = stepsAfter(wayTo('fugitive', 'identity-verified'));
  t.match(only(steps, 'transfer-approved')[0]?.needs, [
    /a removal needs its legal basis/,
    /no protection check is on record/,
  ]);
  const [first] = only(stepsAfter(wayTo('fugitive', 'transfer-approved')), 'handed-over-at-border-pass');
  t.same(first?.needs, []);
});

t.test('a step back says where it leads back to', async (t) => {
  const postponed = stepsAfter([...wayTo('fugitive', 'transferred'), { by: 'VN', type: 'postponed' }]);
  t.equal(only(postponed, 'resumed')[0]?.status, 'transferred');
  t.equal(only(stepsAfter(ordinaryWays.fugitive), 'reopened')[0]?.status, 'receipt-acknowledged');
});

t.test('the record can be put right in every state, but that of a case that was annulled', async (t) => {
  for (const kind of CASE_KINDS) {
    const types = stepsAfter(ordinaryWays[kind]).map(({ type }) => type);
    t.same(
      REVISING_TYPES.filter((type) => !types.includes(type)),
      [],
      kind,
    );
  }
  const annulled: Step = { type: 'annulled', data: { eventId: eventId(0), reason: 'opened twice' } };
  t.same(stepsAfter([...wayTo('fugitive', 'reported'), annulled]), []);
});

t.test('each step comes with the schema of its data, which asks for nothing that is worked out', async (t) => {
  const steps = stepsAfter(wayTo('fugitive', 'transferred'));
  const schemaOf = (type: string) => only(steps, type)[0]?.data as { properties: object; required?: string[] };
  t.same(schemaOf('handed-over-at-border-pass').required, ['handoverDate']);
  t.ok('minutes' in schemaOf('handed-over-at-border-pass').properties);
  t.same(Object.keys(schemaOf('corrected').properties).sort(), [
    'changes',
    'eventId',
    'note',
    'occurredAt',
    'place',
    'reason',
    'source',
  ]);
  const [captured] = only(stepsAfter(wayTo('fugitive', 'located')), 'captured');
  t.match(JSON.stringify(captured?.data), /"province"/);
  t.notMatch(JSON.stringify(captured?.data), /"person"|"case"/);
});

t.test('what needs nothing more is accepted, and what is on no list is refused', async (t) => {
  for (const kind of CASE_KINDS) {
    const way = ordinaryWays[kind];
    for (const [index, step] of way.entries()) {
      if (index === 0) continue;
      const history = given(way.slice(0, index));
      const offered = only(nextSteps(stateOf(history)), step.type);
      t.ok(
        offered.some(({ sides }) => sides.includes(step.by ?? 'CN')),
        `${step.type} of a ${kind} case is offered`,
      );
      t.same(attempt(history, step).refusals, []);
    }
  }
});
