import { LRUCache } from 'lru-cache';
import type { ReadModelDatabase } from './database.ts';

const RECORDS_AT_HAND = 5_000;

/** Gives the number of a record in a read model with `record-numbers`; a new one where the record is new there. */
export const recordNumbers = (database: ReadModelDatabase, category: string): ((id: string) => number) => {
  const select = database.prepare('SELECT number FROM numbered_record WHERE record_id = ? AND category = ?');
  const insert = database.prepare('INSERT INTO numbered_record (category, record_id) VALUES (?, ?)');
  const atHand = new LRUCache<string, number>({ max: RECORDS_AT_HAND });
  return (id) => {
    const atOnce = atHand.get(id);
    if (atOnce !== undefined) return atOnce;
    const known = select.get(id, category) as { number: number } | undefined;
    const number = known?.number ?? Number(insert.run(category, id).lastInsertRowid);
    atHand.set(id, number);
    return number;
  };
};
