import { isUtf8 } from 'node:buffer';
import type { FastifyError } from 'fastify';
import fp from 'fastify-plugin';
import { hasFiniteNumbers } from '../finite-numbers.ts';
import { Problem } from '../http/problem.ts';

export const BODY_LIMIT_BYTES = 256 * 1024;

/**
 * JSON bodies (RFC 8259): in UTF-8 and nothing else, because a name in another encoding would be put on record spoilt; without
 * keys that reach for the prototype. No other media type is read.
 */
export const jsonBody = fp(
  async (app) => {
    const parse = app.getDefaultJsonParser('error', 'error');
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
      const encoding = request.headers['content-encoding'];
      if (encoding !== undefined && encoding !== 'identity') {
        done(unsupportedEncoding());
        return;
      }
      if (!isUtf8(body)) {
        done(new Problem('malformed-json', 'the body is not in UTF-8'));
        return;
      }
      const text = body.toString('utf8');
      parse(request, text, (error, value) => {
        if (error !== null) done(isSyntaxFault(error) ? new Problem('malformed-json', faultOf(text)) : error);
        else if (HALF_ESCAPED.test(text) && !isWellFormed(value)) done(new Problem('malformed-json', HALF_A_CHARACTER));
        else if (!hasFiniteNumbers(text, value)) done(new Problem('malformed-json', TOO_LARGE));
        else done(null, value);
      });
    });
  },
  { name: 'json-body' },
);

/** RFC 9110, section 15.5.16: the answer says what would be understood. */
export const unsupportedEncoding = (): Problem =>
  new Problem('unsupported-media-type', 'send the body as it is, without a content coding', {
    faults: [{ in: 'header', name: 'Content-Encoding', detail: 'expected none' }],
    headers: { 'accept-encoding': 'identity' },
  });

/** Half a surrogate pair is no Unicode text (RFC 8259, section 8.2): what one reader keeps, another cannot write. */
const HALF_A_CHARACTER = 'the body holds half a character: a \\u escape of a surrogate without its other half';

const TOO_LARGE = 'the body holds a number that is too large to be kept, such as 1e400';

/** Without one of these escapes a text in UTF-8 holds no lone surrogate. */
const HALF_ESCAPED = /\\u[dD][89a-fA-F]/;

export const isWellFormed = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, part]) => key.isWellFormed() && isWellFormed(part));
};

const isSyntaxFault = (error: Error): boolean => (error as FastifyError).code === 'FST_ERR_CTP_INVALID_JSON_BODY';

/** Where the text stops being JSON, without repeating it: it may hold a person's data. */
const faultOf = (text: string): string => {
  try {
    JSON.parse(text);
  } catch (error) {
    const place = /\(line (\d+) column (\d+)\)/.exec((error as Error).message);
    return place === null
      ? 'the body is no JSON, or ends too early'
      : `the body is no JSON at line ${place[1]}, column ${place[2]}`;
  }
  return 'the keys __proto__ and constructor.prototype are not accepted';
};
