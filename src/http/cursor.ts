import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { pageOf } from '../../projections/page.ts';

const MAX_CURSOR_LENGTH = 1_000;

/**
 * Where a list goes on: opaque to the caller, JSON in base64url to us. It is checked by its schema like everything
 * else that comes in, so it may not hold what the sender may not see, and is to be believed no more than a filter. It names its list, so
 * that one of another does not pass for one of this.
 */
export const createCursor = <Value>(list: string, value: z.ZodType<Value>) => {
  const ofList = z.tuple([z.literal(list), value]);
  const encode = (at: Value): string => Buffer.from(JSON.stringify([list, at])).toString('base64url');
  const linkToNext = (request: FastifyRequest, reply: FastifyReply, at: Value): void => {
    const { pathname, searchParams } = new URL(request.url, 'http://ledger');
    searchParams.set('cursor', encode(at));
    reply.header('link', `<${pathname}?${searchParams}>; rel="next"`);
  };
  return {
    encode,
    /** The query parameter `cursor`. */
    schema: z
      .string()
      .max(MAX_CURSOR_LENGTH)
      .transform((text, context): Value => {
        const parsed = ofList.safeParse(decode(text));
        if (parsed.success) return parsed.data[1] as Value;
        context.addIssue('expected a cursor as the link to the next page of this list gave it');
        return z.NEVER;
      })
      .describe('Where the list goes on; from the link to the next page'),
    /** Names the next page (RFC 8288): the same request with another cursor. */
    linkToNext,
    /** The page of rows, of which one more than it has room for was asked for; names the next page where there is one. */
    page: <Row>(
      request: FastifyRequest,
      reply: FastifyReply,
      {
        rows,
        limit,
        placeOf,
      }: { readonly rows: readonly Row[]; readonly limit: number; readonly placeOf: (row: Row) => Value },
    ): readonly Row[] => {
      const { items, next } = pageOf(rows, limit, placeOf);
      if (next !== undefined) linkToNext(request, reply, next);
      return items;
    },
  };
};

const decode = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};
