import fc from 'fast-check';
import t from 'tap';
import type { RegisterState } from '../../../domain/kernel/register.ts';
import { operations } from '../../../domain/operation/kind.ts';
import { type Report, resultsOf } from '../../../domain/operation/results.ts';
import { eventId } from '../../support/case-scenario.ts';
import { givenRegister, registerScenario } from '../../support/register-scenario.ts';

const opened = {
  by: 'CN-MPS',
  occurredAt: '2023-08-01',
  particulars: { name: 'Khánh Hòa', kind: 'operation', subjects: ['drugs'], offices: ['CN-MPS', 'VN-34-PD'] },
};
const step = (type: string, data: object, by = 'CN-MPS') => ({ by, type, occurredAt: '2023-10', data: { ...data } });
const running = [
  opened,
  step('begun', { begunOn: '2023-09' }),
  step('phase-begun', { phase: 'phase-1' }),
  step('phase-begun', { phase: 'phase-2' }),
];
const report = (by: string, result: string, data: object) =>
  step('result-reported', { result, bound: '=', ...data }, by);
const arrests = (by: string, result: string, count: number, more: object = {}) =>
  report(by, result, { measure: 'arrests', count, ...more });
const seizure = (by: string, result: string, quantity: string, unit: string, more: object = {}) =>
  report(by, result, { measure: 'seizure', substance: 'ketamine', quantity, unit, ...more });

interface Shown {
  readonly results: readonly Record<string, unknown>[];
  readonly totals: readonly Record<string, unknown>[];
}
const shown = (state: RegisterState | undefined) =>
  operations.document('id', 0, state as RegisterState) as unknown as Shown;
const after = (...reports: object[]) => shown(givenRegister(operations, [...running, ...reports] as never).state);

t.test('a result that two phases and two sides report counts once', async (t) => {
  const { results, totals } = after(
    arrests('CN-MPS', '7', 12, { phase: 'phase-1' }),
    arrests('CN-MPS', '7', 12, { phase: 'phase-2' }),
    arrests('VN-34-PD', '7', 12),
    arrests('VN-34-PD', '8', 3),
  );
  t.match(results, [
    {
      result: '7',
      agreement: 'matched',
      count: { lower: 12, upper: 12 },
      reports: [
        { by: 'CN', phase: 'phase-1' },
        { by: 'CN', phase: 'phase-2' },
        { by: 'VN', count: 12 },
      ],
    },
    { result: '8', agreement: 'one-sided', count: { lower: 3, upper: 3 } },
  ]);
  t.same(totals, [
    {
      measure: 'arrests',
      count: { lower: 15, upper: 15, approximate: false },
      results: 2,
      oneSided: 1,
      conflicting: 0,
    },
  ]);
});

t.test('where the sides contradict each other the total says from where to where, never the sum', async (t) => {
  const { results, totals } = after(
    arrests('CN-MPS', '7', 12),
    arrests('VN-34-PD', '7', 10),
    arrests('CN-MPS', '8', 5),
  );
  t.match(results[0], { agreement: 'conflicting', count: { lower: 10, upper: 12 } });
  t.match(totals, [{ count: { lower: 15, upper: 17 }, results: 2, oneSided: 1, conflicting: 1 }]);
});

t.test('the word of one side that changes from report to report is a contradiction too', async (t) => {
  t.match(after(arrests('CN-MPS', '7', 12), arrests('CN-MPS', '7', 13)).results, [
    { agreement: 'conflicting', count: { lower: 12, upper: 13 } },
  ]);
});

t.test('quantities are kept as reported and added up exactly, each substance and kind of unit apart', async (t) => {
  const { results, totals } = after(
    seizure('CN-MPS', '1', '1.4', 't'),
    seizure('VN-34-PD', '1', '1400', 'kg'),
    seizure('CN-MPS', '2', '80', 'kg'),
    seizure('CN-MPS', '3', '0.5', 'g'),
    seizure('CN-MPS', '4', '200', 'tablet'),
    seizure('CN-MPS', '5', '2.5', 'l', { substance: 'precursor-chemicals' }),
  );
  t.match(results[0], {
    agreement: 'matched',
    reports: [
      { quantity: '1.4', unit: 't' },
      { quantity: '1400', unit: 'kg' },
    ],
  });
  t.match(totals, [
    { substance: 'ketamine', quantity: { unit: 'g', lower: '1480000.5', upper: '1480000.5' }, results: 3 },
    { substance: 'ketamine', quantity: { unit: 'tablet', lower: '200', upper: '200' } },
    { substance: 'precursor-chemicals', quantity: { unit: 'l', lower: '2.5', upper: '2.5' } },
  ]);
});

