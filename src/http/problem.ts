import { z } from 'zod';
import type { Language } from '../../domain/reference/entry.ts';
import { PROBLEM_TITLES } from './problem-titles.ts';

/**
 * Everything that can be wrong with a request, or with the service, as the caller sees it: the code in the problem's type, and its
 * HTTP status. Codes are stable; programs look at them.
 */
const STATUSES = {
  'malformed-request': 400,
  'malformed-json': 400,
  'invalid-request': 400,
  unauthenticated: 401,
  forbidden: 403,
  'purpose-required': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'request-timeout': 408,
  stale: 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  refused: 422,
  'idempotency-key-reused': 422,
  'precondition-required': 428,
  'too-many-requests': 429,
  'headers-too-large': 431,
  internal: 500,
  unavailable: 503,
  overloaded: 503,
  contended: 503,
  'not-yet-scanned': 503,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof STATUSES;

/** One fault: where it is (in the body by a JSON pointer, elsewhere by its name) and what would be right. */
export type Fault =
  | { readonly pointer: string; readonly detail: string; readonly code?: string }
  | { readonly in: 'header' | 'path' | 'query'; readonly name: string; readonly detail: string }
  /** Of a body that is a table: its line, from 1 as a text editor counts them, and the column by its heading. */
  | { readonly line: number; readonly column?: string; readonly detail: string; readonly code?: string }
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
    this.status = STATUSES[code];
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

/** The body of a problem (RFC 9457), with its title in a language. `requestId` is found again in the log. */
export const problemJson = (
  { code, message, status, faults }: Problem,
  requestId: string,
  language: Language = 'en',
): string =>
  JSON.stringify({
    type: TYPE_PREFIX + code,
    title: PROBLEM_TITLES[code][language],
    status,
    detail: message,
    instance: `urn:handover-ledger:request:${requestId}`,
    errors: faults,
  });

const place = { code: z.string().optional(), detail: z.string().describe('What would be right') };

export const problemSchema = z
  .strictObject({
    type: z
      .enum(Object.keys(STATUSES).map((code) => TYPE_PREFIX + code))
      .describe('What kind of problem it is; stable'),
    title: z.string().describe('In the language of `Accept-Language`; else in English'),
    status: z.int(),
    detail: z.string().describe('What is wrong this time, and what would be right'),
    instance: z.string().describe('This request, as the log of the service names it'),
    errors: z
      .array(
        z.union([
          z.strictObject({ pointer: z.string().describe('JSON pointer (RFC 6901) into the body'), ...place }),
          z.strictObject({ in: z.enum(['header', 'path', 'query']), name: z.string(), detail: place.detail }),
          z.strictObject({
            line: z.int().describe('The line of a body that is a table, from 1'),
            column: z.string().optional().describe('The column by its heading'),
            ...place,
          }),
          z.strictObject(place),
        ]),
      )
      .optional(),
  })
  .describe('A problem (RFC 9457)');

z.globalRegistry.add(problemSchema, { ...problemSchema.meta(), id: 'Problem' });
