import type { PersonLink } from '../../domain/case/person-links.ts';
import type { ReadModelDatabase } from '../database.ts';

/** The rows of what cases say of their persons and those of other cases. */
export const linkRows = (database: ReadModelDatabase) => {
  const select = database.prepare(
    `SELECT event_id AS eventId, other_case AS otherCase, verdict, basis, occurred_at AS occurredAt
     FROM person_link WHERE case_id = ?`,
  );
  const insert = database.prepare(
    `INSERT INTO person_link (case_id, other_case, event_id, verdict, basis, occurred_at) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const remove = database.prepare('DELETE FROM person_link WHERE case_id = ?');

  return {
    read: (caseId: string) => select.all(caseId) as unknown as readonly PersonLink[],

    write: (caseId: string, links: readonly PersonLink[]): void => {
      remove.run(caseId);
      for (const { otherCase, eventId, verdict, basis, occurredAt } of links) {
        insert.run(caseId, otherCase, eventId, verdict, basis, occurredAt);
      }
    },
  };
};
