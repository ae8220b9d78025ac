import type { FastifyRequest } from 'fastify';
import { LANGUAGES, type Language } from '../../domain/reference/entry.ts';

/**
 * The language of ours that the sender likes best; undefined where `Accept-Language` is left out, or names none of them.
 * Chinese is there in simplified characters only, so every `zh` gets them.
 */
export const acceptedLanguage = (request: FastifyRequest): Language | undefined => {
  for (const tag of request.accepts().languages()) {
    const language = LANGUAGES.find((ours) => primaryOf(ours) === primaryOf(tag));
    if (language !== undefined) return language;
  }
  return undefined;
};

const primaryOf = (tag: string): string | undefined => tag.toLowerCase().split('-')[0];
