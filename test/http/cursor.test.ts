import type { FastifyReply, FastifyRequest } from 'fastify';
import t from 'tap';
import { z } from 'zod';
import { createCursor } from '../../src/http/cursor.ts';

const shape = z.strictObject({ since: z.string(), id: z.number() });
const { encode, schema, linkToNext } = createCursor('cases', shape);
const at = { since: '2017-11-03', id: 7 };

t.test('a cursor comes back as it went out', async (t) => {
  t.match(encode(at), /^[\w-]+$/);
  t.same(schema.parse(encode(at)), at);
});

t.test('what is no cursor of the list is refused', async (t) => {
  const anything = createCursor('cases', z.unknown());
  for (const bad of [
    '',
    'x',
    '%%%',
    anything.encode({ id: 7 }),
    anything.encode([1]),
    anything.encode({ since: 'a', id: 1, b: 2 }),
    createCursor('requests', shape).encode(at),
  ]) {
    t.match(schema.safeParse(bad).error?.issues, [{ message: /expected a cursor as the link to the next page/ }]);
  }
  t.notOk(schema.safeParse('a'.repeat(1001)).success);
});

t.test('the link to the next page is the same request with another cursor', async (t) => {
  const headers: Record<string, string> = {};
  const reply = { header: (name: string, value: string) => Object.assign(headers, { [name]: value }) };
  const request = { url: '/v1/cases?kind=fugitive&cursor=old&limit=5' };
  linkToNext(request as FastifyRequest, reply as unknown as FastifyReply, at);
  t.equal(headers.link, `</v1/cases?kind=fugitive&cursor=${encode(at)}&limit=5>; rel="next"`);
});
