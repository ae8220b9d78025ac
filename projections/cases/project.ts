import { LRUCache } from 'lru-cache';
import { officesThatSee } from '../../domain/case/access.ts';
import { caseDocument } from '../../domain/case/document.ts';
import type { OrdinaryCaseEvent } from '../../domain/case/events.ts';
import { evolve } from '../../domain/case/evolve.ts';
import { asEffective, foldHistory, type RecordedCaseEvent } from '../../domain/case/history.ts';
import { type CasePerson, evolvePerson, personOf } from '../../domain/case/person-of.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Recorded } from '../../domain/kernel/event.ts';
import { handoverDays } from '../../domain/kernel/handover-date.ts';
import { isRevising } from '../../domain/kernel/history.ts';
import { spanOf } from '../../domain/kernel/time.ts';
import type { ReadModelDatabase } from '../database.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';
import { searchTerms } from './search-terms.ts';

/** What the batch needs besides its events, by event id. */
interface Prepared {
  /** The whole history up to an event that puts the record right, unsealed. */
  readonly histories: ReadonlyMap<string, readonly RecordedCaseEvent[]>;
  /** Events that tell who the person is, unsealed. */
  readonly unsealed: ReadonlyMap<string, RecordedCaseEvent>;
}

const STATES_AT_HAND = 20_000;

/** Where every case stands now, with its person, and what it is found by. */
export const caseStatusProjection: Projection<Prepared> = {
  name: 'cases',
  version: 1,

  prepare: async (events, sources) => {
    const histories = new Map<string, readonly RecordedCaseEvent[]>();
    const unsealed = new Map<string, RecordedCaseEvent>();
    for (const projected of events) {
      const { event, caseId } = projected;
      if (isRevising(event)) {
        histories.set(event.id, await sources.history(caseId, event.revision, { unsealed: true }));
      } else if (tellsOfPerson(event)) {
        const plain = await sources.unseal(projected);
        if (plain !== undefined) unsealed.set(event.id, plain);
      }
    }
    return { histories, unsealed };
  },

  open: (database) => {
    const rows = caseRows(database);
    const states = new LRUCache<string, CaseState>({ max: STATES_AT_HAND });
    const stateOf = (caseId: string): CaseState | undefined => states.get(caseId) ?? rows.readState(caseId);

    return (events, { histories, unsealed }) => {
      const touched = new Map<string, { revision: number; state: CaseState }>();
      for (const { caseId, event } of events) {
        const history = histories.get(event.id);
        const folded = history === undefined ? undefined : foldHistory(history);
        const before = touched.get(caseId)?.state ?? stateOf(caseId);
        const state = folded?.state ?? evolve(before, asEffective(event as Recorded<OrdinaryCaseEvent>));
        touched.set(caseId, { revision: event.revision, state });

        if (folded !== undefined) rows.writePerson(caseId, personOf(folded.effective));
        if (folded !== undefined || event.revision === 0 || event.type === 'shared-with')
          rows.writeOffices(caseId, state);
        const plain = unsealed.get(event.id);
        if (plain !== undefined) {
          const effective = asEffective(plain as Recorded<OrdinaryCaseEvent>);
          rows.writePerson(caseId, evolvePerson(before && rows.readPerson(caseId), effective));
        }
      }
      for (const [caseId, { revision, state }] of touched) {
        rows.writeStatus(caseId, revision, state);
        states.set(caseId, state);
      }
    };
  },
};

const tellsOfPerson = (event: ProjectedEvent['event']): boolean =>
  event.revision === 0 || event.type === 'particulars-recorded';

/** The rows of one case in all tables of the read model. */
const caseRows = (database: ReadModelDatabase) => {
  const selectState = database.prepare('SELECT state FROM case_status WHERE case_id = ?');
  const upsertStatus = database.prepare(
    `INSERT INTO case_status (case_id, revision, kind, status, direction, requesting_party, office, incident, pass,
       handed_over, opened_ms, since_ms, state, document)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (case_id) DO UPDATE SET revision = excluded.revision, kind = excluded.kind, status = excluded.status,
       direction = excluded.direction, requesting_party = excluded.requesting_party, office = excluded.office,
       incident = excluded.incident, pass = excluded.pass, handed_over = excluded.handed_over,
       opened_ms = excluded.opened_ms, since_ms = excluded.since_ms, state = excluded.state, document = excluded.document`,
  );
  const deleteOffices = database.prepare('DELETE FROM case_office WHERE case_id = ?');
  const insertOffice = database.prepare('INSERT INTO case_office (office, case_id) VALUES (?, ?)');
  const selectPerson = database.prepare('SELECT person FROM case_person WHERE case_id = ?');
  const upsertPerson = database.prepare('INSERT OR REPLACE INTO case_person (case_id, person) VALUES (?, ?)');
  const deletePerson = database.prepare('DELETE FROM case_person WHERE case_id = ?');
  const insertTerm = database.prepare('INSERT OR IGNORE INTO case_search (term, case_id) VALUES (?, ?)');
  const deleteTerms = database.prepare('DELETE FROM case_search WHERE case_id = ?');

  return {
    readState: (caseId: string): CaseState | undefined => {
      const row = selectState.get(caseId) as { state: string } | undefined;
      return row && (JSON.parse(row.state) as CaseState);
    },

    writeStatus: (caseId: string, revision: number, state: CaseState): void => {
      const handover = state.handovers.at(-1);
      upsertStatus.run(
        caseId,
        revision,
        state.kind,
        state.standing.state,
        state.direction,
        state.requestingParty,
        state.office,
        state.incident ?? null,
        handover?.pass ?? state.agreedHandover?.pass ?? null,
        handover === undefined ? null : handoverDays(handover.handoverDate).last,
        spanOf(state.openedAt).earliest,
        spanOf(state.since).earliest,
        JSON.stringify(state),
        JSON.stringify(caseDocument(caseId, revision, state)),
      );
    },

    writeOffices: (caseId: string, { office, sharedWith }: CaseState): void => {
      deleteOffices.run(caseId);
      for (const id of officesThatSee(office, sharedWith)) insertOffice.run(id, caseId);
    },

    readPerson: (caseId: string): CasePerson | undefined => {
      const row = selectPerson.get(caseId) as { person: string } | undefined;
      return row && (JSON.parse(row.person) as CasePerson);
    },

    writePerson: (caseId: string, person: CasePerson | undefined): void => {
      deleteTerms.run(caseId);
      if (person === undefined) {
        deletePerson.run(caseId);
        return;
      }
      upsertPerson.run(caseId, JSON.stringify(person));
      for (const term of searchTerms(person)) insertTerm.run(term, caseId);
    },
  };
};
