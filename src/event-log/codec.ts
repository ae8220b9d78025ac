import { type Event, EventUnreadable, type Fields, type Recorder, type StatedBy } from '../../domain/kernel/event.ts';
import { joinEntries, type SealedEntry, splitData } from '../../domain/kernel/event-shapes.ts';
import type { RecordedEvent } from '../../domain/kernel/fold.ts';
import { type AnyStreamKind, lift } from '../../domain/kernel/stream-kind.ts';
import type { Instant, OccurredAt } from '../../domain/kernel/time.ts';
import { REFERENCE_VERSION } from '../../domain/reference/version.ts';
import { recordOf } from '../../domain/stream-kinds.ts';
import { inBatches } from '../in-batches.ts';
import { type Box, seal, unseal } from '../sealing/cipher.ts';
import { type DataKey, findUnlessDestroyed, type KeyRing } from '../sealing/key-ring.ts';
import { freshBytes } from '../sealing/random.ts';
import { boxPlace } from '../sealing/replacement.ts';
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
  /** What is sealed of entries with the keys of the records that they are about. */
  readonly entries?: readonly EntryBox[];
}

interface EntryBox {
  readonly index: number;
  readonly keyId: string;
  readonly box: Box;
}

/** What is in the box: the sealed fields of the data, and the document of a statement. */
interface Sealed {
  readonly data: Readonly<Record<string, unknown>>;
  readonly document?: string | undefined;
}

const SALT_BYTES = 16;

/** So many keys of the entries of one event are looked for at once. */
const KEYS_AT_ONCE = 32;

/** What the one who appends knows of an event; versions, key and salt are the codec's. */
export type Origin = Omit<EventMetadata, 'schemaVersion' | 'referenceVersion' | 'keyId' | 'salt'>;

