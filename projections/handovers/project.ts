import { LRUCache } from 'lru-cache';
import type { OrdinaryCaseEvent } from '../../domain/case/events.ts';
import { asEffective, foldHistory, type RecordedCaseEvent } from '../../domain/case/history.ts';
import { type CountedCase, changesCount, countedOf, evolveCounted } from '../../domain/counting/counted-case.ts';
import { asSaid, type CountedLine, distinctLines, type LineAsSaid, linesOf } from '../../domain/counting/lines.ts';
import type { Recorded } from '../../domain/kernel/event.ts';
import { handoverDays } from '../../domain/kernel/handover-date.ts';
import { isRevising } from '../../domain/kernel/history.ts';
import { type ContributionColumns, contributionTable } from '../contributions.ts';
import type { ReadModelDatabase } from '../database.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';
import { recordNumbers } from '../record-numbers.ts';

/** The histories up to the events of the batch that put a record right, by event id. */
type Prepared = ReadonlyMap<string, readonly RecordedCaseEvent[]>;

const CASES_AT_HAND = 2_000;

/**
 * What cases contribute to figures: one person's line in one handover, capture or rescue, with the events from and to which it counted.
 */
export const handoversProjection: Projection<Prepared, RecordedCaseEvent> = {
  prepare: async (events, sources) => {
    const histories = new Map<string, readonly RecordedCaseEvent[]>();
    for (const projected of events) {
      if (!isRevising(projected.event)) continue;
      histories.set(projected.event.id, await sources.history(projected, { unsealed: false }));
    }
    return histories;
  },

  open: (database) => {
    const rows = caseRows(database);
    const atHand = new LRUCache<string, CountedCase>({ max: CASES_AT_HAND });

    return (events, histories) => {
      for (const projected of events) {
        const { recordId: caseId, event } = projected;
        if (event.revision > 0 && !isRevising(event) && !changesCount(event.type)) continue;
        const before = atHand.get(caseId) ?? rows.readCase(caseId);
        const history = histories.get(event.id);
        const after =
          history === undefined
            ? evolveCounted(before, asEffective(event as Recorded<OrdinaryCaseEvent>))
            : countedAfter(history);
        atHand.set(caseId, after);
        if (after === before) continue;
        rows.writeCase(caseId, after);
        if (!contributesOtherwise(before, after)) continue;
        for (const merged of mergedCases(rows, caseId, before)) settle(rows, merged, projected);
      }
    };
  },
};

const countedAfter = (history: readonly RecordedCaseEvent[]): CountedCase => {
  const counted = countedOf(foldHistory(history));
  if (counted === undefined) throw new Error('a history that is put right has a case');
  return counted;
};

/** Whether a case can contribute something else than before. What it does not change, an event leaves as the same object. */
const contributesOtherwise = (before: CountedCase | undefined, after: CountedCase): boolean =>
  before === undefined ? after.occurrences.length > 0 : !SETTLED_BY.every((field) => before[field] === after[field]);

const SETTLED_BY = ['handovers', 'occurrences', 'incident', 'mergedInto', 'offences'] as const;

/**
 * The groups of merged cases that a changed case belongs to now, or left: itself with what it is merged with, and where it was
 * un-merged, what it was merged with before.
 */
const mergedCases = (
  rows: CaseRows,
  caseId: string,
  before: CountedCase | undefined,
): readonly (readonly string[])[] => {
  const now = connected(rows, caseId);
  const left = before?.mergedInto;
  return left === undefined || now.includes(left) ? [now] : [now, connected(rows, left)];
};

/** All cases that are merged with one, directly or by others; those that stand come before those that are merged into them. */
const connected = (rows: CaseRows, caseId: string): readonly string[] => {
  const found = new Set([caseId]);
  for (const id of found) for (const neighbour of rows.mergedWith(id)) found.add(neighbour);
  return [...found].sort((a, b) => Number(rows.isMerged(a)) - Number(rows.isMerged(b)) || (a < b ? -1 : 1));
};

