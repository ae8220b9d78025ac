import t from 'tap';
import { caseEvents } from '../../../domain/case/events.ts';
import { guards } from '../../../domain/case/guards.ts';
import { caseLifecycles } from '../../../domain/case/lifecycles/index.ts';
import type { CaseLifecycle, CaseRow, CaseStatus } from '../../../domain/case/lifecycles/vocabulary.ts';
import { sidesOf } from '../../../domain/case/parties.ts';
import type { CaseState } from '../../../domain/case/state.ts';
import { REVISING_TYPES } from '../../../domain/kernel/history.ts';
import { advance, openingsOf, rowsFrom, statesOf } from '../../../domain/kernel/lifecycle.ts';
import { otherSide, type Side } from '../../../domain/kernel/sides.ts';
import { CASE_KINDS } from '../../../domain/reference/case-kinds.ts';

/** Out of these a case comes only by being reopened or unmerged; what goes on as another case never comes back. */
const FINAL: readonly CaseStatus[] = ['closed', 'merged', 'continued-as-another-case'];

/** In these states another case stands in the place of this one. */
const REPLACED: readonly CaseStatus[] = ['merged', 'continued-as-another-case'];

/** Where a case can have stood before it was set aside here. */
const stoodBefore = (table: CaseLifecycle, state: CaseStatus): readonly CaseStatus[] =>
  table.rows.filter(({ setsAside, to }) => setsAside && to === state).flatMap(({ from }) => from);

const targetsOf = (table: CaseLifecycle, row: CaseRow, from: CaseStatus): readonly CaseStatus[] => {
  if (row.to === 'unchanged') return [from];
  return row.to === 'where-it-stood' ? stoodBefore(table, from) : [row.to];
};

const reachableFrom = (
  table: CaseLifecycle,
  start: CaseStatus,
  by: (row: CaseRow) => boolean = () => true,
): ReadonlySet<CaseStatus> => {
  const reached = new Set<CaseStatus>([start]);
  for (const state of reached) {
    for (const row of rowsFrom(table, state).filter(by)) {
      for (const target of targetsOf(table, row, state)) reached.add(target);
    }
  }
  return reached;
};

/** Every way in which the two sides can have the roles of a kind. */
const sidesInRoles = (table: CaseLifecycle): readonly CaseState[] => {
  const asState = (delivering: Side) =>
    ({ requestingParty: 'CN', deliveringParty: delivering, receivingParty: otherSide(delivering) }) as CaseState;
  switch (table.deliveringParty) {
    case 'requesting':
      return [asState('CN')];
    case 'requested':
      return [asState('VN')];
    case 'sentencing':
      return [asState('CN'), asState('VN')];
  }
};

