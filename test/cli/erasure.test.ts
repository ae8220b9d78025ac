import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { bodyOf } from '../support/case-bodies.ts';
import { cli, serving } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { clientOf } from '../support/http-client.ts';
import { wayTo } from '../support/ordinary-ways.ts';
import { testFolder } from '../support/test-folder.ts';

t.test('an erasure is complete when no copy of a key is of use any more', async (t) => {
  const directory = testFolder(t, { from: {}, restored: {} });
  const from = { DATA_DIR: join(directory, 'from') };
  const keyFile = join(from.DATA_DIR, 'key-encryption-key.json');
  const service = await serving(t, from);
  const token = (await cli(['token', '--role', 'recorder'], from)).stdout.trim();
  const { post, get } = clientOf(() => service.address, token);
  const opened = [];
  for (const case_ of ['to be erased', 'to stay']) {
    const answer = await post('/v1/cases', bodyOf(wayTo('fugitive', 'reported')[0]));
    t.equal(answer.status, 201, case_);
    opened.push(answer.body.id);
  }
  const backup = join(directory, 'backup.sqlite');
  t.equal((await cli(['backup', backup], from)).code, 0);
  const oldKey = readFileSync(keyFile, 'utf8');

  const asked = await post('/v1/requests', {
    kind: 'location',
    addressee: 'VN-MPS',
    urgency: 'routine',
    question: 'Where is the person?',
    occurredAt: '2024-01-02',
  });
  t.equal(asked.status, 201, JSON.stringify(asked.body));
  const order = async (what: object) => {
    const ordered = await post('/v1/erasures', {
      ...what,
      part: 'person',
      orderedOn: '2024-05-01',
      authority: 'court',
      reference: 'Order 17/2024',
      occurredAt: '2024-05-02',
    });
    t.equal(ordered.status, 201, JSON.stringify(ordered.body));
    return ordered;
  };
  const ordered = await order({ case: opened[0] });
  const ofRequest = await order({ request: asked.body.id });
  const at = async (address: string, path: string) =>
    (await (await fetch(address + path, { headers: { authorization: `Bearer ${token}` } })).json()) as Record<
      string,
      never
    >;
  const standing = (address: string, { body } = ordered) => at(address, `/v1/erasures/${body.id}`);
  for (const each of [ordered, ofRequest]) {
    await eventually(async () => (await standing(service.address, each)).status === 'key-destroyed');
  }
  t.match(await standing(service.address), { toDo: ['key-encryption-key', 'scavenge'] });
  const incomplete = (await get('/v1/erasures?complete=false')).body.erasures;
  t.equal(incomplete.length, 2);
  await service.stop();

  const early = await cli(['complete-erasures'], from);
  t.equal(early.code, 1);
  t.match(early.stderr, /is still in use; run rotate-key first/);

  const rotated = await cli(['rotate-key', '--name', '2027'], from);
  t.equal(rotated.code, 0, rotated.stderr);
  t.match(rotated.stderr, /keys are wrapped under 2027-\S+ now; development-\S+ is destroyed/);
  t.notMatch(readFileSync(keyFile, 'utf8'), JSON.parse(oldKey).k);

  const completed = await cli(['complete-erasures'], from);
  t.equal(completed.code, 0, completed.stderr);
  t.match(completed.stderr, /2 erasures completed, 0 left/);

  const again = await serving(t, from);
  await eventually(async () => (await standing(again.address)).status === 'erasure-completed');
  t.match(await standing(again.address), { toDo: [] });
  const whoOf = async (id: string): Promise<{ person: { names: unknown[] } } | null> =>
    (await at(again.address, `/v1/cases/${id}?include=person`)).who ?? null;
  t.equal(await whoOf(opened[0]), null);
  t.ok((await whoOf(opened[1]))?.person.names.length, 'the others are read under the new key');
  await again.stop();
  t.equal((await cli(['verify'], from)).code, 0);
  const exported = await cli(['export'], from);
  t.equal(exported.code, 0, exported.stderr);
  t.notMatch(exported.stdout, 'Where is the person?');
  t.match(exported.stdout, asked.body.id, 'the request is there as open data');

  t.test('and a backup from before is of no use without the key that was destroyed', async (t) => {
    const restored = { DATA_DIR: join(directory, 'restored') };
    copyFileSync(keyFile, join(restored.DATA_DIR, 'key-encryption-key.json'));
    t.equal((await cli(['restore', backup], restored)).code, 0);
    const refused = await cli(['export'], restored);
    t.equal(refused.code, 1);
    t.match(refused.stderr, /is wrapped under key-encryption key development-/);
  });
});
