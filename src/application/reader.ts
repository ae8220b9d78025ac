import type { RecordedEvent } from '../../domain/kernel/fold.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import type { EventRow, HistoryQueries } from '../../projections/history/query.ts';
import { decodeEvent, isSealed, unsealEvent } from '../event-log/codec.ts';
import type { KeyRing } from '../sealing/vault.ts';

/** An event as it was recorded, and where it stands in the log. */
export interface ReadEvent<E extends RecordedEvent = RecordedEvent> {
  readonly position: string;
  readonly event: E;
  /** Something of it is sealed, and was not unsealed. */
  readonly sealed: boolean;
}

export interface ReadOptions {
  readonly after?: number;
  readonly upTo?: number | undefined;
  readonly limit?: number;
  readonly unsealed: boolean;
}

/** Reads what was recorded of the records of a category from the view of the history. */
export interface Reader {
  /** Events after a revision and up to another; what is sealed is opened where asked for and where its key still opens it. */
  events<E extends RecordedEvent>(category: string, id: string, options: ReadOptions): Promise<readonly ReadEvent<E>[]>;
}

export const createReader = (history: HistoryQueries, keys: KeyRing): Reader => {
  const read = async <E extends RecordedEvent>(row: EventRow, unsealed: boolean): Promise<ReadEvent<E>> => {
    const stream = streamOf(row, row.recordId);
    const decoded = decodeEvent<E>({ ...row, stream });
    const { position } = row;
    const plain = unsealed ? await unsealEvent(stream, decoded, keys) : undefined;
    if (plain !== undefined) return { position, event: plain, sealed: false };
    return { position, event: decoded.event, sealed: isSealed(decoded) };
  };

  return {
    events: async <E extends RecordedEvent>(
      category: string,
      id: string,
      { after, upTo, limit, unsealed }: ReadOptions,
    ) => {
      const rows = history.ofRecord(category, id, { after, limit });
      const wanted = upTo === undefined ? rows : rows.filter(({ revision }) => revision <= upTo);
      return Promise.all(wanted.map((row) => read<E>(row, unsealed)));
    },
  };
};
