import { caseNumbers } from '../case-numbers.ts';
import type { Projection } from '../projection.ts';

/** Every event of every case as it was recorded, in log order: the history, the feed, the events behind a figure. */
export const historyProjection: Projection<undefined> = {
  prepare: async () => undefined,
  open: (database) => {
    const numberOf = caseNumbers(database);
    const insert = database.prepare(
      'INSERT INTO event (position, case_number, revision, id, type, known_at, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    return (events) => {
      for (const { position, caseId, event, knownAt, data, metadata } of events) {
        insert.run(position, numberOf(caseId), event.revision, event.id, event.type, knownAt, data, metadata);
      }
    };
  },
};
