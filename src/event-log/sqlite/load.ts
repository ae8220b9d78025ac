import type { LoggedEvent } from '../port.ts';
import { openForWriting } from './database.ts';

/** So many events go into one transaction. */
const EVENTS_PER_COMMIT = 10_000;

/**
 * Fills an embedded log that is not there yet with events in the order in which they come, whatever their revisions: for looking into what
 * somebody else says was recorded, not for going on with. Calls back with each event whose revision of its stream is taken, which is left
 * out. Nothing is synced.
 */
export const loadEvents = async (
  file: string,
  events: AsyncIterable<Omit<LoggedEvent, 'position'>>,
  onTwice: (event: Omit<LoggedEvent, 'position'>) => void,
): Promise<void> => {
  const database = openForWriting(file);
  try {
    database.exec('PRAGMA synchronous = OFF');
    const insert = database.prepare(
      `INSERT INTO event (position, stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (stream, revision) DO NOTHING`,
    );
    let position = 0;
    database.exec('BEGIN');
    for await (const event of events) {
      const { stream, revision, id, type, data, metadata } = event;
      position += 1;
      if (insert.run(position, stream, revision, id, type, data, metadata).changes === 0) onTwice(event);
      if (position % EVENTS_PER_COMMIT === 0) database.exec('COMMIT; BEGIN');
    }
    database.exec('COMMIT');
  } finally {
    database.close();
  }
};
