import type { ReadModelDatabase } from './database.ts';
import type { ProjectedEvent } from './projection.ts';

type Value = string | number | null;

/** What a record contributes: the columns of its table, each with how it is made of a line. */
export type ContributionColumns<Line> = Readonly<Record<string, (line: Line) => Value>>;

/**
 * Rows of a table of contributions, each with the event from which on it held, and where that is over with the event until which. A
 * figure as it was known at any time is then one query, and every figure lists the events that make it.
 */
export const contributionTable = <Line>(
  database: ReadModelDatabase,
  table: string,
  columns: ContributionColumns<Line>,
) => {
  const names = Object.keys(columns);
  const made = Object.values(columns);
  const selectOpen = database.prepare(
    `SELECT number, ${names.join(', ')} FROM ${table} WHERE record_number = ? AND to_position IS NULL`,
  );
  const insert = database.prepare(
    `INSERT INTO ${table} (record_number, ${names.join(', ')}, from_position, from_known_at, from_event)
     VALUES (?, ${names.map(() => '?, ').join('')}?, ?, ?)`,
  );
  const close = database.prepare(`UPDATE ${table} SET to_position = ?, to_known_at = ?, to_event = ? WHERE number = ?`);
  const keyOf = (record: number, values: readonly Value[]): string => JSON.stringify([record, ...values]);

  return {
    /** Ends what some records contribute and do not any more after an event, and begins what they contribute from it on, by record. */
    settle: (
      records: readonly number[],
      wanted: readonly (readonly [record: number, line: Line])[],
      { position, knownAt, event }: Pick<ProjectedEvent, 'position' | 'knownAt' | 'event'>,
    ): void => {
      const left = new Map(
        wanted.map(([record, line]) => {
          const values = made.map((make) => make(line));
          return [keyOf(record, values), [record, ...values]] as const;
        }),
      );
      if (left.size < wanted.length) throw new Error(`a record contributes the same to ${table} twice`);
      for (const record of records) {
        for (const row of selectOpen.all(record) as readonly Record<string, Value>[]) {
          const held = names.map((name) => row[name] as Value);
          if (!left.delete(keyOf(record, held))) close.run(position, knownAt, event.id, row.number as number);
        }
      }
      for (const values of left.values()) insert.run(...values, position, knownAt, event.id);
    },
  };
};
