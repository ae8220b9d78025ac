import { type Event, EventUnreadable, type Recorder, type StatedBy } from '../../domain/kernel/event.ts';
import { splitData } from '../../domain/kernel/event-shapes.ts';
import type { RecordedEvent } from '../../domain/kernel/fold.ts';
import { type AnyStreamKind, lift } from '../../domain/kernel/stream-kind.ts';
import type { Instant, OccurredAt } from '../../domain/kernel/time.ts';
import { REFERENCE_VERSION } from '../../domain/reference/version.ts';
import { recordOf } from '../../domain/stream-kinds.ts';
import { type Box, seal, unseal } from '../sealing/cipher.ts';
import { freshBytes } from '../sealing/random.ts';
import { type DataKey, KeyDestroyed, type KeyRing } from '../sealing/vault.ts';
import type { EventToAppend, LoggedEvent } from './port.ts';

/** What is kept beside an event: who recorded it, under which command, key and versions. */
export interface EventMetadata {
  readonly schemaVersion: number;
  readonly referenceVersion: string;
  readonly recordedAt: Instant;
  readonly importedAt?: Instant | undefined;
  readonly recordedBy: Recorder;
  readonly commandId: string;
  /** Tells a repeated command from another under the same id; under the key of the record, so that it dies with it. */
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly keyId: string;
  /** Random, so that a published hash of the event tells nothing of its content. */
  readonly salt: string;
}

/** The stored data of an event: what is open, and what is sealed in a box. */
interface StoredData {
  readonly occurredAt: OccurredAt;
  readonly statedBy?: Pick<StatedBy, 'office'>;
  readonly open: Readonly<Record<string, unknown>>;
  readonly sealed?: Box;
}

/** What is in the box: the sealed fields of the data, and the document of a statement. */
interface Sealed {
  readonly data: Readonly<Record<string, unknown>>;
  readonly document?: string | undefined;
}

const SALT_BYTES = 16;

/** What the one who appends knows of an event; versions, key and salt are the codec's. */
export type Origin = Omit<EventMetadata, 'schemaVersion' | 'referenceVersion' | 'keyId' | 'salt'>;

/** Encodes an event for the stream of a record: splits its data and seals what is not open under the key of the record. */
export const encodeEvent = (
  stream: string,
  id: string,
  event: Event<string, Readonly<Record<string, unknown>>>,
  origin: Origin,
  key: DataKey,
): EventToAppend => {
  const kind = kindOf(stream);
  const { open, sealed } = splitData(kind.rules.shapes, event.type, event.data);
  const { office, document } = event.statedBy ?? {};
  const box: Sealed = { data: sealed, document };
  const data: StoredData = {
    occurredAt: event.occurredAt,
    ...(office !== undefined && { statedBy: { office } }),
    open,
    ...((document !== undefined || Object.keys(sealed).length > 0) && {
      sealed: seal(key.key, JSON.stringify(box), boundTo(stream, id, event.type)),
    }),
  };
  const metadata: EventMetadata = {
    schemaVersion: kind.schemaVersion,
    referenceVersion: REFERENCE_VERSION,
    ...origin,
    keyId: key.id,
    salt: freshBytes(SALT_BYTES).toString('base64url'),
  };
  return { id, type: event.type, data: JSON.stringify(data), metadata: JSON.stringify(metadata) };
};

/** An event as read from the log, with what was sealed still in its box. */
export interface DecodedEvent<E extends RecordedEvent = RecordedEvent> {
  readonly event: E;
  readonly metadata: EventMetadata;
  readonly sealed: Box | undefined;
  /** The name under which its type is stored: a box opens under no other. */
  readonly storedType: string;
}

/** Decodes a stored event without opening its box. What is stored was validated when it was written. Throws EventUnreadable. */
export const decodeEvent = <E extends RecordedEvent>(logged: LoggedEvent): DecodedEvent<E> => {
  try {
    return decode(logged) as DecodedEvent<E>;
  } catch (cause) {
    throw new EventUnreadable((cause as Error).message, { cause });
  }
};

const decode = (logged: LoggedEvent): DecodedEvent => {
  const stored = JSON.parse(logged.data) as StoredData;
  const metadata = JSON.parse(logged.metadata) as EventMetadata;
  const { type, open } = lift(kindOf(logged.stream), logged.type, metadata.schemaVersion, stored.open);
  const event = {
    id: logged.id,
    revision: logged.revision,
    type,
    occurredAt: stored.occurredAt,
    ...(stored.statedBy && { statedBy: stored.statedBy }),
    data: open,
    recordedAt: metadata.recordedAt,
    recordedBy: metadata.recordedBy,
  } as RecordedEvent;
  return { event, metadata, sealed: stored.sealed, storedType: logged.type };
};

/**
 * The event with what was sealed beside what is open; undefined where the key was destroyed. Throws EventUnreadable where the box does
 * not open, and what the event log throws.
 */
export const unsealEvent = async <E extends RecordedEvent>(
  stream: string,
  { event, metadata, sealed, storedType }: DecodedEvent<E>,
  keys: KeyRing,
): Promise<E | undefined> => {
  if (sealed === undefined) return event;
  const key = await keys.find(metadata.keyId).catch((error: unknown) => {
    if (error instanceof KeyDestroyed) return undefined;
    throw error;
  });
  if (key === undefined) return undefined;
  const { data, document } = JSON.parse(opened(stream, event.id, storedType, sealed, key)) as Sealed;
  return {
    ...event,
    ...(event.statedBy && { statedBy: { ...event.statedBy, document } }),
    data: { ...event.data, ...data },
  };
};

const opened = (stream: string, id: string, type: string, sealed: Box, key: DataKey): string => {
  try {
    return unseal(key.key, sealed, boundTo(stream, id, type)).toString('utf8');
  } catch (cause) {
    const where = `event ${id} (${type}) of ${stream}`;
    throw new EventUnreadable(
      `what is sealed in ${where} does not open with key ${key.id}: one of the two was changed`,
      {
        cause,
      },
    );
  }
};

/** A box opens only as this event of this stream. */
const boundTo = (stream: string, id: string, type: string): string => JSON.stringify([stream, id, type]);

const kindOf = (stream: string): AnyStreamKind => {
  const record = recordOf(stream);
  if (record === undefined) throw new Error(`${stream} is the stream of no record that this program knows`);
  return record.kind;
};
