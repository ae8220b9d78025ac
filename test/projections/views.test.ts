import { randomUUID } from 'node:crypto';
import t from 'tap';
import { visits } from '../../domain/cooperation/visits.ts';
import type { Viewer } from '../../domain/kernel/access.ts';
import { requests } from '../../domain/request/kind.ts';
import { type Opening, person, type Step } from '../support/case-scenario.ts';
import { handedOver } from '../support/handed-over-on.ts';
import { envelopeOf, onEachLog, openTestLedger, send, sendAll, type TestLedger } from '../support/ledger.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import { allRows, openTestViews } from '../support/views.ts';

const ministry: Viewer = { office: 'CN-MPS', role: 'recorder' };

const correct = async (ledger: TestLedger, caseId: string, eventId: string, changes: object, occurredAt?: string) => {
  const data = { eventId, changes, ...(occurredAt && { occurredAt }), reason: 'The minutes say otherwise' };
  const answer = await send(ledger, caseId, { type: 'corrected', occurredAt: '2024-05-01', data });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
};

/** Arrested in China for Viet Nam, so that a term runs. */
const HELD_BY_CHINA: readonly [Opening, ...Step[]] = [
  {
    by: 'VN',
    type: 'reported',
    particulars: { kind: 'fugitive', requestingParty: 'VN', minor: false, person, warrant: { kind: 'warrant' } },
  },
  { type: 'captured', data: { provisional: true } },
];

/** A request for assistance that was taken for one for evidence. */
const askAndCorrect = async ({ registerCommands }: TestLedger) => {
  const { execute } = registerCommands(requests);
  const id = randomUUID();
  const particulars = {
    kind: 'evidence',
    addressee: 'VN-MPS',
    urgency: 'routine',
    question: 'The file',
    dueOn: '2024-02-01',
  };
  const opened = await execute(id, { name: 'open', occurredAt: '2024-01-01', particulars, data: {} }, envelopeOf());
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const data = { eventId: opened.value.history.recorded[0]?.id, changes: { kind: 'assistance' }, reason: 'Misread' };
  const corrected = { name: 'record', type: 'corrected', occurredAt: '2024-01-02', data } as const;
  const answer = await execute(id, corrected, envelopeOf());
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
};

/** A visit that was held a day later than was first said. */
const visitAndCorrect = async ({ registerCommands }: TestLedger) => {
  const { execute } = registerCommands(visits);
  const id = randomUUID();
  const party = (side: string) => ({ side, level: 'ministry', office: `${side}-MPS` });
  const particulars = { visitors: party('CN'), hosts: party('VN') };
  const commands = [
    { name: 'open', occurredAt: '2024-03-01', particulars, data: {} },
    { name: 'record', type: 'held', occurredAt: '2024-03-09', data: { heldFrom: '2024-03-05' } },
  ] as const;
  let held = '';
  for (const command of commands) {
    const answer = await execute(id, command, envelopeOf());
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    held = answer.value.history.recorded.at(-1)?.id as string;
  }
  const data = { eventId: held, changes: { heldFrom: '2024-03-06' }, reason: 'Misread' };
  const answer = await execute(id, { name: 'record', type: 'corrected', occurredAt: '2024-03-10', data }, envelopeOf());
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
};

