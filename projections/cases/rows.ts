import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import { caseDocument } from '../../domain/case/document.ts';
import { caseStreams } from '../../domain/case/kind.ts';
import type { CasePerson } from '../../domain/case/person-of.ts';
import { dueForErasureFrom } from '../../domain/case/retention.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { officesThatSee } from '../../domain/kernel/access.ts';
import { handoverDays } from '../../domain/kernel/handover-date.ts';
import { spanOf } from '../../domain/kernel/time.ts';
import type { ReadModelDatabase } from '../database.ts';
import { deadlineRows } from '../deadlines/rows.ts';
import { searchTerms } from './search-terms.ts';

/** A case in the read model: its number there, and its fold. */
export interface StoredCase {
  readonly number: number;
  readonly state: CaseState;
}

const CASES_AT_HAND = 2_000;

/** The rows of a case in all tables of the read model. */
export const caseRows = (database: ReadModelDatabase) => {
  const selectCase = database.prepare('SELECT number, state FROM case_status WHERE case_id = ?');
  const selectLast = database.prepare('SELECT coalesce(max(number), 0) AS number FROM case_status');
  const upsertStatus = database.prepare(
    `INSERT INTO case_status (number, case_id, revision, kind, status, direction, requesting_party, incident, pass,
       handed_over, due_for_erasure, opened_ms, since_ms, offices, state, document)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (number) DO UPDATE SET revision = excluded.revision, kind = excluded.kind, status = excluded.status,
       direction = excluded.direction, requesting_party = excluded.requesting_party, incident = excluded.incident,
       pass = excluded.pass, handed_over = excluded.handed_over,
       due_for_erasure = excluded.due_for_erasure, opened_ms = excluded.opened_ms,
       since_ms = excluded.since_ms, offices = excluded.offices, state = excluded.state, document = excluded.document`,
  );
  const insertOfOffice = database.prepare(
    'INSERT INTO case_of_office (office, since_ms, number, opened_ms) VALUES (?, ?, ?, ?)',
  );
  const deleteOfOffice = database.prepare(
    'DELETE FROM case_of_office WHERE office = ? AND since_ms = ? AND number = ?',
  );
  const deadlines = deadlineRows(database, caseStreams.category);
  const selectPerson = database.prepare('SELECT person FROM case_person WHERE number = ?');
  const upsertPerson = database.prepare('INSERT OR REPLACE INTO case_person (number, person) VALUES (?, ?)');
  const deletePerson = database.prepare('DELETE FROM case_person WHERE number = ?');
  const insertTerm = database.prepare('INSERT INTO case_search (term, number) VALUES (?, ?)');
  const deleteTerm = database.prepare('DELETE FROM case_search WHERE term = ? AND number = ?');

  let last = (selectLast.get() as { number: number }).number;
  const atHand = new LRUCache<string, StoredCase>({ max: CASES_AT_HAND });

  return {
    read: (caseId: string): StoredCase | undefined => {
      const known = atHand.get(caseId);
      if (known !== undefined) return known;
      const row = selectCase.get(caseId) as { number: number; state: string } | undefined;
      return row && { number: row.number, state: JSON.parse(row.state) as CaseState };
    },

    /** The number of a case that is not in the read model yet. */
    newNumber: (): number => ++last,

    /** `before` is the fold that the rows stand for now; undefined where there are none. */
    writeStatus: (caseId: string, revision: number, stored: StoredCase, before: CaseState | undefined): void => {
      const { number, state } = stored;
      const place = placeInLists(state);
      const handover = state.handovers.at(-1);
      upsertStatus.run(
        number,
        caseId,
        revision,
        state.kind,
        state.standing.state,
        state.direction,
        state.requestingParty,
        state.incident ?? null,
        handover?.pass ?? state.agreedHandover?.pass ?? null,
        handover === undefined ? null : handoverDays(handover.handoverDate).last,
        dueForErasureFrom(state) ?? null,
        place.openedMs,
        place.sinceMs,
        JSON.stringify(place.offices),
        JSON.stringify(state),
        JSON.stringify(caseDocument(caseId, revision, state)),
      );
      const placeBefore = before && placeInLists(before);
      if (!isDeepStrictEqual(place, placeBefore)) {
        for (const office of placeBefore?.offices ?? []) deleteOfOffice.run(office, placeBefore?.sinceMs ?? 0, number);
        for (const office of place.offices) insertOfOffice.run(office, place.sinceMs, number, place.openedMs);
      }
      deadlines.write(
        caseId,
        { state, offices: place.offices },
        before && { state: before, offices: placeBefore?.offices ?? [] },
      );
      atHand.set(caseId, stored);
    },

    readPerson: (number: number): CasePerson | undefined => {
      const row = selectPerson.get(number) as { person: string } | undefined;
      return row && (JSON.parse(row.person) as CasePerson);
    },

    /** `before` is the person that the rows stand for now; undefined where there are none. */
    writePerson: (number: number, person: CasePerson | undefined, before: CasePerson | undefined): void => {
      if (before !== undefined) for (const term of searchTerms(before)) deleteTerm.run(term, number);
      if (person === undefined) {
        deletePerson.run(number);
        return;
      }
      upsertPerson.run(number, JSON.stringify(person));
      for (const term of searchTerms(person)) insertTerm.run(term, number);
    },
  };
};

/** By what lists are ordered, and the offices in whose lists the case stands. */
const placeInLists = ({ openedAt, since, office, sharedWith }: CaseState) => ({
  openedMs: spanOf(openedAt).earliest,
  sinceMs: spanOf(since).earliest,
  offices: [...officesThatSee(office, sharedWith)],
});
