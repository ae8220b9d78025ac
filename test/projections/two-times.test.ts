import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { type CaseHistory, foldHistory, type RecordedCaseEvent } from '../../domain/case/history.ts';
import { caseStream } from '../../domain/case/kind.ts';
import { type At, daysBy } from '../../domain/kernel/at.ts';
import { handoverDays, yearOf } from '../../domain/kernel/handover-date.ts';
import { isRevising } from '../../domain/kernel/history.ts';
import { daysOfOccurrence } from '../../domain/kernel/time.ts';
import { finishBuilding, openForProjection, openForQueries } from '../../projections/database.ts';
import { handoversProjection } from '../../projections/handovers/project.ts';
import { createHandoverQueries } from '../../projections/handovers/query.ts';
import { HISTORY_READ_MODEL } from '../../projections/read-models.ts';
import { attempt, eventId, given, type Step } from '../support/case-scenario.ts';
import { wayTo } from '../support/ordinary-ways.ts';
import { testFolder } from '../support/test-folder.ts';

/** An event as it comes into the log, with the history of its case up to it. */
interface Logged {
  readonly caseId: string;
  readonly position: string;
  readonly recorded: readonly RecordedCaseEvent[];
}

const transferred = given(wayTo('fugitive', 'transferred').map((step) => ({ ...step, occurredAt: '2024-01-01' })));
const HANDOVER = transferred.recorded.length;

const day = fc.integer({ min: 1, max: 28 }).map((number) => String(number).padStart(2, '0'));
const month = fc.constantFrom('2024-01', '2024-02', '2024-03');
const date = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(month, day).map((parts) => parts.join('-')) },
  { weight: 1, arbitrary: month },
);
const rough = fc.oneof(
  { weight: 3, arbitrary: date },
  fc.constantFrom('2024-01/2024-02', '2023-12/2024-02', '2024-02-10/2024-02-20'),
);

const handedOver = rough.map((handoverDate): Step => {
  const { last } = handoverDays(handoverDate);
  return { type: 'handed-over-at-border-pass', occurredAt: last, data: { handoverDate, pass: 'dongxing' } };
});
const confirmed = date.map((occurredAt): Step => ({ by: 'VN', type: 'delivery-confirmed', occurredAt }));
const disputed = fc
  .tuple(date, fc.constantFrom('pass', 'person'))
  .map(
    ([occurredAt, field]): Step => ({ by: 'VN', type: 'handover-disputed', occurredAt, data: { differsIn: [field] } }),
  );
const redated = rough.map(
  (handoverDate): Step => ({
    type: 'corrected',
    occurredAt: '2024-05-01',
    data: {
      eventId: eventId(HANDOVER),
      occurredAt: handoverDays(handoverDate).last,
      changes: { handoverDate },
      reason: 'the minutes say otherwise',
    },
  }),
);
const retold = fc.tuple(date, fc.integer({ min: 1, max: 3 })).map(
  ([occurredAt, after]): Step => ({
    by: 'VN',
    type: 'corrected',
    occurredAt: '2024-05-01',
    data: { eventId: eventId(HANDOVER + after), occurredAt, changes: {}, reason: 'the note says otherwise' },
  }),
);
const takenBack = fc.integer({ min: 0, max: 3 }).map(
  (after): Step => ({
    type: 'annulled',
    occurredAt: '2024-05-01',
    data: { eventId: eventId(HANDOVER + after), reason: 'a slip' },
  }),
);
const steps = fc
  .tuple(handedOver, fc.array(fc.oneof(confirmed, disputed, redated, retold, takenBack), { maxLength: 5 }))
  .map(([first, more]) => [first, ...more]);

/** The steps of some cases that the rules accept, one case after the other each time. */
const logOf = (cases: readonly (readonly Step[])[]): readonly Logged[] => {
  const histories: CaseHistory[] = cases.map(() => transferred);
  const log: Logged[] = [];
  for (let index = 0; index < Math.max(...cases.map(({ length }) => length)); index++) {
    for (const [number, steps] of cases.entries()) {
      const step = steps[index];
      if (step === undefined) continue;
      const { refusals, history } = attempt(histories[number] as CaseHistory, step);
      if (refusals.length > 0) continue;
      histories[number] = history;
      log.push({
        caseId: `case-${number}`,
        position: String(log.length).padStart(16, '0'),
        recorded: history.recorded,
      });
    }
  }
  return log;
};

