import { z } from 'zod';

/**
 * Everything that can be wrong with a request, or with the service, as the caller sees it: the code in the problem's type, its
 * HTTP status and its title. Codes are stable; programs look at them.
 */
const PROBLEMS = {
  'malformed-request': [400, 'The request is malformed'],
  'malformed-json': [400, 'The body is not JSON'],
  'invalid-request': [400, 'The request is not as it should be'],
  unauthenticated: [401, 'The request does not tell who sends it'],
  forbidden: [403, 'This account may not do that'],
  'not-found': [404, 'There is no such thing'],
  'method-not-allowed': [405, 'This address does not know the method'],
  'not-acceptable': [406, 'No such representation'],
  'request-timeout': [408, 'The request took too long to arrive'],
  stale: [412, 'It has changed since it was seen'],
  'too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'The media type of the body is not supported'],
  refused: [422, 'The ledger does not accept this'],
  'idempotency-key-reused': [422, 'The idempotency key was used for something else'],
  'precondition-required': [428, 'The request must say what it has seen'],
  'too-many-requests': [429, 'Too many requests'],
  'headers-too-large': [431, 'The headers are too large'],
  internal: [500, 'The service failed'],
  unavailable: [503, 'The service is not available now'],
  overloaded: [503, 'The service has too much to do'],
  contended: [503, 'Others kept writing the same record'],
  'not-yet-scanned': [503, 'The view has not come so far yet'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One fault: where it is (in the body by a JSON pointer, elsewhere by its name) and what would be right. */
export type Fault =
  | { readonly pointer: string; readonly detail: string; readonly code?: string }
  | { readonly in: 'header' | 'path' | 'query'; readonly name: string; readonly detail: string }
  /** Of the request as a whole. */
  | { readonly detail: string; readonly code?: string };

/** A problem to be answered, thrown from wherever it is met. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly faults: readonly Fault[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /** `detail` says what is wrong this time and what would be right. */
  constructor(
    code: ProblemCode,
    detail: string,
    more: { readonly faults?: readonly Fault[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.code = code;
    this.status = PROBLEMS[code][0];
    this.faults = more.faults;
    this.headers = more.headers ?? {};
  }
}

/** The problem of one value beside the body: a header, a part of the path or of the query. */
export const invalidParameter = (where: 'header' | 'path' | 'query', name: string, detail: string): Problem =>
  new Problem('invalid-request', `${name}: ${detail}`, { faults: [{ in: where, name, detail }] });

const RETRY_AFTER_SECONDS = 1;

/** Headers of a problem that passes by itself. RFC 9110, section 10.2.3. */
export const retryLater = { headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } } as const;

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

const TYPE_PREFIX = 'urn:handover-ledger:problem:';

/** The body of a problem (RFC 9457). `requestId` is found again in the log. */
export const problemJson = ({ code, message, status, faults }: Problem, requestId: string): string =>
  JSON.stringify({
    type: TYPE_PREFIX + code,
    title: PROBLEMS[code][1],
    status,
    detail: message,
    instance: `urn:handover-ledger:request:${requestId}`,
    errors: faults,
  });

const place = { code: z.string().optional(), detail: z.string().describe('What would be right') };

export const problemSchema = z
  .strictObject({
    type: z
      .enum(Object.keys(PROBLEMS).map((code) => TYPE_PREFIX + code))
      .describe('What kind of problem it is; stable'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What is wrong this time, and what would be right'),
    instance: z.string().describe('This request, as the log of the service names it'),
    errors: z
      .array(
        z.union([
          z.strictObject({ pointer: z.string().describe('JSON pointer (RFC 6901) into the body'), ...place }),
          z.strictObject({ in: z.enum(['header', 'path', 'query']), name: z.string(), detail: place.detail }),
          z.strictObject(place),
        ]),
      )
      .optional(),
  })
  .describe('A problem (RFC 9457)');

z.globalRegistry.add(problemSchema, { ...problemSchema.meta(), id: 'Problem' });
