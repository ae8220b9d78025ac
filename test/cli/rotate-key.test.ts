import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { bodyOf } from '../support/case-bodies.ts';
import { cli, serving } from '../support/cli.ts';
import { clientOf } from '../support/http-client.ts';
import { wayTo } from '../support/ordinary-ways.ts';
import { testFolder } from '../support/test-folder.ts';

const SERVER = process.env.EVENTSTOREDB_URL;

t.test('a key-encryption key is never dropped while something may still be wrapped under it', async (t) => {
  t.test('of an embedded log there is no run of its own for it', async (t) => {
    const refused = await cli(['rotate-key', '--destroy-old'], { DATA_DIR: testFolder(t) });
    t.equal(refused.code, 2);
  });

  const skip = SERVER === undefined ? 'EVENTSTOREDB_URL names no server' : false;
  t.test('on EventStoreDB not before a second run finds nothing under it', { skip }, async (t) => {
    const environment = {
      DATA_DIR: testFolder(t),
      EVENT_STORE: SERVER ?? '',
      LEDGER_NAME: `test-${randomUUID().slice(0, 13)}`,
    };
    const keyFile = join(environment.DATA_DIR, 'key-encryption-key.json');
    const keysInFile = (): number => JSON.parse(readFileSync(keyFile, 'utf8')).keys?.length ?? 1;
    const forgotten = await serving(t, environment);
    const token = (await cli(['token', '--role', 'recorder'], environment)).stdout.trim();
    const { post } = clientOf(() => forgotten.address, token);
    const open = async () => {
      const { status, body } = await post('/v1/cases', bodyOf(wayTo('fugitive', 'reported')[0]));
      t.equal(status, 201);
      return body.id as string;
    };
    const first = await open();
    const early = await cli(['rotate-key', '--destroy-old'], environment);
    t.equal(early.code, 2);
    t.match(early.stderr, /there is no old key in .+: run rotate-key without --destroy-old first/);

    const rotated = await cli(['rotate-key'], environment);
    t.equal(rotated.code, 0, rotated.stderr);
    t.match(rotated.stderr, /development-\S+ stays in .+ then run rotate-key --destroy-old/);
    // So many that the service, which still has the old key alone, creates others ahead.
    const since = [];
    for (let count = 0; count < 8; count += 1) since.push(await open());

    const tooEarly = await cli(['rotate-key', '--destroy-old'], environment);
    t.equal(tooEarly.code, 1, tooEarly.stderr);
    t.match(tooEarly.stderr, /a service that was not stopped has created keys under it/);
    t.equal(keysInFile(), 2);
    await forgotten.stop();

    const destroyed = await cli(['rotate-key', '--destroy-old'], environment);
    t.equal(destroyed.code, 0, destroyed.stderr);
    t.match(destroyed.stderr, /development-\S+ is destroyed/);
    t.equal(keysInFile(), 1);
    const again = await serving(t, environment);
    for (const id of [first, ...since]) {
      const answer = await fetch(`${again.address}/v1/cases/${id}?include=person`, {
        headers: { authorization: `Bearer ${token}` },
      });
      t.ok(((await answer.json()) as { who: { person: object } | null }).who?.person, 'its person is read');
    }
  });
});