/** Writes what the cases contribute as the projection does, an event at a time. */
const project = (t: Test, cases: number, log: readonly Logged[]) => {
  const directory = mkdtempSync(join(testFolder(t), 'views-'));
  const database = openForProjection(directory, HISTORY_READ_MODEL);
  const apply = handoversProjection.open(database);
  const write = (caseId: string, position: string, recorded: readonly RecordedCaseEvent[]): void => {
    const event = recorded.at(-1) as RecordedCaseEvent;
    const stream = caseStream(caseId);
    const unseal = async () => event;
    const projected = {
      stream,
      category: 'case',
      recordId: caseId,
      position,
      knownAt: event.recordedAt,
      event,
      unseal,
      data: '',
      metadata: '',
    };
    apply([projected], new Map(isRevising(event) ? [[event.id, recorded]] : []));
  };
  for (let number = 0; number < cases; number++) {
    for (const [index] of transferred.recorded.entries()) {
      write(`case-${number}`, ''.padStart(16, '0'), transferred.recorded.slice(0, index + 1));
    }
  }
  for (const { caseId, position, recorded } of log) write(caseId, position, recorded);
  finishBuilding(database, HISTORY_READ_MODEL);
  database.close();
  return openForQueries(directory, [HISTORY_READ_MODEL]);
};

/** The same figures, by folding every case anew. */
const folded = (log: readonly Logged[], asOf: number, at: At) => {
  const { over, begun } = daysBy(at);
  const known = new Map(log.slice(0, asOf + 1).map(({ caseId, recorded }) => [caseId, recorded]));
  const years = new Map<number, Record<string, number>>();
  let undecided = 0;
  for (const recorded of known.values()) {
    const { effective } = foldHistory(recorded);
    const place = effective.findIndex(({ type }) => type === 'handed-over-at-border-pass');
    if (place < 0) continue;
    const { handoverDate } = (effective[place] as { data: unknown }).data as { handoverDate: string };
    const { first, last } = handoverDays(handoverDate);
    if (last > over) {
      if (first <= begun) undecided++;
      continue;
    }
    const words = effective
      .slice(place + 1)
      .filter(({ type }) => type === 'delivery-confirmed' || type === 'handover-disputed');
    const unsaid = words.findIndex(({ occurredAt }) => daysOfOccurrence(occurredAt).last > over);
    const word = (unsaid < 0 ? words : words.slice(0, unsaid)).at(-1);
    const differsIn = (word?.data as { differsIn?: readonly string[] } | undefined)?.differsIn ?? [];
    const year = yearOf(handoverDate);
    if (year === undefined) continue;
    const count = years.get(year) ?? { year, persons: 0, incidents: 0, delivered: 0, received: 0, matched: 0 };
    years.set(year, {
      year,
      persons: (count.persons ?? 0) + 1,
      incidents: (count.incidents ?? 0) + 1,
      delivered: (count.delivered ?? 0) + Number(word !== undefined && !differsIn.includes('person')),
      received: (count.received ?? 0) + 1,
      matched: (count.matched ?? 0) + Number(word !== undefined && differsIn.length === 0),
    });
  }
  return { rows: [...years.values()].sort((a, b) => (a.year ?? 0) - (b.year ?? 0)), undecided };
};

t.test('the two times go together, whatever was recorded and put right', async (t) => {
  const times = fc.oneof(
    date,
    date.map((each) => `${each.padEnd(10, '-15').slice(0, 10)}T12:00:00+07:00`),
  );
  fc.assert(
    fc.property(
      fc.array(steps, { minLength: 1, maxLength: 3 }),
      fc.array(times, { minLength: 3, maxLength: 3 }),
      (cases, ats) => {
        const log = logOf(cases);
        const database = project(t, cases.length, log);
        try {
          const handovers = createHandoverQueries(database);
          for (const [asOf, { position }] of log.entries()) {
            for (const time of ats) {
              const at: At = { time, side: 'CN' };
              const filter = { asOf: { position }, at };
              const rows = handovers.yearly(filter, ['year']).map(({ openWords: _, ...row }) => ({ ...row }));
              const undecided = handovers.undecided(filter).length;
              const expected = folded(log, asOf, at);
              if (JSON.stringify({ rows, undecided }) !== JSON.stringify(expected)) {
                throw new Error(
                  `as of ${asOf} at ${time}: ${JSON.stringify({ rows, undecided })}, folded ${JSON.stringify(expected)}`,
                );
              }
            }
          }
        } finally {
          database.close();
        }
      },
    ),
    { numRuns: 40 },
  );
  t.pass('figures at both times are those of a fold');
});
