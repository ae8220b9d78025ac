import type { RecordedCaseEvent } from '../../domain/case/history.ts';
import type { EventRow, HistoryQueries } from '../../projections/history/query.ts';
import { decodeCaseEvent, unsealEvent } from '../event-log/codec.ts';
import { KeyDestroyed, type KeyRing } from '../sealing/vault.ts';
import { caseStream } from './streams.ts';

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
    const stream = caseStream(row.caseId);
    const decoded = decodeCaseEvent({ ...row, stream });
    const { position } = row;
    if (!unsealed || decoded.sealed === undefined) {
      return { position, event: decoded.event, sealed: decoded.sealed !== undefined };
    }
    try {
      return { position, event: unsealEvent(stream, decoded, await keys.find(decoded.metadata.keyId)), sealed: false };
    } catch (error) {
      if (!(error instanceof KeyDestroyed)) throw error;
      return { position, event: decoded.event, sealed: true };
    }
  };

  return {
    events: async (caseId, { after, upTo, limit, unsealed }) => {
      const rows = history.ofCase(caseId, { after, limit });
      const wanted = upTo === undefined ? rows : rows.filter(({ revision }) => revision <= upTo);
      return Promise.all(wanted.map((row) => read(row, unsealed)));
    },
  };
};
