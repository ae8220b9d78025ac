import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isNotModified } from './entity-tag.ts';

/** An answer that is the same as long as the service runs. */
export interface Prepared {
  readonly mediaType: string;
  readonly body: string;
  readonly tag: string;
  readonly language?: string | undefined;
}

export const JSON_MEDIA_TYPE = 'application/json; charset=utf-8';

export const prepare = (body: string, mediaType: string, language?: string): Prepared => ({
  mediaType,
  body,
  tag: `"${hash('sha256', body, 'base64url')}"`,
  language,
});

export const prepareJson = (value: unknown, language?: string): Prepared =>
  prepare(JSON.stringify(value), JSON_MEDIA_TYPE, language);

/** Makes an answer of a kind when it is asked for the first time, and gives the same from then on: a start is not held up by all of them. */
export const preparedWhenAsked = <Asked extends readonly (string | undefined)[]>(
  make: (...asked: Asked) => Prepared,
): ((...asked: Asked) => Prepared) => {
  const made = new Map<string, Prepared>();
  return (...asked) => {
    const key = asked.join(' ');
    const prepared = made.get(key) ?? make(...asked);
    made.set(key, prepared);
    return prepared;
  };
};

/** Answers with JSON text that was made already. */
export const sendJson = (reply: FastifyReply, json: string): FastifyReply => reply.type(JSON_MEDIA_TYPE).send(json);

/** Answers with something prepared; `vary` names the request headers by which it was chosen. */
export const sendPrepared = (
  request: FastifyRequest,
  reply: FastifyReply,
  { mediaType, body, tag, language }: Prepared,
  vary?: string,
): void => {
  reply.header('cache-control', 'public, max-age=300');
  if (vary !== undefined) reply.header('vary', vary);
  if (language !== undefined) reply.header('content-language', language);
  if (!isNotModified(request, reply, tag)) reply.type(mediaType).send(body);
};
