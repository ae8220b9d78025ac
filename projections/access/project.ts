import type { AccessRecord } from '../../domain/access/record.ts';
import { dayOfAccessStream, READS_RECORDED, READS_REMOVED } from '../../domain/access/streams.ts';
import type { ReadModelDatabase } from '../database.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';

/** Who has read what; without those whose stream was removed. */
export const accessProjection: Projection = {
  prepare: async () => undefined,
  open: (database) => {
    const insert = insertOf(database);
    const insertStream = database.prepare('INSERT OR IGNORE INTO access_stream VALUES (?, ?)');
    const remove = removalOf(database);
    return (events) => {
      for (const event of events) {
        const { stream } = event;
        if (event.event.type === READS_RECORDED) {
          insertStream.run(stream, dayOfAccessStream(stream) ?? '');
          insert(event);
        } else if (event.event.type === READS_REMOVED) remove((JSON.parse(event.data) as { stream: string }).stream);
      }
    };
  },
};

const insertOf = (database: ReadModelDatabase): ((event: ProjectedEvent) => void) => {
  const insertRecord = database.prepare(
    `INSERT OR IGNORE INTO access_record
       (id, position, stream, at, subject, office, role, part, outcome, purpose, document)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertAccessed = database.prepare('INSERT OR IGNORE INTO accessed VALUES (?, ?)');
  return ({ position, stream, data }) => {
    for (const record of (JSON.parse(data) as { readonly records: readonly AccessRecord[] }).records) {
      const { id, at, by, part, outcome, purpose, records } = record;
      const { subject, office, role } = by;
      const { changes, lastInsertRowid } = insertRecord.run(
        id,
        position,
        stream,
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
      for (const each of records) insertAccessed.run(each.id, lastInsertRowid);
    }
  };
};

const removalOf = (database: ReadModelDatabase): ((stream: string) => void) => {
  const removeAccessed = database.prepare(
    'DELETE FROM accessed WHERE number IN (SELECT number FROM access_record WHERE stream = ?)',
  );
  const removeRecords = database.prepare('DELETE FROM access_record WHERE stream = ?');
  const removeStream = database.prepare('DELETE FROM access_stream WHERE stream = ?');
  return (stream) => {
    for (const statement of [removeAccessed, removeRecords, removeStream]) statement.run(stream);
  };
};
