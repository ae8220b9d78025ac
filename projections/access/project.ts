import type { AccessRecord } from '../../domain/access/record.ts';
import { dayOfAccessStream, READS_RECORDED, READS_REMOVED } from '../../domain/access/streams.ts';
import type { ReadModelDatabase } from '../database.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';

/** Who has read what; without those whose stream was removed. */
export const accessProjection: Projection = {
  prepare: async () => undefined,
  open: (database) => {
    const insertEvent = database.prepare('INSERT INTO access_event VALUES (?, ?, ?, ?, ?, ?, ?)');
    const insert = insertOf(database);
    const insertStream = database.prepare('INSERT OR IGNORE INTO access_stream VALUES (?, ?)');
    const remove = removalOf(database);
    return (events) => {
      for (const projected of events) {
        const { stream, position, event, data, metadata } = projected;
        if (event.type === READS_RECORDED) {
          insertEvent.run(position, stream, event.revision, event.id, event.type, data, metadata);
          insertStream.run(stream, dayOfAccessStream(stream) ?? '');
          insert(projected);
        } else if (event.type === READS_REMOVED) remove((JSON.parse(data) as { readonly stream: string }).stream);
      }
    };
  },
};

const insertOf = (database: ReadModelDatabase): ((event: ProjectedEvent) => void) => {
  const insertRecord = database.prepare(
    `INSERT OR IGNORE INTO access_record
       (id, position, place, at, subject, office, role, part, outcome, purpose, record)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertAccessed = database.prepare('INSERT OR IGNORE INTO accessed VALUES (?, ?, ?)');
  return ({ position, data }) => {
    const { records: all } = JSON.parse(data) as { readonly records: readonly AccessRecord[] };
    for (const [place, record] of all.entries()) {
      const { id, at, by, part, outcome, purpose, records } = record;
      const { subject, office, role } = by;
      const { changes } = insertRecord.run(
        id,
        position,
        place,
        at,
        subject,
        office ?? null,
        role,
        part,
        outcome,
        purpose ?? null,
        JSON.stringify(record),
      );
      // What comes twice is there already.
      if (changes === 0) continue;
      for (const each of records) insertAccessed.run(each.id, position, place);
    }
  };
};

const removalOf = (database: ReadModelDatabase): ((stream: string) => void) => {
  const removeAccessed = database.prepare(
    'DELETE FROM accessed WHERE position IN (SELECT position FROM access_event WHERE stream = ?)',
  );
  const removeRecords = database.prepare(
    'DELETE FROM access_record WHERE position IN (SELECT position FROM access_event WHERE stream = ?)',
  );
  const removeEvents = database.prepare('DELETE FROM access_event WHERE stream = ?');
  const removeStream = database.prepare('DELETE FROM access_stream WHERE stream = ?');
  return (stream) => {
    for (const statement of [removeAccessed, removeRecords, removeEvents, removeStream]) statement.run(stream);
  };
};
