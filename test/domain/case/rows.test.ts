import t from 'tap';
import type { OrdinaryEventType } from '../../../domain/case/events.ts';
import type { CaseHistory } from '../../../domain/case/history.ts';
import { caseLifecycles } from '../../../domain/case/lifecycles/index.ts';
import type { CaseRow, CaseStatus } from '../../../domain/case/lifecycles/vocabulary.ts';
import { sidesOf } from '../../../domain/case/parties.ts';
import { caseRules } from '../../../domain/case/rules.ts';
import { BY_THE_LEDGER, LEDGER_ITSELF } from '../../../domain/kernel/access.ts';
import { rowsFor } from '../../../domain/kernel/fold.ts';
import { rowsFrom, statesOf } from '../../../domain/kernel/lifecycle.ts';
import { CASE_KINDS, type CaseKind } from '../../../domain/reference/case-kinds.ts';
import { eventData } from '../../support/case-event-data.ts';
import { attempt, given, NOW, stateOf } from '../../support/case-scenario.ts';
import { ordinaryWays } from '../../support/ordinary-ways.ts';

/** What a careful officer puts on record wherever it can be; their first data are the ones that bar nothing. */
const SAFEGUARDS: readonly OrdinaryEventType[] = [
  'protection-check-recorded',
  'guardian-appointed',
  'fitness-to-travel-certified',
  'victim-consented',
  'sentencing-party-consented',
  'administering-party-consented',
  'person-consented',
  'risk-assessed',
  'handover-agreed',
  'linked-to-person-of',
  'legal-hold-placed',
];

/** The histories after a row, one by the word of each side that can take it with some data. */
const take = (history: CaseHistory, row: CaseRow): readonly CaseHistory[] => {
  const other = {
    category: 'case',
    id: '00000000-0000-4000-8000-00000000cafe',
    state: stateOf(history),
    isItself: false,
  };
  const [link] = stateOf(history).personLinks;
  const [hold] = stateOf(history).legalHolds;
  return sidesOf(stateOf(history), row.by).flatMap((by) => {
    for (const variant of eventData[row.event]) {
      const data = {
        ...variant,
        ...('link' in variant && { link: link ?? variant.link }),
        ...('hold' in variant && { hold: hold ?? variant.hold }),
      };
      const { refusals, history: after } = attempt(
        history,
        { by, role: row.guards.includes(BY_THE_LEDGER) ? LEDGER_ITSELF : 'recorder', type: row.event, data } as never,
        NOW,
        other,
      );
      if (refusals.length === 0) return [after];
    }
    return [];
  });
};

const safeguarded = (history: CaseHistory): CaseHistory =>
  SAFEGUARDS.reduce((before, type) => {
    const row = rowsFor(caseRules, stateOf(before), type).find(({ to }) => to === 'unchanged');
    return row === undefined ? before : (take(before, row as CaseRow)[0] ?? before);
  }, history);

/** For every state of a kind, histories by which a minor's case comes to stand there, each by another row. */
const historiesByState = (kind: CaseKind): ReadonlyMap<CaseStatus, readonly CaseHistory[]> => {
  const [opening] = ordinaryWays[kind];
  const first = given([{ ...opening, particulars: { ...opening.particulars, minor: true } }]);
  const found = new Map<CaseStatus, CaseHistory[]>();
  const queue = [safeguarded(first)];
  for (const history of queue) {
    const { state } = stateOf(history).standing;
    const known = found.get(state) ?? [];
    if (known.length >= 4) continue;
    found.set(state, [...known, history]);
    for (const row of rowsFrom(caseLifecycles[kind], state).filter(({ to }) => to !== 'unchanged')) {
      queue.push(...take(history, row).map(safeguarded));
    }
  }
  return found;
};

for (const kind of CASE_KINDS) {
  const table = caseLifecycles[kind];

  t.test(`every row of the table of a ${kind} case can be taken from each state that it names`, async (t) => {
    const histories = historiesByState(kind);
    for (const state of statesOf(table).filter((each) => each !== table.initial)) {
      const here = histories.get(state) ?? [];
      t.ok(here.length > 0, `a case comes to be ${state}`);
      for (const row of rowsFrom(table, state)) {
        t.ok(
          here.some((history) => take(history, row).length > 0),
          `${row.event} by the ${row.by} party from ${state}`,
        );
      }
    }
  });

  t.test(`every way of opening a ${kind} case opens one`, async (t) => {
    const [opening] = ordinaryWays[kind];
    for (const row of rowsFrom(table, table.initial)) {
      const by = row.by === 'either' ? 'CN' : opening.by;
      const history = given([{ ...opening, by: by ?? 'CN', type: row.event }]);
      t.equal(history.state?.standing.state, row.to, row.event);
      t.equal(history.state?.kind, kind);
    }
  });
}
