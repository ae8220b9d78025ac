import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../http/problem.ts';
import { unsupportedEncoding } from './json-body.ts';

/** A body that is text. */
export interface TextBody {
  readonly mediaType: string;
  readonly text: string;
}

export const isTextBody = (body: unknown): body is TextBody =>
  typeof body === 'object' && body !== null && 'mediaType' in body && 'text' in body;

/** Lets the routes of an app take bodies of some media types as text: in UTF-8 and nothing else, so that no name is put on record spoilt. */
export const acceptText = (app: FastifyInstance, mediaTypes: readonly string[]): void => {
  for (const mediaType of mediaTypes) {
    app.addContentTypeParser(mediaType, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
      const encoding = request.headers['content-encoding'];
      if (encoding !== undefined && encoding !== 'identity') done(unsupportedEncoding());
      else if (!isUtf8(body)) done(new Problem('malformed-request', NOT_UTF8));
      else done(null, { mediaType, text: body.toString('utf8') } satisfies TextBody);
    });
  }
};

const NOT_UTF8 = 'the body is not in UTF-8: save the table as CSV in UTF-8, so that no name is spoilt';
