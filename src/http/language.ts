import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CODE_LISTS } from '../../domain/code-lists.ts';
import { LANGUAGES, type Language } from '../../domain/reference/entry.ts';

/** How a route documents the header by which labels are chosen. */
export const ACCEPT_LANGUAGE = {
  'Accept-Language': { type: 'string', description: 'BCP 47 tags; en, zh-Hans and vi are there' },
} as const;

/**
 * The language of ours that the sender likes best; undefined where `Accept-Language` is left out, or names none of them.
 * Chinese is there in simplified characters only, so every `zh` gets them.
 */
export const acceptedLanguage = (request: FastifyRequest): Language | undefined => {
  // What fastify meets before it knows the route comes without what plugins add to a request.
  if (request.headers['accept-language'] === undefined || !('accepts' in request)) return undefined;
  for (const tag of request.accepts().languages()) {
    const language = LANGUAGES.find((ours) => primaryOf(ours) === primaryOf(tag));
    if (language !== undefined) return language;
  }
  return undefined;
};

const primaryOf = (tag: string): string | undefined => tag.toLowerCase().split('-')[0];

/** The same, and the answer says by what it was chosen. */
export const answerLanguage = (request: FastifyRequest, reply: FastifyReply): Language | undefined => {
  const language = acceptedLanguage(request);
  reply.header('vary', 'accept-language');
  if (language !== undefined) reply.header('content-language', language);
  return language;
};

const LABELS_DIGEST = hash('sha256', JSON.stringify(CODE_LISTS), 'hex').slice(0, 8);

/** How an entity tag names the language: with the state of the labels, because another label makes another answer. */
export const languageInTag = (language: Language | undefined): string | undefined =>
  language && `${language}-${LABELS_DIGEST}`;
