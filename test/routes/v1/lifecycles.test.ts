import t from 'tap';
import { caseLifecycles } from '../../../domain/case/lifecycles/index.ts';
import { CASE_KINDS } from '../../../domain/reference/case-kinds.ts';
import { REGISTERS } from '../../../domain/stream-kinds.ts';
import { startApp } from '../../support/app.ts';

t.test('each kind of case has its table and its diagram', async (t) => {
  const { get } = await startApp(t);
  const { lifecycles } = (await get('/v1/lifecycles')).json();
  t.same(
    lifecycles.map(({ kind }: { kind: string }) => kind),
    [...CASE_KINDS, ...REGISTERS.map(({ category }) => category)],
  );
  for (const { kind, href, opensWith } of lifecycles) {
    const table = (await get(href)).json();
    t.equal(table.kind, kind);
    const register = REGISTERS.find(({ category }) => category === kind)?.register;
    const { rows } = register?.lifecycle ?? caseLifecycles[kind as keyof typeof caseLifecycles];
    t.equal(table.rows.length, rows.length);
    t.match(table.diagram, /^stateDiagram-v2\n/);
    t.ok(opensWith.length > 0);
    t.same(table.states[0], { state: 'not-opened', final: false });
  }
});

t.test('the diagram is there alone', async (t) => {
  const { get } = await startApp(t);
  const url = '/v1/lifecycles/fugitive';
  for (const answer of [await get(`${url}?format=mermaid`), await get(url, { accept: 'text/plain' })]) {
    t.equal(answer.headers['content-type'], 'text/plain; charset=utf-8');
    t.match(answer.body, /^stateDiagram-v2\n/);
    t.equal(answer.headers.vary, 'accept, accept-language');
  }
  t.match((await get(`${url}?format=json`, { accept: 'text/plain' })).headers['content-type'], 'application/json');
  t.match((await get(url, { accept: '*/*' })).headers['content-type'], 'application/json');
  t.equal((await get(url, { 'if-none-match': String((await get(url)).headers.etag) })).statusCode, 304);
});

t.test('what is not there is refused', async (t) => {
  const { get } = await startApp(t);
  const refused = async (url: string, status: number, fault: object, accept = '*/*') => {
    const answer = await get(url, { accept });
    t.equal(answer.statusCode, status, url);
    t.match(answer.json().errors, [fault], url);
  };
  await refused('/v1/lifecycles/spy', 400, { in: 'path', name: 'kind', detail: /fugitive, suspect/ });
  await refused('/v1/lifecycles/fugitive?format=png', 400, {
    in: 'query',
    name: 'format',
    detail: 'expected json or mermaid',
  });
  await refused('/v1/lifecycles/fugitive?colour=red', 400, { in: 'query', name: 'colour', detail: /unknown field/ });
  await refused('/v1/lifecycles/fugitive', 406, { in: 'header', name: 'Accept' }, 'image/png');
});