t.test('"more than" has no upper end, "about" says so, and an exact word that fits is taken', async (t) => {
  const of = (...reports: object[]) => after(...reports).results[0];
  t.same(of(arrests('CN-MPS', '7', 100, { bound: '>' }))?.count, { lower: 100, approximate: false });
  t.match(of(arrests('CN-MPS', '7', 100, { bound: '>' }), arrests('VN-34-PD', '7', 103)), {
    agreement: 'matched',
    count: { lower: 103, upper: 103, approximate: false },
  });
  t.match(of(arrests('CN-MPS', '7', 100, { bound: '>' }), arrests('VN-34-PD', '7', 120, { bound: '>' })), {
    agreement: 'matched',
    count: { lower: 120, upper: undefined },
  });
  t.match(of(arrests('CN-MPS', '7', 100, { bound: '>' }), arrests('VN-34-PD', '7', 100)), {
    agreement: 'conflicting',
    count: { lower: 100, upper: undefined },
  });
  t.match(of(arrests('CN-MPS', '7', 100, { bound: '≈' })), { count: { lower: 100, upper: 100, approximate: true } });
  t.match(of(arrests('CN-MPS', '7', 100, { bound: '≈' }), arrests('VN-34-PD', '7', 100)), {
    agreement: 'matched',
    count: { approximate: false },
  });
  t.match(of(arrests('CN-MPS', '7', 100, { bound: '≈' }), arrests('VN-34-PD', '7', 98)), {
    agreement: 'conflicting',
    count: { lower: 98, upper: 100, approximate: true },
  });
});

t.test('a report that is corrected or annulled changes the totals', async (t) => {
  const history = givenRegister(operations, [...running, arrests('CN-MPS', '7', 12), arrests('VN-34-PD', '7', 10)]);
  const scenario = registerScenario(t, operations, history);
  const revise = (type: string, data: object) => ({
    by: 'VN-34-PD',
    type,
    occurredAt: '2023-11',
    data: { eventId: eventId(5), reason: 'Counted again', ...data },
  });
  const corrected = shown(scenario.when(revise('corrected', { changes: { count: 12 } })).thenStands('running'));
  t.match(corrected, { results: [{ agreement: 'matched' }], totals: [{ count: { lower: 12, upper: 12 } }] });
  const annulled = shown(scenario.when(revise('annulled', {})).thenStands('running'));
  t.match(annulled, { results: [{ agreement: 'one-sided' }], totals: [{ count: { lower: 12, upper: 12 } }] });
  scenario
    .when(revise('corrected', { changes: { measure: 'incidents-cracked' } }))
    .thenRefused('impossible-history', /7 was reported as arrests/);
});

t.test('a report that says nothing, or two things, is none', async (t) => {
  const scenario = registerScenario(t, operations, givenRegister(operations, [...running, arrests('CN-MPS', '7', 12)]));
  for (const [step, pointer, message] of [
    [arrests('CN-MPS', '8', 1.5), '/data/count', /./],
    [arrests('CN-MPS', '8', -1), '/data/count', /./],
    [arrests('CN-MPS', '8', 1, { count: undefined }), '/data/count', /arrests is reported with its count/],
    [arrests('CN-MPS', '8', 1, { unit: 'kg' }), '/data/unit', /arrests has no unit/],
    [arrests('CN-MPS', '8', 1, { phase: 'phase-9' }), '/data/phase', /has not begun/],
    [arrests('CN-MPS', 'No. 8', 1), '/data/result', /the code or number of a result/],
    [seizure('CN-MPS', '8', '1.4', 't', { count: 1 }), '/data/count', /seizure has no count/],
    [seizure('CN-MPS', '8', '1.4', 't', { substance: undefined }), '/data/substance', /substance, quantity, unit/],
    [seizure('CN-MPS', '8', '1.4', 't', { substance: 'sugar' }), '/data/substance', /the code of a substance/],
    [seizure('CN-MPS', '8', '1.4', 'stone'), '/data/unit', /the code of a unit/],
    [seizure('CN-MPS', '8', '1,4', 't'), '/data/quantity', /decimal number/],
    [seizure('CN-MPS', '8', 1.4 as never, 't'), '/data/quantity', /./],
    [seizure('CN-MPS', '8', '1.5', 'tablet'), '/data/quantity', /whole numbers/],
    [seizure('CN-MPS', '7', '1.4', 't'), '/data/result', /7 was reported as arrests: give another result/],
  ] as const) {
    scenario.when(step).thenRefused('invalid', message, pointer);
  }
});

const reports = fc.array(
  fc.record({
    eventId: fc.constant(eventId(0)),
    occurredAt: fc.constant('2023-10'),
    by: fc.constantFrom('CN' as const, 'VN' as const),
    result: fc.constantFrom('1', '2', '3'),
    measure: fc.constant('arrests' as const),
    bound: fc.constantFrom('=' as const, '>' as const, '≈' as const),
    count: fc.nat(5),
  }),
  { minLength: 1, maxLength: 12 },
);

t.test('no total is above the sum of the highest word on each result, or below that of the lowest', async () => {
  fc.assert(
    fc.property(reports, (all: readonly Report[]) => {
      const [total] = resultsOf(all).totals as unknown as [{ count: { lower: number; upper?: number } }];
      const byResult = [...Map.groupBy(all, ({ result }) => result).values()];
      const counts = byResult.map((group) => group.map(({ count = 0 }) => count));
      const sum = (values: readonly number[]) => values.reduce((a, b) => a + b);
      const least = sum(counts.map((group) => Math.min(...group)));
      const most = sum(counts.map((group) => Math.max(...group)));
      const { lower, upper = most } = total.count;
      return least <= lower && lower <= most && upper <= most && (total.count.upper === undefined || lower <= upper);
    }),
  );
});

t.test('the order of the reports makes no difference to a total', async () => {
  fc.assert(
    fc.property(reports, (all: readonly Report[]) => {
      const totalOf = (list: readonly Report[]) => JSON.stringify(resultsOf(list).totals);
      return totalOf(all) === totalOf(all.toReversed());
    }),
  );
});
