import fastify from 'fastify';
import t from 'tap';
import { entityTag, expectedRevision, isNotModified, roleClassOf } from '../../src/http/entity-tag.ts';
import { Problem } from '../../src/http/problem.ts';

const tag = entityTag({ revision: 12, versions: [1, 3], roleClass: 'worker', language: 'zh-Hans' });

const app = fastify();
app.get('/', (request, reply) => {
  if (isNotModified(request, reply, tag)) return;
  reply.send('rendered');
});
app.post('/', (request) => ({ revision: expectedRevision(request) ?? null }));
app.setErrorHandler((error, _request, reply) => {
  reply.code(error instanceof Problem ? error.status : 500).send();
});

const ifNoneMatch = async (value: string) =>
  (await app.inject({ url: '/', headers: { 'if-none-match': value } })).statusCode;

t.test('an entity tag names all that the answer depends on', async (t) => {
  t.equal(tag, '"12.v1-3.worker.zh-Hans"');
  t.equal(entityTag({ revision: 0, versions: [3], roleClass: 'auditor' }), '"0.v3.auditor"');
  t.equal(entityTag({ revision: '0000000000000042', versions: [2], part: 'csv' }), '"0000000000000042.v2.csv"');
  t.same((['recorder', 'liaison', 'protection', 'auditor'] as const).map(roleClassOf), [
    'worker',
    'worker',
    'protection',
    'auditor',
  ]);
});

t.test('who has the answer already is told so', async (t) => {
  for (const same of [tag, `W/${tag}`, `"0.v1-3.worker", ${tag}`, '*']) t.equal(await ifNoneMatch(same), 304, same);
  for (const other of ['"12.v1-3.worker"', '"11.v1-3.worker.zh-Hans"', 'x'])
    t.equal(await ifNoneMatch(other), 200, other);
  const answer = await app.inject({ url: '/', headers: { 'if-none-match': tag } });
  t.equal(answer.headers.etag, tag);
  t.equal(answer.body, '');
});

t.test('the revision is read back from an entity tag', async (t) => {
  const post = (value?: string) =>
    app.inject({ method: 'POST', url: '/', headers: value === undefined ? {} : { 'if-match': value } });
  t.same((await post(tag)).json(), { revision: 12 });
  t.same((await post('"7"')).json(), { revision: 7 });
  t.same((await post('*')).json(), { revision: null });
  t.same((await post()).json(), { revision: null });
  for (const bad of ['12', `W/${tag}`, '"x"', '', '"1","2"']) t.equal((await post(bad)).statusCode, 400, bad);
});
