import type { OrdinaryCaseEvent } from '../../domain/case/events.ts';
import { asEffective, evolve, foldHistory, type RecordedCaseEvent } from '../../domain/case/history.ts';
import { caseStream, caseStreams } from '../../domain/case/kind.ts';
import { evolveLinks, linksOf } from '../../domain/case/person-links.ts';
import { evolvePerson, personOf } from '../../domain/case/person-of.ts';
import { erasures, KEY_DESTROYED } from '../../domain/erasure/kind.ts';
import type { Recorded } from '../../domain/kernel/event.ts';
import { isRevising } from '../../domain/kernel/history.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';
import { linkRows } from './link-rows.ts';
import { caseRows, type StoredCase } from './rows.ts';

/** What the batch needs besides its events, by event id. */
interface Prepared {
  /** The whole history up to an event that puts the record right, unsealed. */
  readonly histories: ReadonlyMap<string, readonly RecordedCaseEvent[]>;
  /** Events that tell who the person is, or of which other case, unsealed. */
  readonly unsealed: ReadonlyMap<string, RecordedCaseEvent>;
  /** What is left of the history of a case of which a key was destroyed, unsealed. */
  readonly left: ReadonlyMap<string, readonly RecordedCaseEvent[]>;
}

/** Says that the key of a case is destroyed, and not that of another record: what was erased goes from the rows as well. */
const isErasure = ({ category, event }: ProjectedEvent<RecordedCaseEvent>): boolean =>
  category === erasures.category && (event.type as string) === KEY_DESTROYED && 'case' in event.data;

/** The case of which it is. */
const erasedCase = ({ event }: ProjectedEvent<RecordedCaseEvent>): string =>
  (event.data as unknown as { readonly case: string }).case;

/** Where every case stands now, with its person, and what it is found by. It is given the events of cases and of erasures. */
export const caseStatusProjection: Projection<Prepared, RecordedCaseEvent> = {
  prepare: async (events, sources) => {
    const histories = new Map<string, readonly RecordedCaseEvent[]>();
    const unsealed = new Map<string, RecordedCaseEvent>();
    const left = new Map<string, readonly RecordedCaseEvent[]>();
    for (const projected of events) {
      const { event, position } = projected;
      if (isErasure(projected)) {
        left.set(event.id, await sources.unsealedBefore(caseStream(erasedCase(projected)), position));
      }
      if (projected.category !== caseStreams.category) continue;
      if (isRevising(event)) {
        histories.set(event.id, await sources.history(projected, { unsealed: true }));
      } else if (event.revision === 0 || UNSEALED.includes(event.type)) {
        const plain = await projected.unseal();
        if (plain !== undefined) unsealed.set(event.id, plain);
      }
    }
    return { histories, unsealed, left };
  },

  open: (database) => {
    const rows = caseRows(database);
    const links = linkRows(database);

    const erase = (caseId: string, number: number, history: readonly RecordedCaseEvent[]): void => {
      const { effective } = foldHistory(history);
      rows.writePerson(number, personOf(effective), rows.readPerson(number));
      links.write(caseId, linksOf(effective));
    };

    return (events, { histories, unsealed, left }) => {
      const touched = new Map<string, { revision: number; stored: StoredCase; written: StoredCase | undefined }>();
      for (const projected of events) {
        const { recordId: caseId, category, event } = projected;
        const leftOfIt = left.get(event.id);
        if (leftOfIt !== undefined) {
          const itsCase = erasedCase(projected);
          const stored = touched.get(itsCase)?.stored ?? rows.read(itsCase);
          if (stored !== undefined) erase(itsCase, stored.number, leftOfIt);
        }
        if (category !== caseStreams.category) continue;
        const earlier = touched.get(caseId);
        const before = earlier?.stored ?? rows.read(caseId);
        const history = histories.get(event.id);
        const folded = history && foldHistory(history);
        const number = before?.number ?? rows.newNumber();
        const state = folded?.state ?? evolve(before?.state, asEffective(event as Recorded<OrdinaryCaseEvent>));
        const written = earlier === undefined ? before : earlier.written;
        touched.set(caseId, { revision: event.revision, stored: { number, state }, written });

        if (folded !== undefined) links.write(caseId, linksOf(folded.effective));
        else if (changesLinks(event)) {
          const told = asEffective((unsealed.get(event.id) ?? event) as Recorded<OrdinaryCaseEvent>);
          links.write(caseId, evolveLinks(links.read(caseId), told));
        }

        const plain = unsealed.get(event.id);
        if (folded === undefined && plain === undefined) continue;
        const known = before && rows.readPerson(number);
        const person =
          folded === undefined
            ? evolvePerson(known, asEffective(plain as Recorded<OrdinaryCaseEvent>))
            : personOf(folded.effective);
        rows.writePerson(number, person, known);
      }
      for (const [caseId, { revision, stored, written }] of touched) {
        rows.writeStatus(caseId, revision, stored, written?.state);
      }
    };
  },
};

const changesLinks = ({ type }: RecordedCaseEvent): boolean =>
  type === 'linked-to-person-of' || type === 'unlinked-from-person-of' || type === 'found-not-same-person';

/** What is sealed of these is needed, besides that of the event which opened the case. */
const UNSEALED: readonly string[] = [
  'particulars-recorded',
  'case-number-recorded',
  'linked-to-person-of',
  'found-not-same-person',
];