/** Brings what a group of merged cases contributes to where it is after an event. */
const settle = (rows: CaseRows, caseIds: readonly string[], cause: ProjectedEvent): void => {
  // Cases that were merged are one affair, and of one person: those of the case which stands.
  const [standing, ...merged] = caseIds as [string, ...string[]];
  const itsCase = rows.readCase(standing);
  const lines = distinctLines(
    caseIds.map((id) => {
      const counted = rows.readCase(id);
      if (counted === undefined) return [];
      return linesOf(id, itsCase?.continued ? { ...counted, occurrences: [] } : counted);
    }),
  );
  const incident = merged.length > 0 ? (itsCase?.incident ?? standing) : undefined;
  rows.settle(caseIds, incident === undefined ? lines : lines.map((line) => ({ ...line, incident })), cause);
};

type CaseRows = ReturnType<typeof caseRows>;

const COLUMNS = {
  measure: (line) => line.measure,
  event_id: (line) => line.eventId,
  date: (line) => line.date,
  first_day: (line) => handoverDays(line.date).first,
  last_day: (line) => handoverDays(line.date).last,
  year: (line) => line.year ?? null,
  direction: (line) => line.direction,
  kind: (line) => line.kind,
  incident: (line) => line.incident,
  offences: (line) => JSON.stringify(line.offences),
  pass: (line) => line.pass ?? null,
  minutes: (line) => line.minutes ?? null,
  province: (line) => line.province ?? null,
  delivering_office: (line) => line.deliveringOffice ?? null,
  receiving_office: (line) => line.receivingOffice ?? null,
  other_year: (line) => line.otherYear ?? null,
  delivered: (line) => Number(line.delivered),
  received: (line) => Number(line.received),
  agreement: (line) => line.agreement ?? null,
  differs_in: (line) => JSON.stringify(line.differsIn),
  said_by: (line) => line.saidBy ?? null,
  next_said_from: (line) => line.nextSaidFrom ?? null,
  next_said_by: (line) => line.nextSaidBy ?? null,
} satisfies ContributionColumns<LineAsSaid>;

const caseRows = (database: ReadModelDatabase) => {
  const numberOf = recordNumbers(database, 'case');
  const contributions = contributionTable(database, 'contribution', COLUMNS);
  const selectCase = database.prepare('SELECT state FROM counted_case WHERE case_number = ?');
  const upsertCase = database.prepare(
    'INSERT OR REPLACE INTO counted_case (case_number, merged_into, state) VALUES (?, ?, ?)',
  );
  const selectMergedInto = database.prepare(
    `SELECT n.record_id AS id FROM counted_case c JOIN numbered_record n ON n.number = c.merged_into WHERE c.case_number = ?`,
  );
  const selectMergedFrom = database.prepare(
    `SELECT n.record_id AS id FROM counted_case c JOIN numbered_record n ON n.number = c.case_number WHERE c.merged_into = ?`,
  );
  const ids = (rows: unknown[]): readonly string[] => (rows as { id: string }[]).map(({ id }) => id);

  return {
    readCase: (caseId: string): CountedCase | undefined => {
      const row = selectCase.get(numberOf(caseId)) as { state: string } | undefined;
      return row && (JSON.parse(row.state) as CountedCase);
    },
    writeCase: (caseId: string, counted: CountedCase): void => {
      const mergedInto = counted.mergedInto === undefined ? null : numberOf(counted.mergedInto);
      upsertCase.run(numberOf(caseId), mergedInto, JSON.stringify(counted));
    },
    isMerged: (caseId: string): boolean => selectMergedInto.get(numberOf(caseId)) !== undefined,
    mergedWith: (caseId: string): readonly string[] =>
      ids([selectMergedInto, selectMergedFrom].flatMap((select) => select.all(numberOf(caseId)))),
    settle: (caseIds: readonly string[], lines: readonly CountedLine[], cause: ProjectedEvent): void => {
      contributions.settle(
        caseIds.map(numberOf),
        lines.flatMap(asSaid).map((line) => [numberOf(line.caseId), line] as const),
        cause,
      );
    },
  };
};
