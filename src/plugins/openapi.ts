import fastifySwagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ACCESS_PURPOSE } from '../http/access-purpose.ts';
import { PROBLEM_MEDIA_TYPE, problemSchema } from '../http/problem.ts';

interface Documented {
  readonly type: string;
  readonly description: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The component that documents the body, where its schema leaves a part of it to the domain. */
    readonly body?: string;
    /** The bodies that the route takes, by media type, where JSON is not the only one; the route checks them itself. */
    readonly bodies?: Readonly<Record<string, z.ZodType>>;
    /** Request headers besides those that the route's other settings imply. */
    readonly headers?: Readonly<Record<string, Documented>>;
    /** Answers with an `ETag`, and without a body where the sender has that already. */
    readonly tagged?: true;
    /** What the schema of an answer does not say, by status. */
    readonly answers?: Readonly<
      Record<number, { readonly description: string; readonly headers: Readonly<Record<string, Documented>> }>
    >;
  }
}

type JsonSchema = Record<string, unknown>;

/** What routes name among the components: answers that are registered under their id, and the bodies of commands. */
export interface Components {
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  readonly commands: () => JsonSchema;
}

type Config = NonNullable<RouteOptions['config']>;

const IDEMPOTENCY_KEY: Documented = {
  type: 'string',
  description: 'Names the request, so that it can be sent again: 1 to 200 visible ASCII characters, such as a UUID',
};

const IF_NONE_MATCH = {
  'If-None-Match': { type: 'string', description: 'The ETag of what the sender has' },
} as const;

/** Without a body. */
const NOT_MODIFIED = { type: 'null', description: 'It is as the sender has it' } as const;

const withZod = createJsonSchemaTransform({});

/** The document that describes the interface: OpenAPI 3.1 at /openapi.json, made from the schemas that the routes check by. */
export const openapi = fp<{ readonly components: Components }>(
  async (app, { components }) => {
    await app.register(fastifySwagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Handover Ledger',
          version: '1',
          description:
            'Records what happens to fugitive and repatriation cases between China and Viet Nam, and answers from those records.',
        },
        components: {
          securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
        },
      },
      transform: (route) => {
        const { schema, url } = withZod(route as never);
        const { config = {}, method } = route.route;
        return { schema: schema.hide === true ? schema : complete(schema, method, config), url };
      },
      // Made when the document is asked for: it would be a good part of the start.
      transformObject: (described) => {
        if (!('openapiObject' in described)) throw new Error('this describes the interface by OpenAPI 3');
        const { openapiObject: document } = described;
        return { ...document, components: { ...document.components, schemas: schemasOf(components) } } as never;
      },
    } satisfies FastifyDynamicSwaggerOptions);

    let document: string | undefined;
    app.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, (_request, reply) => {
      document ??= JSON.stringify(app.swagger());
      return reply.type('application/json; charset=utf-8').send(document);
    });
  },
  { name: 'openapi' },
);

const schemasOf = ({ schemas, commands }: Components): JsonSchema => ({
  ...Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, componentOf(id, schema)])),
  Problem: componentOf('Problem', problemSchema),
  ...commands(),
});

/** A schema that is registered under an id becomes a definition of that name. */
const componentOf = (id: string, schema: z.ZodType): JsonSchema => {
  const { id: _, ...component } = z.toJSONSchema(schema).$defs?.[id] ?? {};
  return component;
};

/** Adds what the plugins do to every route: the token, the headers of the conventions, the problems. */
const complete = (schema: object, method: RouteOptions['method'], config: Config): JsonSchema => {
  const { headers, body, response, ...rest } = schema as Record<string, JsonSchema | undefined>;
  const writes = method === 'POST' && config.writes !== false;
  return {
    ...rest,
    ...(config.public !== true && { security: [{ token: [] }] }),
    ...(body && { body: config.body === undefined ? body : { $ref: `#/components/schemas/${config.body}` } }),
    ...(config.bodies && { body: { content: bodiesOf(config.bodies) } }),
    headers: {
      type: 'object',
      properties: {
        ...(writes && { 'Idempotency-Key': IDEMPOTENCY_KEY }),
        ...(config.shows && ACCESS_PURPOSE),
        ...(config.tagged && IF_NONE_MATCH),
        ...config.headers,
      },
      required: writes ? ['Idempotency-Key'] : [],
    },
    response: {
      ...withHeaders(response ?? {}, config),
      ...(config.tagged && { 304: NOT_MODIFIED }),
      ...problemsOf({ ...rest, body }, response ?? {}, writes, config),
    },
  };
};

const bodiesOf = (bodies: NonNullable<Config['bodies']>): JsonSchema =>
  Object.fromEntries(Object.entries(bodies).map(([mediaType, schema]) => [mediaType, { schema: inDocument(schema) }]));

/** In an OpenAPI document the dialect is said once for all (OpenAPI 3.1, section 4.8.24.5). */
const inDocument = (schema: z.ZodType): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
};

const withHeaders = (response: JsonSchema, { answers = {} }: Config): JsonSchema =>
  Object.fromEntries(
    Object.entries(response).map(([status, schema]) => {
      const more = answers[Number(status)];
      if (more === undefined) return [status, schema];
      return [status, { ...more, content: { 'application/json': { schema } } }];
    }),
  );

const isInSeveralForms = (answer: unknown): boolean =>
  Object.keys((answer as { readonly content?: object }).content ?? {}).length > 1;

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request is malformed, or a value in it is not as it should be',
  401: 'No good bearer token',
  403: 'Not for this role, or not for this account',
  404: 'There is no such thing, or not for this account',
  406: 'None of the representations that there are',
  412: 'The record has changed since it was seen',
  413: 'The body is larger than the service takes',
  415: 'The body is of another media type than it can be',
  422: 'The ledger does not accept this; each reason with its place in the body',
  428: 'This needs `If-Match`',
  429: 'Too many requests',
  503: 'Not now; `Retry-After` says when',
};

const problemsOf = (
  { params, body }: Record<string, unknown>,
  response: JsonSchema,
  writes: boolean,
  config: Config,
): JsonSchema => {
  const statuses = [
    400,
    ...(config.public === true ? [] : [401, 403]),
    ...(params === undefined ? [] : [404]),
    ...(Object.values(response).some(isInSeveralForms) ? [406] : []),
    ...(config.headers?.['If-Match'] === undefined ? [] : [412, 428]),
    ...(writes || body !== undefined ? [413, 415] : []),
    ...(writes ? [422] : []),
    429,
    503,
  ];
  const content = { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(statuses.map((status) => [status, { description: PROBLEMS[status], content }]));
};
