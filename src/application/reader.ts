import type { RecordedCaseEvent } from '../../domain/case/history.ts';
import { caseStream } from '../../domain/case/kind.ts';
import type { EventRow, HistoryQueries } from '../../projections/history/query.ts';
import { decodeEvent, unsealEvent } from '../event-log/codec.ts';
import type { KeyRing } from '../sealing/vault.ts';

/** An event of a case as it was recorded, and where it stands in the log. */
export interface ReadEvent {
  readonly position: string;
  readonly event: RecordedCaseEvent;
  /** Something of it is sealed, and was not unsealed. */
  readonly sealed: boolean;
}

/** Reads what was recorded of cases from the view of the history. */
export interface CaseReader {
  /** Events after a revision and up to another; what is sealed is opened where asked for and where its key still opens it. */
  events(
    caseId: string,
    options: {
      readonly after?: number;
      readonly upTo?: number | undefined;
      readonly limit?: number;
      readonly unsealed: boolean;
    },
  ): Promise<readonly ReadEvent[]>;
}

export const createCaseReader = (history: HistoryQueries, keys: KeyRing): CaseReader => {
  const read = async (row: EventRow, unsealed: boolean): Promise<ReadEvent> => {
    const stream = caseStream(row.recordId);
    const decoded = decodeEvent<RecordedCaseEvent>({ ...row, stream });
    const { position } = row;
    const plain = unsealed ? await unsealEvent(stream, decoded, keys) : undefined;
    if (plain !== undefined) return { position, event: plain, sealed: false };
    return { position, event: decoded.event, sealed: decoded.sealed !== undefined };
  };

  return {
    events: async (caseId, { after, upTo, limit, unsealed }) => {
      const rows = history.ofCase(caseId, { after, limit });
      const wanted = upTo === undefined ? rows : rows.filter(({ revision }) => revision <= upTo);
      return Promise.all(wanted.map((row) => read(row, unsealed)));
    },
  };
};
