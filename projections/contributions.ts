import type { ReadModelDatabase } from './database.ts';
import type { ProjectedEvent } from './projection.ts';

/** What a record contributes, by the columns of its table. */
export type Contribution = Readonly<Record<string, string | number | null>>;

/**
 * Rows of a table of contributions, each with the event from which on it held, and where that is over with the event until which. A
 * figure as it was known at any time is then one query, and every figure lists the events that make it.
 */
export const contributionTable = (database: ReadModelDatabase, table: string, columns: readonly string[]) => {
  const selectOpen = database.prepare(
    `SELECT number, ${columns.join(', ')} FROM ${table} WHERE record_number = ? AND to_position IS NULL`,
  );
  const insert = database.prepare(
    `INSERT INTO ${table} (record_number, ${columns.join(', ')}, from_position, from_known_at, from_event)
     VALUES (?, ${columns.map(() => '?, ').join('')}?, ?, ?)`,
  );
  const close = database.prepare(`UPDATE ${table} SET to_position = ?, to_known_at = ?, to_event = ? WHERE number = ?`);
  const contentOf = (row: Contribution): string => JSON.stringify(columns.map((column) => row[column]));

  return {
    /** Ends what some records contribute and do not any more after an event, and begins what they contribute from it on, by record. */
    settle: (
      records: readonly number[],
      wanted: readonly (readonly [record: number, contribution: Contribution])[],
      { position, knownAt, event }: Pick<ProjectedEvent, 'position' | 'knownAt' | 'event'>,
    ): void => {
      const left = new Map(wanted.map((each) => [`${each[0]} ${contentOf(each[1])}`, each]));
      if (left.size < wanted.length) throw new Error(`a record contributes the same to ${table} twice`);
      for (const record of records) {
        for (const row of selectOpen.all(record) as readonly Contribution[]) {
          if (!left.delete(`${record} ${contentOf(row)}`)) close.run(position, knownAt, event.id, row.number as number);
        }
      }
      for (const [record, contribution] of left.values()) {
        insert.run(record, ...columns.map((column) => contribution[column] ?? null), position, knownAt, event.id);
      }
    },
  };
};
