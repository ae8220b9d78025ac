import type { FastifyRequest } from 'fastify';
import type { Language } from '../../domain/reference/entry.ts';

/**
 * The language of ours that the sender likes best; undefined where `Accept-Language` is left out, or names none of them.
 * Chinese is there in simplified characters only, so every `zh` gets them.
 */
export const acceptedLanguage = (request: FastifyRequest): Language | undefined => {
  for (const tag of request.accepts().languages()) {
    const [primary] = tag.toLowerCase().split('-');
    if (primary === 'zh') return 'zh-Hans';
    if (primary === 'vi' || primary === 'en') return primary;
  }
  return undefined;
};
