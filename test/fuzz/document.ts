import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Answer } from '../support/app.ts';
import { INSIDE } from '../support/inside.ts';
import type { JsonSchema } from './schema-values.ts';

/** What may be done by the document of the interface. */
export interface Operation {
  readonly operationId: string;
  readonly method: 'GET' | 'POST';
  /** As in the document, such as `/v1/cases/{caseId}`. */
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header';
    readonly required: boolean;
    readonly schema: JsonSchema;
  }[];
  /** The schemas of its bodies by media type; empty where it takes none. */
  readonly bodies: Readonly<Record<string, JsonSchema>>;
  readonly responses: JsonSchema;
}

export const operationsOf = (document: JsonSchema): readonly Operation[] =>
  Object.entries<JsonSchema>(document.paths).flatMap(([path, methods]) =>
    Object.entries<JsonSchema>(methods).map(([method, { operationId, parameters = [], requestBody, responses }]) => ({
      operationId,
      method: method.toUpperCase() as 'GET',
      path,
      parameters,
      bodies: Object.fromEntries(
        Object.entries<JsonSchema>(requestBody?.content ?? {}).map(([type, { schema }]) => [type, schema]),
      ),
      responses,
    })),
  );

const partOf = (text: string): string => text.replaceAll('~', '~0').replaceAll('/', '~1');

/** Where answers have no end. */
export const EVENT_STREAM = 'text/event-stream';

/** The JSON in a body. */
const textsIn = (body: string, mediaType: string): readonly string[] => {
  if (mediaType === 'application/x-ndjson') return body.split('\n').filter(Boolean);
  if (mediaType !== EVENT_STREAM) return [body];
  return body.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice('data: '.length)] : []));
};

/** Events among what goes on without an end, in an answer. */
export const eventsSent = ({ headers, body }: Answer): number =>
  String(headers['content-type']).startsWith(EVENT_STREAM) ? textsIn(body, EVENT_STREAM).length : 0;

/** Judges answers by the document alone; gives what is wrong with one, in words, or nothing. */
export const createJudge = (document: JsonSchema) => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, unicodeRegExp: true, allErrors: false });
  ajv.addSchema({ ...document, $id: 'document' }, 'document');
  const compiled = new Map<string, ValidateFunction>();

  const validatorOf = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `document#${encodeURI(pointer)}` });
    compiled.set(pointer, known);
    return known;
  };

  return ({ method, path, responses }: Operation, { statusCode, headers, body }: Answer): string | undefined => {
    if (INSIDE.test(body)) return 'it tells of the inside';
    const documented = responses[statusCode];
    if (documented === undefined) return 'no such status is documented';
    if (documented.content === undefined) return body === '' ? undefined : 'a body, and none is documented';
    const mediaType = String(headers['content-type']).split(';', 1)[0] as string;
    if (documented.content[mediaType] === undefined) return `${mediaType} is not documented`;
    if (mediaType === 'text/csv') return undefined;
    const place = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(statusCode),
      'content',
      mediaType,
      'schema',
    ];
    const validate = validatorOf(`/${place.map(partOf).join('/')}`);
    const strange = mediaType === EVENT_STREAM && body.split('\n').find((line) => !/^($|:|id: |data: )/.test(line));
    if (typeof strange === 'string') return `no line of server-sent events: ${strange}`;
    for (const text of textsIn(body, mediaType)) {
      if (!validate(JSON.parse(text))) return `its body does not fit: ${ajv.errorsText(validate.errors)}`;
    }
    return undefined;
  };
};
