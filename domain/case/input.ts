import { z } from 'zod';
import type { Refusal } from '../kernel/refusal.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { refusalsOf, sayWhatIsMissing } from '../kernel/shape.ts';
import { occurredAtSchema } from '../kernel/time.ts';
import { type Person, personSchema } from '../person/person.ts';
import {
  type CaseEventType,
  caseEvents,
  isCaseEventType,
  particularsOfCaseSchema,
  splitData,
  statedBySchema,
} from './events.ts';

/** Fields that do not come in with an event's data: the case and its person come in by `parseParticulars`, ... */
const OPENING_FIELDS = ['case', 'person', 'caseNumbers', 'warrantNumber'];
/** ... and these are worked out from what they put right. */
const DERIVED_FIELDS = ['eventType', 'sealedChanges', 'sealedData'];

/** The shapes in which event data come in: what is open and what is sealed side by side. */
const dataSchemas = Object.fromEntries(
  Object.entries(caseEvents).map(([type, { open, sealed }]) => {
    const fields = Object.entries({ ...open.shape, ...sealed.shape });
    const sent = fields.filter(([field]) => ![...OPENING_FIELDS, ...DERIVED_FIELDS].includes(field));
    return [type, z.strictObject(Object.fromEntries(sent))];
  }),
) as unknown as Readonly<Record<CaseEventType, z.ZodObject>>;

const openingSealed = {
  person: personSchema,
  caseNumbers: caseEvents.reported.sealed.shape.caseNumbers,
  warrantNumber: caseEvents.reported.sealed.shape.warrantNumber,
};

/** What a case is opened with, as it is to be sent. */
export const openCaseSchema = z.strictObject({ ...particularsOfCaseSchema.shape, ...openingSealed });

/** The JSON Schema of the data of an event type as it is to be sent. */
export const dataJsonSchema = (type: CaseEventType): object => z.toJSONSchema(dataSchemas[type], { io: 'input' });

const tellingSchema = z.object({ occurredAt: occurredAtSchema, statedBy: statedBySchema.optional() });

/** Checks what every command has: when it happened, and whose word it is. */
export const checkTelling = (command: { occurredAt: unknown; statedBy?: unknown }): readonly Refusal[] => {
  const parsed = tellingSchema.safeParse(command, { error: sayWhatIsMissing });
  return parsed.success ? [] : refusalsOf(parsed.error, '');
};

/** Checks type and data of an event as they came in. `pointer` is where the event stands in the command: '' or '/data/event'. */
export const parseData = (
  type: string,
  data: unknown,
  pointer: string,
): Result<{ type: CaseEventType; data: Record<string, unknown> }, readonly Refusal[]> => {
  if (!isCaseEventType(type)) {
    const message = `there is no event type ${JSON.stringify(type)}`;
    return fail([{ code: 'unknown-event-type', message, pointer: `${pointer}/type` }]);
  }
  const parsed = dataSchemas[type].safeParse(data, { error: sayWhatIsMissing });
  return parsed.success ? ok({ type, data: parsed.data }) : fail(refusalsOf(parsed.error, `${pointer}/data`));
};

/** What a case is opened with, as it is stored. */
export interface Particulars {
  readonly case: z.infer<typeof particularsOfCaseSchema>;
  readonly person: Person;
}

/** Checks what a case is opened with; open particulars come back under `case`, sealed ones beside it, as they are stored. */
export const parseParticulars = (particulars: unknown): Result<Particulars, readonly Refusal[]> => {
  const parsed = openCaseSchema.safeParse(particulars, { error: sayWhatIsMissing });
  if (!parsed.success) return fail(refusalsOf(parsed.error, ''));
  const { person, caseNumbers, warrantNumber, ...open } = parsed.data;
  return ok({ case: open, person, ...(caseNumbers && { caseNumbers }), ...(warrantNumber && { warrantNumber }) });
};

/**
 * Checks the values of a correction against the fields of the event that it corrects; null takes a field away that may be
 * left out. The case and its person are corrected in the event that opened it.
 */
export const parseChanges = (
  corrected: { readonly type: CaseEventType; readonly data: Fields },
  changes: unknown,
): Result<{ open: Record<string, unknown>; sealed: Record<string, unknown> }, readonly Refusal[]> => {
  const opens = 'case' in corrected.data;
  const shape = {
    ...dataSchemas[corrected.type].shape,
    ...(opens && { case: particularsOfCaseSchema, ...openingSealed }),
  };
  const fields = Object.entries(shape as Record<string, z.ZodType>).map(([field, schema]) => {
    const mayBeLeftOut = schema.safeParse(undefined).success;
    return [field, (mayBeLeftOut ? schema.nullable() : schema).optional()];
  });
  const parsed = z.strictObject(Object.fromEntries(fields)).safeParse(changes);
  if (!parsed.success) return fail(refusalsOf(parsed.error, '/data/changes'));
  const fixed = changedKind(corrected.data, parsed.data);
  return fixed === undefined ? ok(splitData(corrected.type, parsed.data)) : fail([fixed]);
};

/** Which table a case follows cannot change under a history that was decided by it. */
const changedKind = (current: Fields, changes: Fields): Refusal | undefined => {
  const [before, after] = [current.case, changes.case] as [Fields | undefined, Fields | undefined];
  if (after === undefined || before?.kind === after.kind) return undefined;
  return {
    code: 'invalid',
    message: 'the kind of a case cannot be corrected: annul its first event and open a case of the right kind',
    pointer: '/data/changes/case/kind',
  };
};

type Fields = Readonly<Record<string, unknown>>;