onEachLog(t, 'a figure is known then and known now', async (t, ledger) => {
  const views = openTestViews(t, ledger);
  const first = await handedOver(ledger, '2023-12-30', { incident: 'affair-1' });
  const second = await handedOver(ledger, '2024-01-03', { incident: 'affair-1' });
  await views.upToDate();
  const figures = (asOf?: { position: string }) =>
    views.handovers.yearly({ asOf }, ['year']).map(({ year, persons, incidents }) => [year, persons, incidents]);
  t.same(figures(), [
    [2023, 1, 1],
    [2024, 1, 1],
  ]);

  // The minutes were of January: the latest event first, so that the times stay in order.
  for (const type of ['closed', 'receipt-acknowledged']) {
    await correct(ledger, first.caseId, first.eventOf(type), {}, '2024-01-02');
  }
  const { position } = await correct(
    ledger,
    first.caseId,
    first.eventOf('handed-over-at-border-pass'),
    { handoverDate: '2024-01-02' },
    '2024-01-02',
  );
  await views.upToDate();
  t.same(figures(), [[2024, 2, 1]], 'both count in 2024 now, and their incident once');
  t.same(figures({ position: first.position }), [[2023, 1, 1]], 'as known after the first');
  t.same(figures({ position: second.position }).length, 2, 'as known before the correction');
  t.same(figures({ position }), [[2024, 2, 1]], 'as known from the correction on');
  const behind = views.handovers.behind(ministry, { from: 2024, to: 2024 }, { limit: 10 });
  t.same(behind.map(({ caseId }) => caseId).sort(), [first.caseId, second.caseId].sort(), 'the events behind it');
  t.equal(behind.find(({ caseId }) => caseId === first.caseId)?.fromPosition, position);
});

t.test('merged cases count one handover once, and twice again when they are un-merged', async (t) => {
  const ledger = await openTestLedger(t);
  const views = openTestViews(t, ledger);
  const persons = async () => {
    await views.upToDate();
    return views.handovers.yearly({}, []).map((row) => row.persons);
  };
  const standing = await handedOver(ledger, '2024-01-03');
  const duplicate = await handedOver(ledger, '2024-01-03');
  t.same(await persons(), [2]);
  await sendAll(ledger, duplicate.caseId, [
    { type: 'merged', occurredAt: '2024-02-01', data: { into: standing.caseId, reason: 'The same person' } },
  ]);
  t.same(await persons(), [1]);
  await sendAll(ledger, duplicate.caseId, [
    { type: 'unmerged', occurredAt: '2024-02-02', data: { reason: 'Two persons after all' } },
  ]);
  t.same(await persons(), [2]);
  const other = await handedOver(ledger, '2024-03-03');
  await sendAll(ledger, other.caseId, [
    { type: 'merged', occurredAt: '2024-04-01', data: { into: standing.caseId, reason: 'The same person' } },
  ]);
  t.same(await persons(), [3], 'a handover on another day is another handover of that person');
});

t.test('whoever turns out to be another is counted as captured by no case that was merged with theirs', async (t) => {
  const ledger = await openTestLedger(t);
  const views = openTestViews(t, ledger);
  const measures = async () => {
    await views.upToDate();
    const rows = views.database.prepare('SELECT measure FROM history.contribution WHERE to_position IS NULL').all();
    return rows.map((row) => (row as { readonly measure: string }).measure);
  };
  const [standing, duplicate] = [randomUUID(), randomUUID()];
  const [opening] = ordinaryWays.suspect;
  for (const [caseId, day] of [
    [standing, '2024-01-03'],
    [duplicate, '2024-01-04'],
  ] as const) {
    await sendAll(ledger, caseId, [{ ...opening, occurredAt: day }]);
  }
  const merged = { type: 'merged', occurredAt: '2024-02-01', data: { into: standing, reason: 'The same person' } };
  await sendAll(ledger, duplicate, [merged]);
  t.same(await measures(), ['captured', 'captured']);
  const data = { as: { kind: 'trafficking-victim' }, reason: 'Sold across the border' };
  await sendAll(ledger, standing, [{ type: 'continued-as-another-case', occurredAt: '2024-02-02', data }]);
  t.same(await measures(), []);
  const unmerged = { type: 'unmerged', occurredAt: '2024-02-03', data: { reason: 'Two persons after all' } };
  await sendAll(ledger, duplicate, [unmerged]);
  t.same(await measures(), ['captured'], 'of the other person');
});

