import t from 'tap';
import { caseDecider } from '../../../domain/case/decide.ts';
import { CASE_KINDS } from '../../../domain/case/kinds.ts';
import { given, scenario } from '../../support/case-scenario.ts';
import { ordinaryWays } from '../../support/ordinary-ways.ts';

for (const kind of CASE_KINDS) {
  t.test(`a ${kind} case goes its ordinary way and is closed, with one handover`, async (t) => {
    const history = given(ordinaryWays[kind]);
    t.equal(history.state?.kind, kind);
    t.equal(history.state?.standing.state, 'closed');
    t.equal(history.state?.handovers.length, 1);
    t.equal(history.state?.handovers[0]?.handoverDate, '2024-01-01');
  });

  t.test(`a ${kind} case refuses each step of its way for the wrong side`, async (t) => {
    const way = ordinaryWays[kind];
    for (const [index, step] of way.entries()) {
      const wrong = step.by === 'VN' ? 'CN' : 'VN';
      const before = index === 0 ? caseDecider.initial : given(way.slice(0, index));
      const eitherSide = [
        'identity-verified',
        'located',
        'handed-over-at-border-pass',
        'repatriated-at-border-pass',
        'closed',
        'rescued',
        'risk-assessed',
      ];
      if (eitherSide.includes(step.type) || (step.type === 'reported' && kind !== 'fugitive')) continue;
      scenario(t, before)
        .when({ ...step, by: wrong })
        .thenRefused('wrong-side', /statedBy/);
    }
  });
}
