import { z } from 'zod';
import type { EventShapes } from './event-shapes.ts';
import type { Refusal } from './refusal.ts';
import { fail, ok, type Result } from './result.ts';
import { refusalsOf, sayWhatIsMissing } from './shape.ts';
import { statedBySchema } from './stated-by.ts';
import { occurredAtSchema } from './time.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Fields that do not come in: they are worked out from what an event puts right. */
const DERIVED_FIELDS = ['eventType', 'sealedChanges', 'sealedData'];

/** Checks what comes in for one kind of stream. */
export interface Input {
  /** Type and data of an event. `pointer` is where the event stands in the command: '' or '/data/event'. */
  parseData(type: string, data: unknown, pointer: string): Result<CheckedData, readonly Refusal[]>;
  /**
   * The values of a correction against the fields of the event type that it corrects; null takes a field away that may be left out.
   * What a record is opened with is corrected in the event that opened it.
   */
  parseChanges(
    type: string,
    changes: unknown,
    options: { readonly ofOpening: boolean },
  ): Result<Record<string, unknown>, readonly Refusal[]>;
  /** The JSON Schema of the data of an event type as it is to be sent. */
  dataJsonSchema(type: string): object;
}

export interface CheckedData {
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** `opening` are the fields that only come in with the opening of a record, by a way of their own: `parseOpening` of the rules. */
export const createInput = (shapes: EventShapes, opening: z.ZodRawShape): Input => {
  const notSent = new Set([...Object.keys(opening), ...DERIVED_FIELDS]);
  const schemas = new Map(
    Object.entries(shapes).map(([type, { open, sealed }]) => {
      const fields = Object.entries({ ...open.shape, ...sealed.shape });
      return [type, z.strictObject(Object.fromEntries(fields.filter(([field]) => !notSent.has(field))))];
    }),
  );
  const schemaOf = (type: string): z.ZodObject => {
    const schema = schemas.get(type);
    if (schema === undefined) throw new Error(`there is no event type ${type}`);
    return schema;
  };

  return {
    parseData: (type, data, pointer) => {
      const schema = schemas.get(type);
      if (schema === undefined) {
        const message = `there is no event type ${JSON.stringify(type)}`;
        return fail([{ code: 'unknown-event-type', message, pointer: `${pointer}/type` }]);
      }
      const parsed = schema.safeParse(data, { error: sayWhatIsMissing });
      return parsed.success ? ok({ type, data: parsed.data }) : fail(refusalsOf(parsed.error, `${pointer}/data`));
    },

    parseChanges: (type, changes, { ofOpening }) => {
      const fields: Record<string, z.ZodType> = { ...schemaOf(type).shape, ...(ofOpening && (opening as object)) };
      const changeable = Object.entries(fields).map(([field, schema]) => {
        const mayBeLeftOut = schema.safeParse(undefined).success;
        return [field, (mayBeLeftOut ? schema.nullable() : schema).optional()];
      });
      const parsed = z.strictObject(Object.fromEntries(changeable)).safeParse(changes);
      return parsed.success ? ok(parsed.data) : fail(refusalsOf(parsed.error, '/data/changes'));
    },

    dataJsonSchema: (type) => z.toJSONSchema(schemaOf(type), { io: 'input' }),
  };
};

const tellingSchema = z.object({ occurredAt: occurredAtSchema, statedBy: statedBySchema.optional() });

/** Checks what every command has: when it happened, and whose word it is. */
export const checkTelling = (command: Fields): readonly Refusal[] => {
  const parsed = tellingSchema.safeParse(command, { error: sayWhatIsMissing });
  return parsed.success ? [] : refusalsOf(parsed.error, '');
};