t.test('a handover of an open year is in no figure, and one at New Year is pointed out', async (t) => {
  const ledger = await openTestLedger(t);
  const views = openTestViews(t, ledger);
  const way = (handover: Partial<Step>): (Opening | Step)[] =>
    ordinaryWays.suspect
      .slice(0, 6)
      .map((step) => ({ ...step, occurredAt: '2021-12', ...(step.type === 'handed-over-at-border-pass' && handover) }));
  await sendAll(ledger, randomUUID(), way({ occurredAt: '2022-01', data: { handoverDate: '2021-12/2022-01' } }));
  await sendAll(
    ledger,
    randomUUID(),
    way({ occurredAt: '2021-12-31T23:30:00+07:00', data: { handoverDate: '2021-12-31' } }),
  );
  await views.upToDate();
  t.same(
    views.handovers.yearly({}, ['year']).map(({ year, persons }) => [year, persons]),
    [[2021, 1]],
  );
  t.same(
    views.handovers.openYear({ from: 2022, to: 2022 }).map(({ handoverDate }) => handoverDate),
    ['2021-12/2022-01'],
  );
  t.same(views.handovers.openYear({ from: 2023 }), []);
  t.same(
    views.handovers.newYearCases({ from: 2021, to: 2021 }).map(({ handoverDate }) => handoverDate),
    ['2021-12-31'],
  );
});

t.test('what was annulled is counted and found no more; the case can still be seen', async (t) => {
  const ledger = await openTestLedger(t);
  const views = openTestViews(t, ledger);
  const { caseId, eventOf } = await handedOver(ledger, '2024-01-03');
  await sendAll(ledger, caseId, [
    { type: 'annulled', occurredAt: '2024-02-01', data: { eventId: eventOf('reported'), reason: 'Opened in error' } },
  ]);
  await views.upToDate();
  t.same(views.handovers.yearly({}, ['year']), []);
  t.same(views.cases.search(ministry, { name: 'N. V. A.' }, { limit: 10 }).items, []);
  t.match(JSON.parse(views.cases.find(ministry, caseId)?.document ?? ''), { status: 'annulled', handovers: [] });
});

onEachLog(t, 'views that followed live are equal to views built from the log afterwards', async (t, ledger) => {
  const live = openTestViews(t, ledger);
  const first = await handedOver(ledger, '2024-01-03');
  const second = await handedOver(ledger, '2024-01-04');
  await correct(ledger, first.caseId, first.eventOf('reported'), {
    person: { names: [...person.names, { text: 'B. C.', script: 'Latn', role: 'alias' }] },
  });
  await correct(ledger, second.caseId, second.eventOf('handed-over-at-border-pass'), { pass: 'dongxing' });
  await sendAll(ledger, second.caseId, [
    { type: 'merged', occurredAt: '2024-05-02', data: { into: first.caseId, reason: 'One person' } },
  ]);
  await sendAll(ledger, randomUUID(), ordinaryWays['unlawful-detention']);
  const [held, looked] = [randomUUID(), randomUUID()];
  await sendAll(ledger, looked, ordinaryWays.suspect.slice(0, 1));
  const basis = { basis: 'document', reason: 'One passport' };
  await sendAll(ledger, held, [
    ...HELD_BY_CHINA,
    { type: 'linked-to-person-of', data: { otherCase: first.caseId, ...basis } },
    { type: 'found-not-same-person', data: { otherCase: looked, ...basis } },
  ]);
  await askAndCorrect(ledger);
  await visitAndCorrect(ledger);
  await live.upToDate();
  const rebuilt = openTestViews(t, ledger);
  await rebuilt.upToDate();
  const withoutNumbers = (rows: readonly unknown[]) => rows.map((row) => String(row).replace(/"number":\d+,/, ''));
  const [before, after] = [allRows(live.database), allRows(rebuilt.database)];
  for (const [table, rows] of Object.entries(before)) {
    t.ok(rows.length > 0, `${table} has rows`);
    t.same(withoutNumbers(after[table] ?? []), withoutNumbers(rows), table);
  }
});
