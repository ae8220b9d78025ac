import { z } from 'zod';
import type { EventShapes } from './event-shapes.ts';
import type { Refusal } from './refusal.ts';
import { fail, ok, type Result } from './result.ts';
import { refusalsOf, sayWhatIsExpected } from './shape.ts';
import { statedBySchema } from './stated-by.ts';
import { occurredAtSchema } from './time.ts';

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

/** The event types that can open a record, and the fields that it is opened with, as they come in. */
export interface OpeningShape {
  readonly types: readonly string[];
  readonly fields: z.ZodRawShape;
}

export interface CheckedData {
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/**
 * What a record is opened with comes in by a way of its own, `parseOpening` of the rules, and not with the data of an event that opens it.
 */
export const createInput = (shapes: EventShapes, { types, fields: openingFields }: OpeningShape): Input => {
  const isSent = (type: string, field: string): boolean =>
    !DERIVED_FIELDS.includes(field) && !(types.includes(type) && Object.hasOwn(openingFields, field));
  const schemas = new Map(
    Object.entries(shapes).map(([type, { open, sealed }]) => {
      const fields = Object.entries({ ...open.shape, ...sealed.shape });
      return [type, z.strictObject(Object.fromEntries(fields.filter(([field]) => isSent(type, field))))];
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
      const parsed = schema.safeParse(data, { error: sayWhatIsExpected });
      return parsed.success ? ok({ type, data: parsed.data }) : fail(refusalsOf(parsed.error, `${pointer}/data`));
    },

    parseChanges: (type, changes, { ofOpening }) => {
      const fields: Record<string, z.ZodType> = {
        ...schemaOf(type).shape,
        ...(ofOpening && (openingFields as object)),
      };
      const changeable = Object.entries(fields).map(([field, schema]) => {
        const mayBeLeftOut = schema.safeParse(undefined).success;
        return [field, (mayBeLeftOut ? schema.nullable() : schema).optional()];
      });
      const parsed = z.strictObject(Object.fromEntries(changeable)).safeParse(changes, { error: sayWhatIsExpected });
      return parsed.success ? ok(parsed.data) : fail(refusalsOf(parsed.error, '/data/changes'));
    },

    dataJsonSchema: (type) => z.toJSONSchema(schemaOf(type), { io: 'input' }),
  };
};

const tellingSchema = z.object({ occurredAt: occurredAtSchema, statedBy: statedBySchema.optional() });

/** Checks what every command has: when it happened, and whose word it is. */
export const checkTelling = (command: {
  readonly occurredAt: unknown;
  readonly statedBy?: unknown;
}): readonly Refusal[] => {
  const parsed = tellingSchema.safeParse(command, { error: sayWhatIsExpected });
  return parsed.success ? [] : refusalsOf(parsed.error, '');
};
