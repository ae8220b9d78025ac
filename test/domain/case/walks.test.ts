import fc from 'fast-check';
import t from 'tap';
import { caseDecider } from '../../../domain/case/decide.ts';
import type { CaseEvent, OrdinaryEventType } from '../../../domain/case/events.ts';
import { type CaseHistory, foldHistory } from '../../../domain/case/history.ts';
import { caseLifecycles } from '../../../domain/case/lifecycles/index.ts';
import type { CaseRow, CaseStatus } from '../../../domain/case/lifecycles/vocabulary.ts';
import { sidesOf } from '../../../domain/case/parties.ts';
import { caseRules } from '../../../domain/case/rules.ts';
import { BY_THE_LEDGER, LEDGER_ITSELF } from '../../../domain/kernel/access.ts';
import { findImpossible } from '../../../domain/kernel/check.ts';
import { effectiveHistory } from '../../../domain/kernel/history.ts';
import { advance, rowsFrom } from '../../../domain/kernel/lifecycle.ts';
import type { Side } from '../../../domain/kernel/sides.ts';
import { CASE_KINDS, type CaseKind } from '../../../domain/reference/case-kinds.ts';
import { eventData } from '../../support/case-event-data.ts';
import { attempt, eventId, given, NOW, type Other, type Step, stateOf } from '../../support/case-scenario.ts';
import { ordinaryWays } from '../../support/ordinary-ways.ts';

/**
 * One step of a random walk. `from` says whether it takes an event that the table has from where the case stands, or any
 * event at all; `pick` and `variant` which one and with what data.
 */
interface Stride {
  readonly from: 'here' | 'anywhere';
  readonly pick: number;
  readonly variant: number;
  readonly by: Side;
}

const stride: fc.Arbitrary<Stride> = fc.record({
  from: fc.constantFrom('here', 'here', 'here', 'anywhere'),
  pick: fc.nat(1000),
  variant: fc.nat(10),
  by: fc.constantFrom('CN', 'VN'),
});

const walk = fc.record({ minor: fc.boolean(), strides: fc.array(stride, { maxLength: 45, size: 'max' }) });

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** What a row refuses although it is there: by its guards, or by the basis that its data name. */
const ASKED_BY_GUARDS: readonly string[] = [
  'safeguard-missing',
  'unsuitable-record',
  'reference-not-valid',
  'no-such-deadline',
  'no-such-event',
  'times-out-of-order',
];

const ANYTHING = Object.keys(eventData) as OrdinaryEventType[];

const stepOf = ({ standing, kind }: { standing: { state: CaseStatus }; kind: CaseKind }, each: Stride): Step => {
  const here = rowsFrom(caseLifecycles[kind], standing.state).map((row) => row.event);
  const type = at(each.from === 'here' ? here : ANYTHING, each.pick);
  const byLedger = caseLifecycles[kind].rows.some(
    ({ event, guards }) => event === type && guards.includes(BY_THE_LEDGER),
  );
  return { by: each.by, role: byLedger ? LEDGER_ITSELF : 'recorder', type, data: at(eventData[type], each.variant) };
};

const opened = (kind: CaseKind, minor: boolean): CaseHistory => {
  const [opening] = ordinaryWays[kind];
  return given([{ ...opening, particulars: { ...opening.particulars, minor } }]);
};

const otherCase = (history: CaseHistory, { variant }: Stride): Other => ({
  category: 'case',
  id: '00000000-0000-4000-8000-00000000cafe',
  state: variant % 4 === 0 ? undefined : stateOf(history),
  isItself: false,
});

interface Mending {
  readonly how: 'corrected' | 'annulled' | 'recorded-late';
  readonly target: number;
  readonly pick: number;
  readonly variant: number;
  readonly by: Side;
  readonly occurredAt: string;
}

const revision: fc.Arbitrary<Mending> = fc.record({
  how: fc.constantFrom('corrected', 'annulled', 'recorded-late'),
  target: fc.nat(30),
  pick: fc.nat(1000),
  variant: fc.nat(10),
  by: fc.constantFrom('CN', 'VN'),
  occurredAt: fc.constantFrom('2024-01', '2024-01-01', '2023-12-31', '2024-01-01T10:00:00+08:00'),
});

