import t from 'tap';
import { CASE_STATUSES } from '../../domain/case/document.ts';
import { caseEvents } from '../../domain/case/events.ts';
import { startApp } from '../support/app.ts';

type Node = Readonly<Record<string, unknown>>;

/** All values under a key anywhere in a document. */
const valuesOf = (key: string, node: unknown): unknown[] =>
  typeof node !== 'object' || node === null
    ? []
    : Object.entries(node).flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesOf(key, value)]);

const resolve = (document: Node, pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((node, part) => (node as Node | undefined)?.[part], document);

t.test('the interface is described by OpenAPI 3.1', async (t) => {
  const { get } = await startApp(t);
  const answer = await get('/openapi.json');
  t.match(answer.headers['content-type'], 'application/json');
  const document = answer.json();
  t.match(document.openapi, /^3\.1/);

  for (const pointer of valuesOf('$ref', document) as string[]) t.ok(resolve(document, pointer), pointer);
  const operations = Object.values(document.paths as Record<string, Record<string, Node>>).flatMap(Object.values);
  const ids = operations.map(({ operationId }) => operationId);
  t.equal(new Set(ids).size, operations.length, 'each operation has an id of its own');
  t.ok(operations.every(({ summary, tags }) => summary !== undefined && tags !== undefined));
  for (const { responses } of operations as { responses: Node }[]) {
    t.match(responses[503], {
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    });
  }
});

t.test('each event type is described with its data', async (t) => {
  const { get } = await startApp(t);
  const { components, paths } = (await get('/openapi.json')).json();
  const types = components.schemas.RecordCaseEvent.oneOf.map(({ title }: { title: string }) => title);
  t.same(types, Object.keys(caseEvents));
  for (const type of types) t.equal(components.schemas[`Case.${type}`].additionalProperties, false, type);
  t.match(components.schemas['Case.handed-over-at-border-pass'], {
    properties: { handoverDate: { type: 'string' }, pass: { enum: ['dongxing'] } },
    required: ['handoverDate'],
  });
  t.same(components.schemas.OpenCase.required, ['kind', 'requestingParty', 'minor', 'person', 'occurredAt']);
  t.same(components.schemas.Case.properties.status.enum, CASE_STATUSES);
  const post = paths['/v1/cases/{caseId}/events'].post;
  t.match(post.parameters, [
    { name: 'caseId', in: 'path' },
    { name: 'Idempotency-Key', required: true },
    { name: 'If-Match' },
  ]);
  t.same(post.security, [{ token: [] }]);
  const { parameters, responses } = paths['/v1/cases/{caseId}'].get;
  t.match(parameters.at(-1), { name: 'Accept-Language' });
  t.ok(parameters.some(({ name }: { name: string }) => name === 'If-None-Match'));
  t.same(Object.keys(responses[304]), ['description'], 'what the sender has is not sent again');
  t.hasProps(
    paths['/v1/cases/search'].post.responses,
    ['200', '413', '415'],
    'a body can be refused that writes nothing',
  );
  t.hasProps(post.responses, ['201', '400', '401', '403', '404', '412', '413', '415', '422', '428', '429', '503']);
});

t.test('the documentation is served whole, from here alone', async (t) => {
  const { get } = await startApp(t);
  t.equal((await get('/docs')).headers.location, '/docs/');
  const page = await get('/docs/');
  t.equal(page.statusCode, 200);
  t.match(page.body, '"url": "/openapi.json"');
  t.same(
    [...page.body.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, src]) => src),
    ['js/scalar.js'],
  );
  t.notMatch(page.body, /https?:\/\//, 'nothing is loaded from elsewhere');
  t.match(page.headers['content-security-policy'], /default-src 'none'; script-src 'self' 'unsafe-inline'/);
  const script = await get('/docs/js/scalar.js');
  t.equal(script.statusCode, 200);
  t.match(script.headers['content-type'], 'application/javascript');
});
