import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

/**
 * Where a list goes on: opaque to the caller, JSON in base64url to us. It is checked by its schema like everything
 * else that comes in, so it may not hold what the sender may not see, and is to be believed no more than a filter.
 */
export const encodeCursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const MAX_CURSOR_LENGTH = 1_000;

/** The query parameter `cursor` of a list whose cursors have this shape. */
export const cursorSchema = <Value>(value: z.ZodType<Value>) =>
  z
    .string()
    .max(MAX_CURSOR_LENGTH)
    .transform((text, context): Value => {
      const parsed = value.safeParse(decode(text));
      if (parsed.success) return parsed.data;
      context.addIssue('expected a cursor as the link to the next page of this list gave it');
      return z.NEVER;
    })
    .describe('Where the list goes on; from the link to the next page');

const decode = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** Names the next page (RFC 8288): the same request with another cursor. */
export const linkToNext = (request: FastifyRequest, reply: FastifyReply, cursor: unknown): void => {
  const { pathname, searchParams } = new URL(request.url, 'http://ledger');
  searchParams.set('cursor', encodeCursor(cursor));
  reply.header('link', `<${pathname}?${searchParams}>; rel="next"`);
};
