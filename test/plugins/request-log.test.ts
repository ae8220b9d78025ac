import { Writable } from 'node:stream';
import { pino } from 'pino';
import t from 'tap';
import { loggerOptions } from '../../src/plugins/request-log.ts';
import { startApp } from '../support/app.ts';
import { fugitive } from '../support/case-bodies.ts';

t.test('one line for each answer, and nothing in it of a person, a body, an address or a token', async (t) => {
  const { post, get, as, logged } = await startApp(t);
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const secret = 'Nguyễn Văn Bí Mật';
  const person = { names: [{ text: secret, script: 'Latn', role: 'native' }] };
  const opened = await post('/v1/cases', { ...fugitive, person }, officer);
  await post('/v1/cases', { ...fugitive, person, kind: secret }, officer);
  await post('/v1/cases', `{"name":"${secret}`, officer);
  await get(`/v1/reference?name=${encodeURIComponent(secret)}`);
  await get(`/v1/${encodeURIComponent(secret)}`);

  const lines = logged()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  t.match(lines, [
    {
      msg: 'answered',
      req: { method: 'POST', route: '/v1/cases' },
      status: 201,
      role: 'recorder',
      office: 'CN-GX-BLO',
    },
    { status: 422 },
    { status: 400 },
    { status: 400, req: { method: 'GET', route: '/v1/reference' } },
    { status: 404 },
  ]);
  t.equal(lines.length, 5);
  for (const absent of [secret, encodeURIComponent(secret), opened.json().id, officer.authorization, 'Bearer']) {
    t.notOk(logged().includes(absent), absent);
  }
});

t.test('what somebody logs by mistake is taken out', async (t) => {
  let text = '';
  const logger = pino(
    loggerOptions('info'),
    new Writable({
      write: (chunk, _encoding, done) => {
        text += chunk;
        done();
      },
    }),
  );
  const error = Object.assign(new Error('failed'), {
    body: { name: 'N. V. A.' },
    headers: { authorization: 'Bearer x' },
  });
  const request = { method: 'POST', headers: { authorization: 'Bearer x' }, body: { name: 'N. V. A.' } };
  logger.error({ err: error, ...request }, 'the parts of a request');
  logger.error({ error, request }, 'a request as it is');
  t.match(text, /"message":"failed"/);
  t.notMatch(text, /N\. V\. A\.|Bearer/);
});
