import { z } from 'zod';
import type { Event } from './event.ts';
import { textSchema } from './text.ts';
import { occurredAtSchema } from './time.ts';

/** What the data of an event type look like as they are stored: what is open, and what is sealed. */
export interface EventShape<Open extends z.ZodObject = z.ZodObject, Sealed extends z.ZodObject = z.ZodObject> {
  readonly open: Open;
  readonly sealed: Sealed;
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
export const eventShape = <Open extends z.ZodRawShape, Sealed extends z.ZodRawShape>(open: Open, sealed: Sealed) => ({
  open: z.strictObject(open),
  sealed: z.strictObject({ ...sealedOnEveryEvent, ...sealed }),
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

/** Splits the data of an event into what is stored open and what is sealed: whatever the type does not name as open. */
export const splitData = (
  shapes: EventShapes,
  type: string,
  data: Readonly<Record<string, unknown>>,
): { open: Record<string, unknown>; sealed: Record<string, unknown> } => {
  const openFields = shapes[type]?.open.shape ?? {};
  const open: Record<string, unknown> = {};
  const sealed: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(data)) {
    if (value === undefined) continue;
    (Object.hasOwn(openFields, field) ? open : sealed)[field] = value;
  }
  return { open, sealed };
};
