import t from 'tap';
import { caseDecider } from '../../../domain/case/decide.ts';
import { caseLifecycles } from '../../../domain/case/lifecycles/index.ts';
import { CASE_KINDS } from '../../../domain/reference/case-kinds.ts';
import { attempt, given, scenario } from '../../support/case-scenario.ts';
import { ordinaryWays } from '../../support/ordinary-ways.ts';

for (const kind of CASE_KINDS) {
  t.test(`a ${kind} case goes its ordinary way and is closed, with one handover`, async (t) => {
    const history = given(ordinaryWays[kind]);
    t.equal(history.state?.kind, kind);
    t.equal(history.state?.standing.state, 'closed');
    t.equal(history.state?.handovers.length, 1);
    t.equal(history.state?.handovers[0]?.handoverDate, '2024-01-01');
  });

  t.test(`a ${kind} case refuses each step of its way that is not the other side's to state`, async (t) => {
    const way = ordinaryWays[kind];
    let oneSided = 0;
    for (const [index, step] of way.entries()) {
      const before = index === 0 ? caseDecider.initial : given(way.slice(0, index));
      const otherSide = step.by === 'VN' ? 'CN' : 'VN';
      if (saidByEither(kind, step.type)) {
        t.same(attempt(before, { ...step, by: otherSide }).refusals, [], `${step.type} is for either side`);
      } else {
        oneSided += 1;
        scenario(t, before)
          .when({ ...step, by: otherSide })
          .thenRefused('wrong-side', /statedBy/, '/statedBy');
      }
    }
    t.ok(oneSided >= 2);
  });
}

/** A fugitive may be arrested by either side, but only where they are found: by the other one, the case takes another way. */
const saidByEither = (kind: (typeof CASE_KINDS)[number], type: string): boolean =>
  (kind === 'fugitive' && type === 'captured') ||
  caseLifecycles[kind].rows.some((row) => row.event === type && row.by === 'either');
