import { z } from 'zod';
import type { Refusal } from '../kernel/refusal.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { type Person, personSchema } from '../person/person.ts';
import { type CaseEventType, caseEvents, isCaseEventType, particularsOfCaseSchema, splitData } from './events.ts';

/**
 * The shapes in which event data come in: what is open and what is sealed side by side. Only a correction and a late record
 * come in otherwise than they are stored; see `stored`.
 */
const inputSchemas = Object.fromEntries(
  Object.entries(caseEvents).map(([type, { open, sealed }]) => [
    type,
    inputSchema(type as CaseEventType, open, sealed),
  ]),
) as unknown as Readonly<Record<CaseEventType, z.ZodObject>>;

function inputSchema(type: CaseEventType, open: z.ZodObject, sealed: z.ZodObject): z.ZodObject {
  const all = z.strictObject({ ...open.shape, ...sealed.shape });
  if (type === 'corrected') return all.omit({ eventType: true, sealedChanges: true });
  if (type === 'recorded-late') return all.omit({ sealedData: true });
  return all;
}

/** An opening event brings the case with it, but by its own way in (`parseParticulars`), not as an event's data. */
const OPENING_FIELDS = ['case', 'person', 'caseNumbers', 'warrantNumber'];

const dataSchemas = Object.fromEntries(
  Object.entries(inputSchemas).map(([type, schema]) => {
    const opening = OPENING_FIELDS.filter((field) => field in schema.shape).map((field) => [field, true as const]);
    return [type, schema.omit(Object.fromEntries(opening))];
  }),
) as unknown as Readonly<Record<CaseEventType, z.ZodObject>>;

/** The JSON Schema of the data of an event type as it is to be sent. */
export const dataJsonSchema = (type: CaseEventType): object => z.toJSONSchema(dataSchemas[type], { io: 'input' });

/** The JSON Schema of what a case is opened with. */
export const openCaseInput = (): z.ZodObject => openCaseSchema;

/** Checks the data of an event as they came in. Each fault has its JSON pointer below `pointer`. */
export const parseData = (
  type: string,
  data: unknown,
  pointer: string,
): Result<{ type: CaseEventType; data: Record<string, unknown> }, readonly Refusal[]> => {
  if (!isCaseEventType(type)) {
    const message = `there is no event type ${JSON.stringify(type)}`;
    return fail([{ code: 'unknown-event-type', message, pointer: '/type' }]);
  }
  const parsed = dataSchemas[type].safeParse(data);
  return parsed.success ? ok({ type, data: parsed.data }) : fail(refusalsOf(parsed.error, pointer));
};

const openCaseSchema = z.strictObject({
  ...particularsOfCaseSchema.shape,
  person: personSchema,
  caseNumbers: caseEvents.reported.sealed.shape.caseNumbers,
  warrantNumber: caseEvents.reported.sealed.shape.warrantNumber,
});

/** Checks what a case is opened with; open particulars come back under `case`, sealed ones beside it, as they are stored. */
export const parseParticulars = (
  particulars: unknown,
): Result<{ case: z.infer<typeof particularsOfCaseSchema>; person: Person }, readonly Refusal[]> => {
  const parsed = openCaseSchema.safeParse(particulars);
  if (!parsed.success) return fail(refusalsOf(parsed.error, ''));
  const { person, caseNumbers, warrantNumber, ...open } = parsed.data;
  return ok({ case: open, person, ...(caseNumbers && { caseNumbers }), ...(warrantNumber && { warrantNumber }) });
};

/** Checks the values of a correction against the fields of the event type that it corrects; null takes a field away. */
export const parseChanges = (
  type: CaseEventType,
  changes: unknown,
  current: Fields,
): Result<{ open: Record<string, unknown>; sealed: Record<string, unknown> }, readonly Refusal[]> => {
  const { shape } = inputSchemas[type];
  const nullable = Object.fromEntries(
    Object.entries(shape).map(([field, schema]) => [
      field,
      (schema as z.ZodType).safeParse(undefined).success
        ? (schema as z.ZodType).nullable().optional()
        : (schema as z.ZodType).optional(),
    ]),
  );
  const parsed = z.strictObject(nullable).safeParse(changes);
  if (!parsed.success) return fail(refusalsOf(parsed.error, '/data/changes'));
  const fixed = changedKind(current, parsed.data);
  if (fixed !== undefined) return fail([fixed]);
  return ok(splitData(type, parsed.data));
};

/** Which table a case follows cannot change under a history that was decided by it. */
const changedKind = (current: Fields, changes: Fields): Refusal | undefined => {
  if (!('case' in changes)) return undefined;
  const [before, after] = [current.case, changes.case] as [Fields | undefined, Fields | null];
  if (after !== null && before?.kind === after.kind) return undefined;
  return {
    code: 'invalid',
    message: 'the kind of a case cannot be corrected: annul its first event and open a case of the right kind',
    pointer: '/data/changes/case',
  };
};

type Fields = Readonly<Record<string, unknown>>;

/** The faults that a schema found, each with its JSON pointer (RFC 6901) below `prefix`. */
export const refusalsOf = (error: z.ZodError, prefix: string): readonly Refusal[] =>
  error.issues.flatMap((issue) => {
    const at = (path: readonly PropertyKey[]): string =>
      prefix + path.map((part) => `/${escapePointer(String(part))}`).join('');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(
        (key): Refusal => ({
          code: 'invalid',
          message: `unknown field ${JSON.stringify(key)}`,
          pointer: at([...issue.path, key]),
        }),
      );
    }
    return [{ code: 'invalid', message: issue.message, pointer: at(issue.path) } satisfies Refusal];
  });

const escapePointer = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');
