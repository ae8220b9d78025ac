import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { behindItsBack } from '../support/behind-its-back.ts';
import { fugitive } from '../support/case-bodies.ts';
import { cli, serving } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { clientOf } from '../support/http-client.ts';
import { testFolder } from '../support/test-folder.ts';

t.test('the own log is held against its trees and its checkpoints, also of who has read what', async (t) => {
  const environment = { DATA_DIR: testFolder(t) };
  const service = await serving(t, environment);
  const client = async (role: string) =>
    clientOf(() => service.address, (await cli(['token', '--role', role], environment)).stdout.trim());
  const officer = await client('recorder');
  const opened = await officer.post('/v1/cases', fugitive);
  t.equal(opened.status, 201);
  const seen = { 'min-event-position': String(opened.headers.get('event-position')) };
  t.equal((await officer.get(`${opened.body.links.self}?include=person`, seen)).status, 200);
  const auditor = await client('auditor');
  await eventually(async () => {
    const { checkpoint, access } = (await auditor.get('/v1/transparency')).body;
    return checkpoint?.leaves === 1 && access.checkpoint?.leaves > 0;
  });
  await service.stop();
  const file = join(
    environment.DATA_DIR,
    readdirSync(environment.DATA_DIR).find((name) => name.endsWith('.sqlite')) ?? '',
  );
  const tampered = (sql: string): void => behindItsBack({ location: { kind: 'sqlite', file } }, sql);

  const whole = await cli(['verify'], environment);
  t.equal(whole.code, 0, whole.stdout);
  t.match(whole.stdout, /^the log: 1 leaves, root \S+; beside it \d+ events of who has read what$/m);

  const signatureOf = (stream: string): string =>
    `UPDATE event SET data = json_set(data, '$.note', substr(data ->> '$.note', 1, length(data ->> '$.note') - 10) || 'AAAAAAAA=' || char(10)) WHERE stream = '${stream}'`;
  for (const [what, sql, expected] of [
    ['a signature', signatureOf('checkpoints'), /FAULT revision \d+ of checkpoints: its signature does not hold/],
    [
      'one of the other tree',
      signatureOf('checkpoints-of-access'),
      /FAULT revision \d+ of checkpoints-of-access: .*signature/,
    ],
    [
      'who has read',
      `UPDATE event SET data = replace(data, 'recorder', 'auditor') WHERE stream LIKE 'access-%'`,
      /FAULT event \S+ \(\S+\), revision 0 of access-\S+ at position \d+, leaf 0, is not as it was recorded/,
    ],
  ] as const) {
    tampered(sql);
    const { code, stdout } = await cli(['verify'], environment);
    t.equal(code, 1, what);
    t.match(stdout, expected, what);
  }

  t.test('and nothing is made where there is no tree yet', async (t) => {
    const elsewhere = { DATA_DIR: join(testFolder(t, { data: {} }), 'data') };
    const refused = await cli(['verify'], elsewhere);
    t.equal(refused.code, 1);
    t.match(refused.stderr, /there is no event log at/);
    t.notOk(existsSync(join(elsewhere.DATA_DIR, 'transparency')));
  });
});
