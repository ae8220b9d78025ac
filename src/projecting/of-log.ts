import type { ReadModelDatabase } from '../../projections/database.ts';
import { type Checkpoint, readCheckpoint } from '../../projections/runner.ts';
import { type EventLogReader, StreamTombstoned } from '../event-log/port.ts';

/** Whether the rows were built from this log, and not from one that was lost or replaced. */
export const isOfLog = async (
  log: Pick<EventLogReader, 'readStream'>,
  { first_stream: firstStream, first_event: firstEvent, position }: Checkpoint,
): Promise<boolean> => {
  if (firstEvent === '') return position === '';
  try {
    const [event] = await log.readStream(firstStream, { limit: 1 });
    return event?.id === firstEvent;
  } catch (error) {
    // It was there: no other log has a tombstone of that name.
    if (error instanceof StreamTombstoned) return true;
    throw error;
  }
};

/** Of a read model in which no event is yet, the log is known by its own first event, whatever that is. */
export const rememberLog = async (log: Pick<EventLogReader, 'readAll'>, database: ReadModelDatabase): Promise<void> => {
  if (readCheckpoint(database).first_event !== '') return;
  for await (const [first] of log.readAll()) {
    if (first === undefined) continue;
    database.prepare('UPDATE checkpoint SET first_stream = ?, first_event = ?').run(first.stream, first.id);
    return;
  }
};