/** Encodes an event for the stream of a record: splits its data and seals what is not open, under the key of the record that it is about. */
export const encodeEvent = (
  stream: string,
  id: string,
  event: Event<string, Readonly<Record<string, unknown>>>,
  origin: Origin,
  key: DataKey,
  keyOf: (entry: SealedEntry) => DataKey,
): EventToAppend => {
  const kind = kindOf(stream);
  const { open, sealed, entries } = splitData(kind.rules.shapes, event.type, event.data);
  const { office, document } = event.statedBy ?? {};
  const box: Sealed = { data: sealed, document };
  const data: StoredData = {
    occurredAt: event.occurredAt,
    ...(office !== undefined && { statedBy: { office } }),
    open,
    ...((document !== undefined || Object.keys(sealed).length > 0) && {
      sealed: seal(key.key, JSON.stringify(box), boundTo(stream, id, event.type)),
    }),
    ...(entries.length > 0 && {
      entries: entries.map((entry): EntryBox => {
        const its = keyOf(entry);
        const bound = boundTo(stream, id, event.type, entry.index);
        return { index: entry.index, keyId: its.id, box: seal(its.key, JSON.stringify(entry.data), bound) };
      }),
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
  readonly entries: readonly EntryBox[];
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
  return { event, metadata, sealed: stored.sealed, entries: stored.entries ?? [], storedType: logged.type };
};

/** Whether something of an event is sealed. */
export const isSealed = ({ sealed, entries }: Pick<DecodedEvent, 'sealed' | 'entries'>): boolean =>
  sealed !== undefined || entries.length > 0;

/** Whether what is sealed of an entry may be opened, by the record that it is about. */
export type EntryFilter = (record: Pick<SealedEntry, 'category' | 'id'>) => boolean;

/** The boxes of the entries of an event that may be opened. */
export const boxesFor = (
  stream: string,
  { event, entries }: DecodedEvent,
  mayOpen: EntryFilter,
): readonly EntryBox[] => {
  const shape = kindOf(stream).rules.shapes[event.type]?.entries;
  if (shape === undefined) return entries;
  const { list, category, id } = shape;
  const records = (event.data as Fields)[list] as readonly Fields[];
  return entries.filter(({ index }) => mayOpen({ category, id: String(records[index]?.[id]) }));
};

/**
 * The event with what was sealed beside what is open; undefined where the key was destroyed. What was sealed of an entry stays away where
 * its key was destroyed, or where it may not be opened. Throws EventUnreadable where a box does not open, and what the event log throws.
 */
export const unsealEvent = async <E extends RecordedEvent>(
  stream: string,
  decoded: DecodedEvent<E>,
  keys: Keys,
  mayOpen: EntryFilter = () => true,
): Promise<E | undefined> => {
  const { event, metadata, sealed, storedType } = decoded;
  const entries = boxesFor(stream, decoded, mayOpen);
  const open = async (keyId: string, box: Box, ...part: readonly number[]): Promise<unknown> => {
    const found = await openBox(keys, keyId, box, { stream, id: event.id, type: storedType, part });
    return found && JSON.parse(found.plain);
  };
  const box = sealed === undefined ? undefined : ((await open(metadata.keyId, sealed)) as Sealed | undefined);
  if (sealed !== undefined && box === undefined) return undefined;
  if (box === undefined && entries.length === 0) return event;
  const ofOthers = await inBatches(entries, KEYS_AT_ONCE, async ({ index, keyId, box: its }) => ({
    index,
    data: (await open(keyId, its, index)) as Fields,
  }));
  const { shapes } = kindOf(stream).rules;
  return {
    ...event,
    ...(event.statedBy && { statedBy: { ...event.statedBy, document: box?.document } }),
    data: { ...joinEntries(shapes, event.type, event.data as Fields, ofOthers), ...box?.data },
  };
};

/** What of a key ring is needed to open boxes. */
export type Keys = Pick<KeyRing, 'find' | 'replacement'>;

/**
 * What is in a box; undefined where its key was destroyed, and it was not sealed anew. Throws EventUnreadable where it does not open, and
 * what the event log throws.
 */
const openBox = async (
  keys: Keys,
  keyId: string,
  box: Box,
  place: Place,
): Promise<Pick<OpenedBox, 'plain' | 'keyId'> | undefined> => {
  let held = { keyId, box };
  for (;;) {
    const key = await findUnlessDestroyed(keys, held.keyId);
    if (key !== undefined) return { plain: opened(held.box, key, place), keyId: held.keyId };
    const replaced = await keys.replacement(held.keyId);
    const anew = replaced?.boxes.get(boxPlace(place.id, ...place.part));
    if (replaced === undefined || anew === undefined) return undefined;
    held = { keyId: replaced.by, box: anew };
  }
};

/** A box of an event as it is opened. */
export interface OpenedBox {
  /** The event of which it is, and its place among the boxes of the record. */
  readonly eventId: string;
  readonly place: string;
  /** What it is bound to. */
  readonly associated: string;
  readonly plain: string;
  /** The key under which it stands now. */
  readonly keyId: string;
}

/** What is sealed of an event itself, and of its entries about some records, as far as it still opens. Throws as `unsealEvent` does. */
export const openBoxes = async (
  stream: string,
  decoded: DecodedEvent,
  keys: Keys,
  { ofEvent, ofEntries }: { readonly ofEvent: boolean; readonly ofEntries: EntryFilter },
): Promise<readonly OpenedBox[]> => {
  const { event, metadata, sealed, storedType } = decoded;
  const boxes = [
    ...(ofEvent && sealed !== undefined ? [{ keyId: metadata.keyId, box: sealed, part: [] }] : []),
    ...boxesFor(stream, decoded, ofEntries).map(({ index, keyId, box }) => ({ keyId, box, part: [index] })),
  ];
  const openedBoxes = await inBatches(boxes, KEYS_AT_ONCE, async ({ keyId, box, part }) => {
    const found = await openBox(keys, keyId, box, { stream, id: event.id, type: storedType, part });
    const place = boxPlace(event.id, ...part);
    const associated = boundTo(stream, event.id, storedType, ...part);
    return found === undefined ? [] : [{ ...found, eventId: event.id, place, associated }];
  });
  return openedBoxes.flat();
};

interface Place {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
  readonly part: readonly number[];
}

const opened = (box: Box, key: DataKey, { stream, id, type, part }: Place): string => {
  try {
    return unseal(key.key, box, boundTo(stream, id, type, ...part)).toString('utf8');
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

/** A box opens only as this event of this stream, that of an entry only at its place in the list. */
const boundTo = (stream: string, id: string, type: string, ...part: readonly number[]): string =>
  JSON.stringify([stream, id, type, ...part]);

const kindOf = (stream: string): AnyStreamKind => {
  const record = recordOf(stream);
  if (record === undefined) throw new Error(`${stream} is the stream of no record that this program knows`);
  return record.kind;
};
