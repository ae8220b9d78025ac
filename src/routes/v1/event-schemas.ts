import { z } from 'zod';
import type { Input } from '../../../domain/kernel/input.ts';
import { openBodySchema, recordEventBodySchema } from './command-schemas.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const toJsonSchema = (schema: z.ZodType): JsonSchema => withoutDialect(z.toJSONSchema(schema, { io: 'input' }));

/** In an OpenAPI document the dialect is said once for all (OpenAPI 3.1, section 4.8.24.5). */
const withoutDialect = ({ $schema, ...schema }: JsonSchema): JsonSchema => schema;

const ref = (component: string): JsonSchema => ({ $ref: `#/components/schemas/${component}` });

const { occurredAt, statedBy } = recordEventBodySchema.shape;
const aboutEvent = { occurredAt: toJsonSchema(occurredAt), statedBy: toJsonSchema(statedBy) };

/** What the bodies of the commands of one kind of record are made of. */
export interface CommandShapes {
  /** In the names of the components, such as `Case`. */
  readonly name: string;
  readonly types: readonly string[];
  readonly input: Input;
  readonly openSchema: z.ZodObject;
}

/** The names of the components that describe the bodies: to open a record, and to record an event of it. */
export const openComponent = (name: string): string => `Open${name}`;
export const recordComponent = (name: string): string => `Record${name}Event`;

/** The bodies of the commands as OpenAPI components: each event type with the JSON Schema of its data. */
export const commandComponents = ({
  name,
  types,
  input,
  openSchema,
}: CommandShapes): Readonly<Record<string, JsonSchema>> => {
  const dataComponent = (type: string): string => `${name}.${type}`;
  const recordEventOf = (type: string): JsonSchema => {
    const needsData = 'required' in input.dataJsonSchema(type);
    return {
      title: type,
      type: 'object',
      properties: { type: { const: type }, ...aboutEvent, data: ref(dataComponent(type)) },
      required: ['type', 'occurredAt', ...(needsData ? ['data'] : [])],
      additionalProperties: false,
    };
  };
  return {
    [openComponent(name)]: toJsonSchema(z.strictObject({ ...openSchema.shape, ...openBodySchema.shape })),
    [recordComponent(name)]: {
      description:
        'Which events may come next, and from whom, depends on where the record stands: see its `next` link.',
      oneOf: types.map(recordEventOf),
    },
    ...Object.fromEntries(
      types.map((type) => [dataComponent(type), withoutDialect(input.dataJsonSchema(type) as JsonSchema)]),
    ),
  };
};
