import { LRUCache } from 'lru-cache';
import type { OrdinaryCaseEvent } from '../../domain/case/events.ts';
import { asEffective, foldHistory, type RecordedCaseEvent } from '../../domain/case/history.ts';
import { type CountedCase, changesCount, countedCase, evolveCounted } from '../../domain/counting/counted-case.ts';
import { type CountedLine, distinctLines, linesOf } from '../../domain/counting/lines.ts';
import type { Recorded } from '../../domain/kernel/event.ts';
import { handoverDays } from '../../domain/kernel/handover-date.ts';
import { isRevising } from '../../domain/kernel/history.ts';
import type { ReadModelDatabase } from '../database.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';
import { recordNumbers } from '../record-numbers.ts';

/** The histories up to the events of the batch that put a record right, by event id. */
type Prepared = ReadonlyMap<string, readonly RecordedCaseEvent[]>;

const CASES_AT_HAND = 2_000;

/**
 * Handovers as contributions: one person's line in one handover, with the events from and to which it counted. A figure as it was
 * known at any time is then one query, and every figure lists the events that make it.
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
    const rows = contributionRows(database);
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
        if (before === undefined) continue;
        for (const merged of mergedCases(rows, caseId, before)) settle(rows, merged, projected);
      }
    };
  },
};

const countedAfter = (history: readonly RecordedCaseEvent[]): CountedCase => {
  const { state } = foldHistory(history);
  if (state === undefined) throw new Error('a history that is put right has a case');
  return countedCase(state);
};

/**
 * The groups of merged cases that a changed case belongs to now, or left: itself with what it is merged with, and where it was
 * un-merged, what it was merged with before.
 */
const mergedCases = (rows: ContributionRows, caseId: string, before: CountedCase): readonly (readonly string[])[] => {
  const now = connected(rows, caseId);
  const left = before.mergedInto;
  return left === undefined || now.includes(left) ? [now] : [now, connected(rows, left)];
};

/** All cases that are merged with one, directly or by others; those that stand come before those that are merged into them. */
const connected = (rows: ContributionRows, caseId: string): readonly string[] => {
  const found = new Set([caseId]);
  for (const id of found) for (const neighbour of rows.mergedWith(id)) found.add(neighbour);
  return [...found].sort((a, b) => Number(rows.isMerged(a)) - Number(rows.isMerged(b)) || (a < b ? -1 : 1));
};

/** Ends the contributions that do not hold any more after an event, and begins those that hold from it on. */
const settle = (rows: ContributionRows, caseIds: readonly string[], cause: ProjectedEvent): void => {
  const lines = distinctLines(
    caseIds.map((id) => {
      const counted = rows.readCase(id);
      return counted === undefined ? [] : linesOf(id, counted);
    }),
  );
  // Cases that were merged are one affair: that of the case which stands.
  const incident = caseIds.length > 1 ? incidentOf(rows, caseIds[0] as string) : undefined;
  const counted = lines.map((line) => (incident === undefined ? line : { ...line, incident }));
  const wanted = new Map(counted.map((line) => [contentOf(line), line]));
  for (const { number, line } of caseIds.flatMap(rows.openContributions)) {
    if (!wanted.delete(contentOf(line))) rows.end(number, cause);
  }
  for (const line of wanted.values()) rows.begin(line, cause);
};

const incidentOf = (rows: ContributionRows, caseId: string): string => rows.readCase(caseId)?.incident ?? caseId;

const contentOf = (line: CountedLine): string =>
  JSON.stringify([
    line.caseId,
    line.eventId,
    line.handoverDate,
    line.year,
    line.direction,
    line.kind,
    line.pass,
    line.incident,
    line.otherYear,
    line.delivered,
    line.received,
    line.agreement,
    line.differsIn,
  ]);

type ContributionRows = ReturnType<typeof contributionRows>;

const contributionRows = (database: ReadModelDatabase) => {
  const numberOf = recordNumbers(database, 'case');
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
  const selectOpen = database.prepare('SELECT * FROM contribution WHERE case_number = ? AND to_position IS NULL');
  const insert = database.prepare(
    `INSERT INTO contribution (case_number, event_id, handover_date, first_day, last_day, year, direction, kind, pass, incident,
       other_year, delivered, received, agreement, differs_in, from_position, from_known_at, from_event)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const close = database.prepare(
    'UPDATE contribution SET to_position = ?, to_known_at = ?, to_event = ? WHERE number = ?',
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
    openContributions: (caseId: string): readonly { number: number; line: CountedLine }[] =>
      selectOpen.all(numberOf(caseId)).map((row) => ({ number: row.number as number, line: asLine(caseId, row) })),
    begin: (line: CountedLine, { position, knownAt, event }: ProjectedEvent): void => {
      const { first, last } = handoverDays(line.handoverDate);
      insert.run(
        numberOf(line.caseId),
        line.eventId,
        line.handoverDate,
        first,
        last,
        line.year ?? null,
        line.direction,
        line.kind,
        line.pass ?? null,
        line.incident,
        line.otherYear ?? null,
        Number(line.delivered),
        Number(line.received),
        line.agreement,
        JSON.stringify(line.differsIn),
        position,
        knownAt,
        event.id,
      );
    },
    end: (number: number, { position, knownAt, event }: ProjectedEvent): void => {
      close.run(position, knownAt, event.id, number);
    },
  };
};

const asLine = (caseId: string, row: Record<string, unknown>): CountedLine => ({
  caseId,
  eventId: row.event_id as string,
  handoverDate: row.handover_date as string,
  year: (row.year as number | null) ?? undefined,
  direction: row.direction as CountedLine['direction'],
  kind: row.kind as CountedLine['kind'],
  pass: (row.pass as string | null) ?? undefined,
  incident: row.incident as string,
  otherYear: (row.other_year as number | null) ?? undefined,
  delivered: row.delivered === 1,
  received: row.received === 1,
  agreement: row.agreement as CountedLine['agreement'],
  differsIn: JSON.parse(row.differs_in as string) as CountedLine['differsIn'],
});
