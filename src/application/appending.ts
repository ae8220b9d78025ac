import type { Event } from '../../domain/kernel/event.ts';
import { type EventShapes, splitData } from '../../domain/kernel/event-shapes.ts';
import type { RecordedEvent } from '../../domain/kernel/fold.ts';
import type { EffectiveEvent, RecordState } from '../../domain/kernel/record.ts';
import { type StreamKind, streamOf } from '../../domain/kernel/stream-kind.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import { deriveUuid } from '../derived-id.ts';
import { encodeEvent, type Origin } from '../event-log/codec.ts';
import { type Appended, type EventLog, type Position, RevisionConflict } from '../event-log/port.ts';
import type { DataKey } from '../sealing/key-ring.ts';
import type { Envelope } from './commands.ts';
import { type LoadedRecord, revisionOf, withCommand } from './loaded-record.ts';
import type { NamedRecords } from './named-records.ts';
import type { Records } from './records.ts';

/** What an append adds to the events that were decided. */
interface Recording {
  readonly key: DataKey;
  readonly print: string;
  readonly now: Instant;
  readonly recordedAt: Instant;
  readonly eventId: string;
}

/** The record with what was appended to it, and where that stands. */
interface Extended<State, E, R> {
  readonly record: LoadedRecord<State, E, R>;
  readonly position: Position;
}

/**
 * Appends what was decided to the stream of its record, and keeps the record at hand as it is then; `behind` where the record had gone on, and
 * nothing was written. Throws what the event log throws.
 */
export const createAppending =
  <State extends RecordState, E extends EffectiveEvent, R extends RecordedEvent>(
    kind: StreamKind<State, E, R>,
    { log, records, named }: { readonly log: EventLog; readonly records: Records; readonly named: NamedRecords },
  ) =>
  async (
    id: string,
    events: readonly AnyEvent[],
    envelope: Envelope,
    { key, print, now, recordedAt, eventId }: Recording,
    loaded: LoadedRecord<State, E, R>,
  ): Promise<Extended<State, E, R> | 'behind'> => {
    const stream = streamOf(kind, id);
    const origin: Origin = {
      recordedAt,
      importedAt: envelope.imported && now,
      recordedBy: envelope.recordedBy,
      commandId: envelope.commandId,
      fingerprint: print,
      correlationId: envelope.correlationId,
      causationId: envelope.causationId ?? envelope.commandId,
    };
    const ids = events.map((_, index) => (index === 0 ? eventId : deriveUuid(eventId, String(index))));
    let appended: Appended;
    try {
      const keyOf = await named.keysOfEntries(events);
      const encoded = events.map((event, index) =>
        encodeEvent(stream, ids[index] as string, event, origin, key, keyOf),
      );
      appended = await log.append(stream, revisionOf(loaded), encoded);
    } catch (error) {
      if (error instanceof RevisionConflict) return 'behind';
      records.forget(kind, id);
      throw error;
    }
    const recorded = events.map((event, index) =>
      asRecorded<R>(kind.rules.shapes, event, ids[index] as string, loaded.history.recorded.length + index, origin),
    );
    const { revision, position } = appended;
    const command = { fingerprint: print, keyId: key.id, revision, position };
    const record = withCommand(kind.rules, loaded, recorded, envelope.commandId, command);
    records.keep(kind, id, record);
    return { record, position };
  };

type AnyEvent = Event<string, Readonly<Record<string, unknown>>>;

/** The event as a fold of open events has it, right after it was written. */
const asRecorded = <R>(shapes: EventShapes, event: AnyEvent, id: string, revision: number, origin: Origin): R =>
  ({
    ...event,
    statedBy: event.statedBy && { office: event.statedBy.office },
    data: splitData(shapes, event.type, event.data).open,
    id,
    revision,
    recordedAt: origin.recordedAt,
    recordedBy: origin.recordedBy,
  }) as R;
