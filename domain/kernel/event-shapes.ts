import { z } from 'zod';
import type { Event, Fields } from './event.ts';
import { textSchema } from './text.ts';
import { occurredAtSchema } from './time.ts';

/** What the data of an event type look like as they are stored: what is open, and what is sealed. */
export interface EventShape<Open extends z.ZodObject = z.ZodObject, Sealed extends z.ZodObject = z.ZodObject> {
  readonly open: Open;
  readonly sealed: Sealed;
  readonly entries?: EntriesOfOthers;
}

/**
 * An open list each of whose entries is about another record, such as the lines of minutes: what of an entry is sealed, is so with the
 * key of that record, and dies with it.
 */
export interface EntriesOfOthers {
  /** The field of the list. */
  readonly list: string;
  /** The kind of the records, and the field of an entry that holds the id of its record. */
  readonly category: string;
  readonly id: string;
  readonly sealed: readonly string[];
}

/** The shapes of one kind of stream, by the stored names of its event types. Stored names and fields never change. */
export type EventShapes = Readonly<Record<string, EventShape>>;

/**
 * The events of some shapes as rules and folds may rely on them: the open fields for certain, the sealed ones only where unsealed.
 */
export type EventOf<Shapes extends EventShapes> = {
  [Type in keyof Shapes & string]: Event<
    Type,
    z.infer<Shapes[Type]['open']> & Partial<z.infer<Shapes[Type]['sealed']>>
  >;
}[keyof Shapes & string];

const sealedOnEveryEvent = {
  /** Where it happened, in words. */
  place: textSchema(300).optional(),
  /** Where this is known from: a document, a report. */
  source: textSchema(500).optional(),
  note: textSchema(4000).optional(),
};

/** The fields of a shape that are its own, and not those of every event. */
export const ownFieldsOf = ({ open, sealed }: EventShape): z.ZodRawShape => {
  const own = Object.entries(sealed.shape).filter(([field]) => !Object.hasOwn(sealedOnEveryEvent, field));
  return { ...open.shape, ...Object.fromEntries(own) };
};

/** One event type. Open is only what rules, lists and counts need; all that can identify a person is sealed, free text included. */
export const eventShape = <Open extends z.ZodRawShape, Sealed extends z.ZodRawShape>(
  open: Open,
  sealed: Sealed,
  entries?: EntriesOfOthers,
) => ({
  open: z.strictObject(open),
  sealed: z.strictObject({ ...sealedOnEveryEvent, ...sealed }),
  ...(entries && { entries }),
});

const revisedFields = z.record(z.string(), z.unknown());
const reason = { reason: textSchema(1000) };
const anEventId = z.uuid({ error: 'expected the id of an event of this record, as its history gives it' });

/** What every kind of stream has to put the record right; see history.ts. */
export const revisingShapes = {
  corrected: eventShape(
    { eventId: anEventId, eventType: z.string(), occurredAt: occurredAtSchema.optional(), changes: revisedFields },
    { ...reason, sealedChanges: revisedFields.optional() },
  ),
  annulled: eventShape({ eventId: anEventId }, reason),
  'recorded-late': eventShape(
    {
      after: anEventId,
      event: z.strictObject({ type: z.string(), occurredAt: occurredAtSchema, data: revisedFields }),
    },
    { ...reason, sealedData: revisedFields.optional() },
  ),
} as const;

/** What is sealed of an entry with the key of the record that it is about. */
export interface SealedEntry {
  /** Its place in the list. */
  readonly index: number;
  readonly category: string;
  readonly id: string;
  readonly data: Fields;
}

export interface SplitData {
  readonly open: Record<string, unknown>;
  readonly sealed: Record<string, unknown>;
  readonly entries: readonly SealedEntry[];
}

/** Splits the data of an event into what is stored open and what is sealed: whatever the type does not name as open. */
export const splitData = (shapes: EventShapes, type: string, data: Fields): SplitData => {
  const shape = shapes[type];
  const openFields = shape?.open.shape ?? {};
  const open: Record<string, unknown> = {};
  const sealed: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(data)) {
    if (value === undefined) continue;
    (Object.hasOwn(openFields, field) ? open : sealed)[field] = value;
  }
  return shape?.entries === undefined ? { open, sealed, entries: [] } : splitEntries(shape.entries, open, sealed);
};

const splitEntries = (
  { list, category, id, sealed: sealedFields }: EntriesOfOthers,
  open: Record<string, unknown>,
  sealed: Record<string, unknown>,
): SplitData => {
  const entries: SealedEntry[] = [];
  // What is corrected of an event may be another field.
  if (open[list] === undefined) return { open, sealed, entries };
  const opened = (open[list] as readonly Fields[]).map((entry, index) => {
    const isSealed = ([field]: readonly [string, unknown]) => sealedFields.includes(field);
    const data = Object.fromEntries(Object.entries(entry).filter(isSealed));
    if (Object.keys(data).length > 0) entries.push({ index, category, id: String(entry[id]), data });
    return Object.fromEntries(Object.entries(entry).filter((field) => !isSealed(field)));
  });
  return { open: { ...open, [list]: opened }, sealed, entries };
};

/** Puts what was sealed of entries back into them. */
export const joinEntries = (
  shapes: EventShapes,
  type: string,
  open: Fields,
  entries: readonly Pick<SealedEntry, 'index' | 'data'>[],
): Fields => {
  const list = shapes[type]?.entries?.list;
  if (list === undefined || entries.length === 0) return open;
  const sealed = new Map(entries.map(({ index, data }) => [index, data]));
  const joined = (open[list] as readonly Fields[]).map((entry, index) => ({ ...entry, ...sealed.get(index) }));
  return { ...open, [list]: joined };
};