for (const kind of CASE_KINDS) {
  const table = caseLifecycles[kind];
  const states = statesOf(table);

  t.test(`the table of a ${kind} case`, async (t) => {
    t.equal(table.name, kind);

    t.test('reaches every state that it names', async (t) => {
      const reached = reachableFrom(table, table.initial);
      t.same(
        states.filter((state) => !reached.has(state)),
        [],
      );
    });

    t.test('never leads back to the state before the first event', async (t) => {
      t.notOk(table.rows.some((row) => row.to === table.initial));
      t.ok(openingsOf(table).length > 0);
    });

    t.test('has a way on to the closing of the case from every state, without merging or reopening it', async (t) => {
      for (const state of states.filter((each) => !REPLACED.includes(each))) {
        const reached = reachableFrom(table, state, (row) => row.event !== 'merged' && row.event !== 'reopened');
        t.ok(reached.has('closed'), `from ${state}`);
      }
    });

    t.test('leads out of a final state only by what undoes it', async (t) => {
      const waysOut = FINAL.flatMap((state) =>
        rowsFrom(table, state)
          .filter((row) => row.to !== 'unchanged')
          .map((row) => `${state} by ${row.event}`),
      );
      t.same(waysOut.sort(), ['closed by merged', 'closed by reopened', 'merged by unmerged']);
    });

    t.test('merges a case from every state in which one can be, and dies only once', async (t) => {
      const merging = states.filter((state) => rowsFrom(table, state).some((row) => row.event === 'merged'));
      t.same(
        states.filter((state) => !merging.includes(state)),
        [table.initial, 'continued-as-another-case', 'merged'],
      );
      const dying = states.filter((state) => rowsFrom(table, state).some((row) => row.event === 'died'));
      t.same(
        states.filter((state) => !dying.includes(state)).sort(),
        ['closed', 'continued-as-another-case', 'died', 'merged', table.initial].sort(),
      );
    });

    t.test('leads back to where a case stood only from states in which it was set aside', async (t) => {
      for (const row of table.rows.filter(({ to }) => to === 'where-it-stood')) {
        for (const state of row.from) {
          const waysIn = table.rows.filter(({ to }) => to === state);
          t.ok(waysIn.length > 0 && waysIn.every(({ setsAside }) => setsAside), `${row.event} from ${state}`);
        }
      }
      const setAside = table.rows.filter(({ setsAside }) => setsAside).map(({ to }) => to);
      const ledBack = table.rows.filter(({ to }) => to === 'where-it-stood').flatMap(({ from }) => from);
      t.same(
        setAside.filter((state) => !(ledBack as string[]).includes(state)),
        [],
        'each of these states has a way back',
      );
    });

    t.test('never has two rows for the same event of the same side from the same state', async (t) => {
      for (const roles of sidesInRoles(table)) {
        for (const state of states) {
          const said = rowsFrom(table, state).flatMap((row) =>
            sidesOf(roles, row.by).map((side) => `${row.event} by ${side} from ${state}`),
          );
          t.same(
            said.filter((each, index) => said.indexOf(each) !== index),
            [],
            `delivered by ${roles.deliveringParty}, ${state}`,
          );
        }
      }
    });

    t.test('names no state twice in a row', async (t) => {
      for (const row of table.rows) t.equal(new Set(row.from).size, row.from.length, `${row.event} by ${row.by}`);
    });

    t.test('hands nobody over without a legal basis, a protection check and a guardian of a minor', async (t) => {
      const removals = table.rows.filter((row) =>
        ['handed-over-at-border-pass', 'repatriated-at-border-pass', 'temporarily-surrendered'].includes(row.event),
      );
      t.ok(removals.length > 0);
      for (const { event, guards: needed } of removals) {
        for (const guard of ['legal-basis', 'protection-check', 'guardian-of-minor', 'fit-to-travel']) {
          t.ok((needed as readonly string[]).includes(guard), `${event} asks for ${guard}`);
        }
      }
    });

    t.test('lets the receiving side alone acknowledge, and only the side that delivers order a removal', async (t) => {
      for (const { event, by } of table.rows) {
        if (['receipt-acknowledged', 'received-by-service', 'completion-reported'].includes(event)) {
          t.equal(by, 'receiving', event);
        }
        if (['transfer-approved', 'return-ordered', 'protection-check-recorded', 'postponed'].includes(event)) {
          t.equal(by, 'delivering', event);
        }
      }
    });
  });
}

const allRows = CASE_KINDS.flatMap((kind) => caseLifecycles[kind].rows);

t.test('every event of a case is in a table or puts the record right', async (t) => {
  const used = new Set<string>([...allRows.map((row) => row.event), ...REVISING_TYPES]);
  t.same([...used].sort(), Object.keys(caseEvents).sort());
});

t.test('every guard guards a row', async (t) => {
  const used = new Set(allRows.flatMap((row) => row.guards));
  t.same([...used].sort(), Object.keys(guards).sort());
});

t.test('no measure is taken against a victim, and no word of one is used', async (t) => {
  const { rows } = caseLifecycles['trafficking-victim'];
  const words = new Set(rows.flatMap((row) => [row.event, row.to, ...row.from]));
  const coercive =
    /captur|escap|releas|surrender|custody|warrant|suspect|ordered|approv|^refused|misused|arrest|detain/;
  t.same(
    [...words].filter((word) => coercive.test(word)),
    [],
  );
  t.ok(words.has('consent-withdrawn'));
  t.ok(words.has('repatriation-declined'));
});

t.test('victims, detained persons and irregular entrants are never wanted by a warrant', async (t) => {
  for (const kind of ['trafficking-victim', 'unlawful-detention', 'irregular-entry', 'sentenced-person'] as const) {
    t.notOk(
      caseLifecycles[kind].rows.some((row) => row.event === 'warrant-withdrawn' || row.event === 'captured'),
      kind,
    );
  }
});

t.test('a case that is set aside twice comes back in two steps', async (t) => {
  const { rows } = caseLifecycles.fugitive;
  const rowOf = (event: string, from: CaseStatus) =>
    rows.find((row) => row.event === event && row.from.includes(from)) as CaseRow;
  const postponed = advance({ state: 'transferred', stoodAt: [] }, rowOf('postponed', 'transferred'));
  const surrendered = advance(postponed, rowOf('temporarily-surrendered', 'postponed'));
  t.same(surrendered, { state: 'temporarily-surrendered', stoodAt: ['transferred', 'postponed'] });
  const returned = advance(surrendered, rowOf('returned-from-temporary-surrender', 'temporarily-surrendered'));
  t.same(returned, postponed);
  t.same(advance(returned, rowOf('resumed', 'postponed')), { state: 'transferred', stoodAt: [] });
  t.same(
    advance(surrendered, rowOf('escaped', 'temporarily-surrendered')),
    { state: 'escaped', stoodAt: [] },
    'unless it goes another way',
  );
});
