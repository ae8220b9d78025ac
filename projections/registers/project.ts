import { officesThatSee } from '../../domain/kernel/access.ts';
import type { RegisterContribution } from '../../domain/kernel/contribution.ts';
import { asEffective, evolve, foldHistory, type RecordedEvent } from '../../domain/kernel/fold.ts';
import { isRevising } from '../../domain/kernel/history.ts';
import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import type { RegisterKind, RegisterState } from '../../domain/kernel/register.ts';
import { EVERYBODY } from '../conditions.ts';
import { type ContributionColumns, contributionTable } from '../contributions.ts';
import type { ReadModelDatabase } from '../database.ts';
import { deadlineRows } from '../deadlines/rows.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';
import { recordNumbers } from '../record-numbers.ts';

/** The histories up to the events of the batch that put a record right, by event id. */
type Prepared = ReadonlyMap<string, readonly RecordedEvent[]>;

/** The name by which records are found that an office sees, and the one for their status. */
export const SEEN_BY = 'seen-by';
const STATUS = 'status';

/**
 * Where the records of registers stand now, what they are found by, and what they contribute to figures: all of it open. The events of all
 * registers are taken in the order of the log, however many come together, so that what they contribute is numbered alike on every node
 * and by every replay.
 */
export const registersProjection = (kinds: readonly RegisterKind[]): Projection<Prepared> => ({
  prepare: async (events, sources) => {
    const histories = new Map<string, readonly RecordedEvent[]>();
    for (const projected of events) {
      if (isRevising(projected.event)) {
        histories.set(projected.event.id, await sources.history(projected, { unsealed: false }));
      }
    }
    return histories;
  },

  open: (database) => {
    const registers = new Map(kinds.map((kind) => [kind.category, { kind, rows: registerRows(database, kind) }]));
    return (events, histories) => {
      const touched = new Map<string, Touched>();
      for (const projected of events) {
        const { stream, category, recordId, event } = projected;
        const register = registers.get(category);
        if (register === undefined) throw new Error(`there is no register of the category ${category}`);
        const { kind, rows } = register;
        const earlier = touched.get(stream);
        const before = earlier === undefined ? rows.read(recordId) : earlier.state;
        const history = histories.get(event.id);
        const state =
          history === undefined
            ? evolve(kind.rules, before, asEffective(event) as EffectiveEvent)
            : foldHistory(kind.rules, history).state;
        if (state === undefined) throw new Error('a history that is put right has a record');
        rows.contribute(recordId, state, before, projected);
        touched.set(stream, {
          rows,
          recordId,
          revision: event.revision,
          state,
          written: earlier === undefined ? before : earlier.written,
        });
      }
      for (const record of touched.values()) record.rows.write(record);
    };
  },
});

/** A record that a batch changes: as it stands after it, and as the rows have it. */
interface Touched {
  readonly rows: RegisterRows;
  readonly recordId: string;
  readonly revision: number;
  readonly state: RegisterState;
  readonly written: RegisterState | undefined;
}

const COLUMNS = {
  measure: (line) => line.measure,
  part: (line) => line.part ?? null,
  first_day: (line) => line.first,
  last_day: (line) => line.last ?? null,
  subjects: (line) => JSON.stringify(line.subjects ?? []),
  substance: (line) => line.substance ?? null,
  unit: (line) => line.unit ?? null,
  lower: (line) => line.lower,
  upper: (line) => line.upper ?? null,
  approximate: (line) => Number(line.approximate),
  provinces: (line) => JSON.stringify(line.provinces),
  offices: (line) => JSON.stringify(line.offices),
} satisfies ContributionColumns<RegisterContribution>;

type RegisterRows = ReturnType<typeof registerRows>;

const registerRows = (database: ReadModelDatabase, { category, register, document }: RegisterKind) => {
  const numberOf = recordNumbers(database, category);
  const select = database.prepare('SELECT state FROM register_record WHERE record_number = ?');
  const upsert = database.prepare(
    `INSERT OR REPLACE INTO register_record (record_number, category, revision, offices, state, document) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const insertReference = database.prepare(
    'INSERT OR IGNORE INTO register_reference (category, name, value, record_number) VALUES (?, ?, ?, ?)',
  );
  const deleteReference = database.prepare(
    'DELETE FROM register_reference WHERE category = ? AND name = ? AND value = ? AND record_number = ?',
  );
  const officesOf = ({ office, sharedWith }: RegisterState) =>
    register.forEverybody === true ? [EVERYBODY] : [...officesThatSee(office, sharedWith)];
  const deadlines = deadlineRows(database, category);
  const contributions = contributionTable(database, 'register_contribution', COLUMNS);
  const referencesOf = (state: RegisterState): readonly (readonly [name: string, value: string])[] =>
    Object.entries({
      ...register.references(state.entries, state),
      [STATUS]: [state.standing.state],
      [SEEN_BY]: officesOf(state),
    }).flatMap(([name, values]) => values.map((value) => [name, value] as const));

  return {
    read: (id: string): RegisterState | undefined => {
      const row = select.get(numberOf(id)) as { state: string } | undefined;
      return row && (JSON.parse(row.state) as RegisterState);
    },
    /** Each event settles what the record contributes, so that a figure can be asked for as it was known by then. */
    contribute: (id: string, state: RegisterState, before: RegisterState | undefined, cause: ProjectedEvent): void => {
      const { contributes } = register;
      const isAsBefore = state.entries === before?.entries && state.standing.state === before.standing.state;
      if (contributes === undefined || isAsBefore) return;
      const lines = state.standing.state === 'annulled' ? [] : contributes(state.entries, state);
      const number = numberOf(id);
      contributions.settle(
        [number],
        lines.map((line) => [number, line] as const),
        cause,
      );
    },
    write: ({ recordId: id, revision, state, written }: Omit<Touched, 'rows'>): void => {
      const number = numberOf(id);
      const references = new Map(referencesOf(state).map((reference) => [reference.join(' '), reference]));
      for (const reference of written === undefined ? [] : referencesOf(written)) {
        if (!references.delete(reference.join(' '))) deleteReference.run(category, ...reference, number);
      }
      for (const reference of references.values()) insertReference.run(category, ...reference, number);
      const seen = (each: RegisterState) => ({ state: each, offices: officesOf(each) });
      deadlines.write(id, seen(state), written && seen(written));
      upsert.run(
        number,
        category,
        revision,
        JSON.stringify(officesOf(state)),
        JSON.stringify(state),
        JSON.stringify(document(id, revision, state)),
      );
    },
  };
};
