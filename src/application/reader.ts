import type { RecordedEvent } from '../../domain/kernel/fold.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import type { EventRow, HistoryQueries } from '../../projections/history/query.ts';
import { boxesFor, decodeEvent, type EntryFilter, isSealed, unsealEvent } from '../event-log/codec.ts';
import type { KeyRing } from '../sealing/key-ring.ts';

/** An event as it was recorded, and where it stands in the log. */
export interface ReadEvent<E extends RecordedEvent = RecordedEvent> {
  readonly position: string;
  readonly event: E;
  /** Something of it is sealed, and was not opened. */
  readonly sealed: boolean;
}

export interface ReadOptions {
  readonly after?: number;
  readonly upTo?: number | undefined;
  /** The only revisions that are wanted; left out: all. */
  readonly among?: ReadonlySet<number> | undefined;
  readonly limit?: number;
  readonly unsealed: boolean;
  /** Which entries about other records are opened then; left out: none. */
  readonly mayOpen?: EntryFilter;
}

/** Reads what was recorded of the records of a category from the view of the history. */
export interface Reader {
  /** Events after a revision and up to another; what is sealed is opened where asked for and where its key still opens it. */
  events<E extends RecordedEvent>(category: string, id: string, options: ReadOptions): Promise<readonly ReadEvent<E>[]>;
}

export const createReader = (history: HistoryQueries, keys: KeyRing): Reader => {
  const read = async <E extends RecordedEvent>(
    row: EventRow,
    { unsealed, mayOpen = () => false }: Pick<ReadOptions, 'unsealed' | 'mayOpen'>,
  ): Promise<ReadEvent<E>> => {
    const stream = streamOf(row, row.recordId);
    const decoded = decodeEvent<E>({ ...row, stream });
    const { position } = row;
    const plain = unsealed ? await unsealEvent(stream, decoded, keys, mayOpen) : undefined;
    if (plain !== undefined) {
      const opened = boxesFor(stream, decoded, mayOpen).length;
      return { position, event: plain, sealed: opened < decoded.entries.length };
    }
    return { position, event: decoded.event, sealed: isSealed(decoded) };
  };

  return {
    events: async <E extends RecordedEvent>(
      category: string,
      id: string,
      { after, upTo, among, limit, ...how }: ReadOptions,
    ) => {
      const rows = history.ofRecord(category, id, { after, limit: among === undefined ? limit : undefined });
      const wanted = rows
        .filter(({ revision }) => (upTo === undefined || revision <= upTo) && (among?.has(revision) ?? true))
        .slice(0, limit);
      return Promise.all(wanted.map((row) => read<E>(row, how)));
    },
  };
};
