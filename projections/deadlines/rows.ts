import { isDeepStrictEqual } from 'node:util';
import { isOpen } from '../../domain/deadlines/deadline.ts';
import { deadlinesOf } from '../../domain/deadlines/index.ts';
import type { RecordState } from '../../domain/kernel/record.ts';
import type { ReadModelDatabase } from '../database.ts';

/** Stands for the office of those who see every record. */
export const EVERY_RECORD = '';

/** A record with the offices that see it. */
export interface SeenRecord {
  readonly state: RecordState;
  readonly offices: readonly string[];
}

/** The rows of the open deadlines of records of a kind. */
export const deadlineRows = (database: ReadModelDatabase, kind: string) => {
  const insert = database.prepare(
    `INSERT INTO deadline (office, due, record_id, rule, kind, side, started, started_by, is_earliest, extended_from)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = database.prepare('DELETE FROM deadline WHERE office = ? AND due = ? AND record_id = ? AND rule = ?');

  const placed = (record: SeenRecord | undefined) => {
    const open = record === undefined ? [] : deadlinesOf(kind, record.state).filter(isOpen);
    return { open, offices: open.length === 0 ? [] : [EVERY_RECORD, ...(record?.offices ?? [])] };
  };

  return {
    /** `before` is what the rows stand for now; undefined where there are none. */
    write: (recordId: string, record: SeenRecord, before: SeenRecord | undefined): void => {
      const [now, earlier] = [placed(record), placed(before)];
      if (isDeepStrictEqual(now, earlier)) return;
      for (const { due, rule } of earlier.open) {
        for (const office of earlier.offices) remove.run(office, due, recordId, rule.code);
      }
      for (const { due, rule, side, started, startedBy, isEarliest, extendedFrom } of now.open) {
        for (const office of now.offices) {
          const columns = [kind, side, started, startedBy ?? null, Number(isEarliest), extendedFrom ?? null];
          insert.run(office, due, recordId, rule.code, ...columns);
        }
      }
    },
  };
};
