import { z } from 'zod';
import { officeSchema, sideSchema } from '../../domain/kernel/sides.ts';
import { instantSchema, occurredAtSchema } from '../../domain/kernel/time.ts';
import { recordOf } from '../../domain/stream-kinds.ts';
import { decodeEvent } from '../event-log/codec.ts';
import type { LoggedEvent } from '../event-log/port.ts';

/** As the codec writes it; see `EventMetadata`. */
const metadataSchema = z.strictObject({
  schemaVersion: z.int().min(1),
  referenceVersion: z.string().min(1),
  recordedAt: instantSchema,
  importedAt: instantSchema.optional(),
  recordedBy: z.strictObject({ subject: z.string(), office: officeSchema, side: sideSchema, role: z.string() }),
  commandId: z.string().min(1),
  fingerprint: z.base64url(),
  correlationId: z.string().min(1),
  causationId: z.string().min(1),
  keyId: z.uuid(),
  salt: z.base64url(),
});

const boxSchema = z.base64().min(1);

const dataSchema = z.strictObject({
  occurredAt: occurredAtSchema,
  statedBy: z.strictObject({ office: officeSchema }).optional(),
  open: z.record(z.string(), z.unknown()),
  sealed: boxSchema.optional(),
  entries: z.array(z.strictObject({ index: z.int().min(0), keyId: z.uuid(), box: boxSchema })).optional(),
});

const faultsIn = (what: string, schema: z.ZodType, text: string): readonly string[] => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return [`its ${what} are not JSON`];
  }
  return faultsOf(what, schema, json);
};

const faultsOf = (what: string, schema: z.ZodType, value: unknown): readonly string[] => {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `its ${what} at /${path.join('/')}: ${message}`);
};

/** What is wrong with an event of a record by itself: its form, and its open data against the shape of its type. Empty where nothing is. */
export const faultsOfForm = (logged: LoggedEvent): readonly string[] => {
  const record = recordOf(logged.stream);
  if (record === undefined) return [`${logged.stream} is the stream of no record`];
  if (!z.uuid().safeParse(logged.id).success) return [`${logged.id} is no UUID`];
  const faults = [
    ...faultsIn('metadata', metadataSchema, logged.metadata),
    ...faultsIn('data', dataSchema, logged.data),
  ];
  if (faults.length > 0) return faults;
  try {
    const { event } = decodeEvent(logged);
    const shape = record.kind.rules.shapes[event.type];
    return shape === undefined
      ? [`a ${record.kind.category} has no event ${event.type}`]
      : faultsOf('open data', shape.open, event.data);
  } catch (error) {
    return [(error as Error).message];
  }
};
