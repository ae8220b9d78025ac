import type { FastifyReply, FastifyRequest } from 'fastify';
import t from 'tap';
import { z } from 'zod';
import { cursorSchema, encodeCursor, linkToNext } from '../../src/http/cursor.ts';

const schema = cursorSchema(z.strictObject({ since: z.string(), id: z.number() }));

t.test('a cursor comes back as it went out', async (t) => {
  const cursor = { since: '2017-11-03', id: 7 };
  t.match(encodeCursor(cursor), /^[\w-]+$/);
  t.same(schema.parse(encodeCursor(cursor)), cursor);
});

t.test('what is no cursor of the list is refused', async (t) => {
  for (const bad of [
    '',
    'x',
    '%%%',
    encodeCursor({ id: 7 }),
    encodeCursor([1]),
    encodeCursor({ since: 'a', id: 1, b: 2 }),
  ]) {
    t.match(schema.safeParse(bad).error?.issues, [{ message: /expected a cursor as the link to the next page/ }]);
  }
  t.notOk(schema.safeParse('a'.repeat(1001)).success);
});

t.test('the link to the next page is the same request with another cursor', async (t) => {
  const headers: Record<string, string> = {};
  const reply = { header: (name: string, value: string) => Object.assign(headers, { [name]: value }) };
  const request = { url: '/v1/cases?kind=fugitive&cursor=old&limit=5' };
  linkToNext(request as FastifyRequest, reply as unknown as FastifyReply, { id: 1 });
  t.equal(headers.link, `</v1/cases?kind=fugitive&cursor=${encodeCursor({ id: 1 })}&limit=5>; rel="next"`);
});
