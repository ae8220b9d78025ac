import { jsonChanges } from '../../domain/kernel/json-changes.ts';
import type { ROW_DIFFERENCE_LABELS } from '../../domain/labels/replay-codes.ts';
import { documentOf, type RecordOfRow, type RowDifference, type Value } from '../../projections/compare.ts';
import { isTold, toldOf } from './told.ts';

/** Whether the live view has another row than the log gives, one that the log does not give, or lacks one that it gives. */
export type RowDifferenceCode = keyof typeof ROW_DIFFERENCE_LABELS;

/** What stands in a column, not longer than it can be taken in. */
export type Shown = string | number | null;

/**
 * One place at which a column differs: the column itself, or one in the document that it holds. On which side there is nothing is left out; of a
 * column that may not be told, both are.
 */
export interface ColumnDifference {
  readonly column: string;
  /** RFC 6901, of a document. */
  readonly pointer?: string;
  readonly live?: unknown;
  readonly replayed?: unknown;
}

export interface EventOfDifference {
  readonly eventId: string;
  readonly type: string;
  readonly position: string;
  readonly recordedAt: string;
}

/** One row that the live view does not have as the log gives it. */
export interface Difference {
  readonly table: string;
  readonly difference: RowDifferenceCode;
  /** Without the columns that may not be told. */
  readonly key: Readonly<Record<string, Shown>>;
  readonly columns: readonly ColumnDifference[];
  readonly record?: RecordOfRow | undefined;
  /** The event of the record that wrote the row last; of what has changed since, the events of the record since. */
  readonly events: readonly EventOfDifference[];
}

/** Places in one document that are told. */
const MOST_PLACES = 10;

const LONGEST_TEXT = 200;

const shown = (value: Value): Shown =>
  typeof value === 'string' && value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;

const columnDifferences = ({ table, live, replayed }: RowDifference, column: string): readonly ColumnDifference[] => {
  if (!isTold(table, column)) return [{ column }];
  const [one, other] = [live?.[column] ?? null, replayed?.[column] ?? null];
  const documents = [documentOf(one), documentOf(other)];
  if (documents.includes(undefined)) return [{ column, live: shown(one), replayed: shown(other) }];
  return jsonChanges(...(documents as [object, object]))
    .slice(0, MOST_PLACES)
    .map(({ pointer, before, after }) => ({
      column,
      pointer,
      ...(before !== undefined && { live: before }),
      ...(after !== undefined && { replayed: after }),
    }));
};

/** A difference as it is told: of columns that may not be told, that they differ. */
export const differenceOf = (
  row: RowDifference,
  record: RecordOfRow | undefined,
  events: readonly EventOfDifference[],
): Difference => {
  const { table, key, live, replayed, columns } = row;
  const either = toldOf(table, live ?? replayed ?? {});
  return {
    table,
    difference: live === undefined ? 'only-replayed' : replayed === undefined ? 'only-live' : 'differs',
    key: Object.fromEntries(
      key.filter((column) => column in either).map((column) => [column, shown(either[column] ?? null)]),
    ),
    columns: columns.flatMap((column) => columnDifferences(row, column)),
    record,
    events,
  };
};
