import { LRUCache } from 'lru-cache';
import type { ReadModelDatabase } from './database.ts';

const CASES_AT_HAND = 5_000;

/** Gives the number of a case in a read model with `case-numbers`; a new one where the case is new there. */
export const caseNumbers = (database: ReadModelDatabase): ((caseId: string) => number) => {
  const select = database.prepare('SELECT number FROM numbered_case WHERE case_id = ?');
  const insert = database.prepare('INSERT INTO numbered_case (case_id) VALUES (?)');
  const atHand = new LRUCache<string, number>({ max: CASES_AT_HAND });
  return (caseId) => {
    const atOnce = atHand.get(caseId);
    if (atOnce !== undefined) return atOnce;
    const known = select.get(caseId) as { number: number } | undefined;
    const number = known?.number ?? Number(insert.run(caseId).lastInsertRowid);
    atHand.set(caseId, number);
    return number;
  };
};
