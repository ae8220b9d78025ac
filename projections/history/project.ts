import type { Projection } from '../projection.ts';
import { recordNumbers } from '../record-numbers.ts';

/** Every event of every record as it was recorded, in log order: the history, the feed, the events behind a figure. */
export const historyProjection: Projection = {
  prepare: async () => undefined,
  open: (database) => {
    const numbers = new Map<string, (id: string) => number>();
    const numberOf = (category: string, id: string): number => {
      const known = numbers.get(category) ?? recordNumbers(database, category);
      numbers.set(category, known);
      return known(id);
    };
    const insert = database.prepare(
      'INSERT INTO event (position, record_number, revision, id, type, known_at, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    return (events) => {
      for (const { position, category, recordId, event, knownAt, data, metadata } of events) {
        insert.run(
          position,
          numberOf(category, recordId),
          event.revision,
          event.id,
          event.type,
          knownAt,
          data,
          metadata,
        );
      }
    };
  },
};
