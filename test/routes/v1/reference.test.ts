import t from 'tap';
import { CODE_LISTS } from '../../../domain/code-lists.ts';
import { startApp } from '../../support/app.ts';

t.test('the index names every list', async (t) => {
  const { get } = await startApp(t);
  const { lists, version } = (await get('/v1/reference')).json();
  t.type(version, 'string');
  t.same(
    lists.map(({ list }: { list: string }) => list),
    Object.keys(CODE_LISTS),
  );
  for (const { href, entries } of lists) t.equal((await get(href)).json().entries.length, entries, href);
});

t.test('labels come in the language that is asked for, or in all three', async (t) => {
  const { get } = await startApp(t);
  const labels = async (accept?: string) => {
    const answer = await get('/v1/reference/border-passes', accept === undefined ? {} : { 'accept-language': accept });
    t.equal(answer.headers.vary, 'accept-language');
    return { language: answer.headers['content-language'], labels: answer.json().entries[0].labels };
  };
  const all = { en: 'Dongxing', 'zh-Hans': '东兴', vi: 'Móng Cái' };
  t.same(await labels(), { language: undefined, labels: all });
  t.same(await labels('fr'), { language: undefined, labels: all });
  t.same(await labels('vi-VN, en;q=0.5'), { language: 'vi', labels: { vi: 'Móng Cái' } });
  t.same(await labels('en;q=0.5, zh-CN'), { language: 'zh-Hans', labels: { 'zh-Hans': '东兴' } });
  t.same(await labels('zh-Hant-TW'), { language: 'zh-Hans', labels: { 'zh-Hans': '东兴' } });
  t.same(await labels('en-GB'), { language: 'en', labels: { en: 'Dongxing' } });
});

t.test('a list that is known already is not sent again', async (t) => {
  const { get } = await startApp(t);
  const first = await get('/v1/reference/offences', { 'accept-language': 'vi' });
  t.match(first.headers['cache-control'], /public, max-age=/);
  const etag = String(first.headers.etag);
  const again = await get('/v1/reference/offences', { 'accept-language': 'vi', 'if-none-match': etag });
  t.equal(again.statusCode, 304);
  t.equal(again.body, '');
  t.equal((await get('/v1/reference/offences', { 'if-none-match': etag })).statusCode, 200, 'in another language');
});

t.test('a list that is not there', async (t) => {
  const { get } = await startApp(t);
  const answer = await get('/v1/reference/passes');
  t.equal(answer.statusCode, 400);
  t.match(answer.json().errors, [{ in: 'path', name: 'list', detail: /border-passes, deadline-rules, directions/ }]);
});
