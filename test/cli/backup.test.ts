import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { bodyOf } from '../support/case-bodies.ts';
import { cli, serving } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { filled, headIn, yearlyOf } from '../support/filled-ledger.ts';
import { clientOf } from '../support/http-client.ts';
import { wayTo } from '../support/ordinary-ways.ts';

t.test('a backup is whole, also while the service writes', async (t) => {
  const { directory, from, to } = await filled(t);
  const backup = join(directory, 'backup.sqlite');
  const service = await serving(t, from);
  const token = (await cli(['token', '--role', 'recorder'], from)).stdout.trim();
  const { post } = clientOf(() => service.address, token);
  let isOver = false;
  let written = 0;
  const writing = (async () => {
    while (!isOver) {
      const answer = await post('/v1/cases', bodyOf(wayTo('fugitive', 'reported')[0]));
      if (answer.status === 201) written += 1;
    }
  })();
  const made = await cli(['backup', backup], from);
  isOver = true;
  await writing;
  t.equal(made.code, 0, made.stderr);
  t.ok(written > 0);
  await service.stop();

  const restored = await cli(['restore', backup], to);
  t.equal(restored.code, 0, restored.stderr);
  t.equal(headIn(restored.stderr), headIn(made.stderr));
  const verified = await cli(['verify'], to);
  t.equal(verified.code, 0, verified.stdout);
  t.match(verified.stdout, /Everything agrees/);
  t.match(await yearlyOf(t, to), { rows: (await yearlyOf(t, from)).rows });
});

t.test('what cannot be backed up or restored is said, and nothing is overwritten', async (t) => {
  const { directory, from, to } = await filled(t);
  const backup = join(directory, 'backup.sqlite');
  t.equal((await cli(['backup', backup], from)).code, 0);
  const log = join(from.DATA_DIR, 'handover-ledger.events.sqlite');
  for (const [args, environment, expected] of [
    [['backup'], from, /give one file/],
    [['backup', backup], from, /is there already/],
    [['backup', join(directory, 'new')], { ...from, EVENT_STORE: 'esdb://127.0.0.1:1?tls=false' }, /on EventStoreDB/],
    [['restore', backup], from, /is there: move it away first/],
    [['restore', join(directory, 'nowhere')], to, /is not there/],
    [['restore', join(to.DATA_DIR, 'key-encryption-key.json')], to, /not a database/],
    [['restore', join(from.DATA_DIR, 'handover-ledger.events.sqlite.lock')], to, /is no backup of an event log/],
  ] as const) {
    const refused = await cli(args, environment);
    t.ok(refused.code === 1 || refused.code === 2, args.join(' '));
    t.match(refused.stderr, expected);
  }
  t.notOk(existsSync(join(to.DATA_DIR, 'handover-ledger.events.sqlite')));

  const damaged = join(directory, 'damaged.sqlite');
  const bytes = readFileSync(backup);
  bytes.fill(0xff, 40_960, 45_056);
  writeFileSync(damaged, bytes);
  const refused = await cli(['restore', damaged], to);
  t.not(refused.code, 0, 'a damaged page is found');
  t.ok(existsSync(log));
});

t.test('a node that has signed for more than a backup holds says so', async (t) => {
  const { directory, from } = await filled(t);
  const backup = join(directory, 'backup.sqlite');
  t.equal((await cli(['backup', backup], from)).code, 0);
  const service = await serving(t, from);
  const token = (await cli(['token', '--role', 'recorder'], from)).stdout.trim();
  const { post, get } = clientOf(() => service.address, token);
  await post('/v1/cases', bodyOf(wayTo('fugitive', 'reported')[0]));
  const leaves = Number(
    headIn((await cli(['export', '--stored', '--out', join(directory, 'x')], from)).stderr)?.split(' ')[0],
  );
  await eventually(async () => (await get('/v1/transparency')).body.checkpoint?.leaves === leaves);
  await service.stop();
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(join(from.DATA_DIR, `handover-ledger.events.sqlite${suffix}`), { force: true });

  const restored = await cli(['restore', backup], from);
  t.equal(restored.code, 1);
  t.match(
    restored.stderr,
    /what this node has signed for last is of \d+ leaves, and there are \d+: the end is missing/,
  );
  const again = await serving(t, from);
  let reasons = '';
  await eventually(async () => {
    reasons = await (await fetch(`${again.address}/readyz`)).text();
    return reasons.includes('its end is gone');
  });
  t.match(reasons, /a tree of \d+ leaves was signed, and the log gives \d+: its end is gone/);
});