const revisionOf = (history: CaseHistory, { how, target, pick, variant, by, occurredAt }: Mending): Step => {
  const id = eventId(target % (history.recorded.length + 1));
  const reason = 'it was written down wrong';
  switch (how) {
    case 'corrected':
      return { by, type: how, data: { eventId: id, occurredAt, changes: { note: 'seen again' }, reason } };
    case 'annulled':
      return { by, type: how, data: { eventId: target === 0 ? eventId(1) : id, reason } };
    case 'recorded-late': {
      const type = at(ANYTHING, pick);
      const event = { type, occurredAt, data: at(eventData[type], variant) };
      return { by, type: how, data: { after: id, event, reason } };
    }
  }
};

/** Deep equality that throws, for use inside of a property. */
const same = (actual: unknown, expected: unknown): void => {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}, got ${a}`);
};

for (const kind of CASE_KINDS) {
  const table = caseLifecycles[kind];
  const stoodIn = new Set<CaseStatus>(['not-opened']);

  t.test(`a ${kind} case that anything is tried on goes by its table and by nothing else`, async (t) => {
    fc.assert(
      fc.property(walk, ({ minor, strides }) => {
        let history = opened(kind, minor);
        for (const each of strides) {
          const before = stateOf(history);
          const step = stepOf(before, each);
          const row = table.rows.find(
            ({ event, from, by }: CaseRow) =>
              event === step.type && from.includes(before.standing.state) && sidesOf(before, by).includes(each.by),
          );
          const { refusals, history: after } = attempt(history, step, NOW, otherCase(history, each));
          const codes = refusals.map(({ code }) => code);
          if (row === undefined) {
            if (
              codes.length === 0 ||
              !codes.every((code) => ['out-of-order', 'wrong-side', 'unknown-event-type'].includes(code))
            ) {
              throw new Error(`${step.type} has no row from ${before.standing.state} for ${each.by}: ${codes}`);
            }
          } else if (codes.length > 0) {
            if (!codes.every((code) => ASKED_BY_GUARDS.includes(code))) {
              throw new Error(`${step.type} has a row from ${before.standing.state} for ${each.by}: ${codes}`);
            }
          } else {
            same(stateOf(after).standing, advance(before.standing, row));
          }
          if (refusals.some(({ message }) => message.length < 10)) throw new Error(`${step.type}: no reason given`);
          history = after;
          stoodIn.add(stateOf(history).standing.state);
        }
        same(foldHistory(history.recorded), history);
        same(
          effectiveHistory<CaseEvent>(history.recorded),
          history.recorded.map((event) => ({ ...event, correctedBy: [] })),
        );
        if (findImpossible(caseRules, history.effective, NOW).length > 0)
          throw new Error('an accepted history is impossible');
      }),
      { numRuns: 150 },
    );
    t.ok(stoodIn.size > 8, `the walks came to ${stoodIn.size} states`);
  });

  t.test(`a ${kind} case that is put right at random can still have happened`, async (t) => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(revision, { maxLength: 8 }), (revisions) => {
        let history = given(ordinaryWays[kind]);
        for (const each of revisions) {
          const { refusals, history: after } = attempt(history, revisionOf(history, each));
          if (refusals.length === 0) accepted += 1;
          else if (refusals.some(({ message }) => message.length < 10)) throw new Error('refused without a reason');
          history = after;
          same(foldHistory(history.recorded), history);
          const [impossible] = findImpossible(caseRules, history.effective, NOW);
          if (impossible !== undefined) throw new Error(`${impossible.event.type}: ${impossible.refusals[0]?.message}`);
        }
      }),
      { numRuns: 100 },
    );
    t.ok(accepted > 20, `${accepted} revisions were accepted`);
  });
}

t.test('there is nothing to walk on before a case is opened', async (t) => {
  for (const type of ANYTHING) {
    const { refusals } = attempt(caseDecider.initial, { type, data: at(eventData[type], 0) });
    t.equal(refusals[0]?.code, 'out-of-order', type);
  }
});
