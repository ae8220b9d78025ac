import { z } from 'zod';
import { caseInput } from '../../../../domain/case/decide.ts';
import { type CaseEventType, caseEvents } from '../../../../domain/case/events.ts';
import { openCaseSchema } from '../../../../domain/case/opening.ts';
import { openCaseBodySchema, recordEventBodySchema } from './schemas.ts';

const CASE_EVENT_TYPES = Object.keys(caseEvents) as CaseEventType[];

type JsonSchema = Readonly<Record<string, unknown>>;

const toJsonSchema = (schema: z.ZodType): JsonSchema => withoutDialect(z.toJSONSchema(schema, { io: 'input' }));

/** In an OpenAPI document the dialect is said once for all (OpenAPI 3.1, section 4.8.24.5). */
const withoutDialect = ({ $schema, ...schema }: JsonSchema): JsonSchema => schema;

/** Names the schema of an event type's data among the components of the OpenAPI document. */
const dataComponent = (type: CaseEventType): string => `data.${type}`;

const ref = (component: string): JsonSchema => ({ $ref: `#/components/schemas/${component}` });

const { occurredAt, statedBy } = recordEventBodySchema.shape;
const aboutEvent = { occurredAt: toJsonSchema(occurredAt), statedBy: toJsonSchema(statedBy) };

const recordEventOf = (type: CaseEventType): JsonSchema => {
  const needsData = 'required' in caseInput.dataJsonSchema(type);
  return {
    title: type,
    type: 'object',
    properties: { type: { const: type }, ...aboutEvent, data: ref(dataComponent(type)) },
    required: ['type', 'occurredAt', ...(needsData ? ['data'] : [])],
    additionalProperties: false,
  };
};

/** The bodies of the commands as OpenAPI components: each event type with the JSON Schema of its data. */
export const commandComponents = (): Readonly<Record<string, JsonSchema>> => ({
  OpenCase: toJsonSchema(z.strictObject({ ...openCaseSchema.shape, ...openCaseBodySchema.shape })),
  RecordEvent: {
    description: 'Which events may come next, and from whom, depends on the case: see its `next` link.',
    oneOf: CASE_EVENT_TYPES.map(recordEventOf),
  },
  ...Object.fromEntries(
    CASE_EVENT_TYPES.map((type) => [dataComponent(type), withoutDialect(caseInput.dataJsonSchema(type) as JsonSchema)]),
  ),
});
