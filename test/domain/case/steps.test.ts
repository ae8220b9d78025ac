import t from 'tap';
import { caseDocument } from '../../../domain/case/document.ts';
import { foldHistory } from '../../../domain/case/history.ts';
import { caseSteps } from '../../../domain/case/steps.ts';
import { enteredByChina, eventId, given } from '../../support/case-scenario.ts';
import { ordinaryWays } from '../../support/ordinary-ways.ts';

const ID = 'f0000000-0000-4000-8000-000000000001';

t.test('after each event stands what a fold of all events up to it gives, in every kind of case', async (t) => {
  for (const [kind, way] of Object.entries(ordinaryWays)) {
    const { recorded } = given(way);
    for (const { event, after } of caseSteps(ID, recorded)) {
      const { state } = foldHistory(recorded.slice(0, event.revision + 1));
      if (state === undefined) throw new Error('there is a state');
      t.same(after, caseDocument(ID, event.revision, state), `${kind} after ${event.type}`);
    }
  }
});

t.test('what is recorded late changes what it brings in', async (t) => {
  const history = given([
    ...enteredByChina(ordinaryWays.fugitive).slice(0, 3),
    {
      type: 'recorded-late',
      occurredAt: '2024-02-01',
      data: {
        after: eventId(0),
        event: { type: 'case-number-recorded', occurredAt: '2024-01-01', data: { side: 'CN', number: '12' } },
        reason: 'it was left out',
      },
    },
  ]);
  const step = caseSteps(ID, history.recorded).at(-1);
  t.equal(step?.event.type, 'recorded-late');
  t.same(step?.changes, [], 'a number is sealed, and changes nothing of what is shown');
});
