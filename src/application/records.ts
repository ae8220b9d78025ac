import { LRUCache } from 'lru-cache';
import type { RecordedEvent } from '../../domain/kernel/fold.ts';
import type { EffectiveEvent, RecordState } from '../../domain/kernel/record.ts';
import { type StreamKind, streamOf } from '../../domain/kernel/stream-kind.ts';
import type { EventLog } from '../event-log/port.ts';
import { type LoadedRecord, NO_RECORD, revisionOf, withLogged } from './loaded-record.ts';

const RECORDS_AT_HAND = 10_000;

type Kind<State extends RecordState, E extends EffectiveEvent, R extends RecordedEvent> = Pick<
  StreamKind<State, E, R>,
  'category' | 'rules'
>;

/** Records of every kind as command handlers hold them: those in use are kept at hand, the longest unused is let go. */
export const createRecords = (log: Pick<EventLog, 'readStream'>) => {
  // biome-ignore lint/suspicious/noExplicitAny: the stream names the kind, and with it the type
  const atHand = new LRUCache<string, LoadedRecord<any, any, any>>({ max: RECORDS_AT_HAND });

  return {
    /** As it was last seen here; another node may have gone on with it. */
    atHand: <State extends RecordState, E extends EffectiveEvent, R extends RecordedEvent>(
      kind: Kind<State, E, R>,
      id: string,
    ): LoadedRecord<State, E, R> | undefined => atHand.get(streamOf(kind, id)),

    /** As the log has it; where it is `known` up to some event, only what came after is read. Throws what the log throws. */
    load: async <State extends RecordState, E extends EffectiveEvent, R extends RecordedEvent>(
      kind: Kind<State, E, R>,
      id: string,
      known: LoadedRecord<State, E, R> = NO_RECORD,
    ): Promise<LoadedRecord<State, E, R>> => {
      const stream = streamOf(kind, id);
      const from = revisionOf(known);
      const logged = await log.readStream(stream, from === 'no-stream' ? {} : { from });
      const loaded = withLogged<State, E, R>(kind.rules, known, logged);
      if (loaded !== NO_RECORD) atHand.set(stream, loaded);
      return loaded;
    },

    keep: <State extends RecordState, E extends EffectiveEvent, R extends RecordedEvent>(
      kind: Kind<State, E, R>,
      id: string,
      loaded: LoadedRecord<State, E, R>,
    ): void => {
      atHand.set(streamOf(kind, id), loaded);
    },

    /** What was at hand is behind, or may be. */
    forget: ({ category }: Pick<StreamKind<RecordState, EffectiveEvent>, 'category'>, id: string): void => {
      atHand.delete(streamOf({ category }, id));
    },
  };
};

export type Records = ReturnType<typeof createRecords>;
