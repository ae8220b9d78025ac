import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { openLedger } from '../../src/compose.ts';
import { loadConfig } from '../../src/config.ts';
import { demoSteps, loadDemonstration } from '../../src/demo/load.ts';
import { bodyOf } from '../support/case-bodies.ts';
import { cli, serving } from '../support/cli.ts';
import { clientOf } from '../support/http-client.ts';
import { wayTo } from '../support/ordinary-ways.ts';

const SERVER = process.env.EVENTSTOREDB_URL;
const KEY = 'key-encryption-key.json';

/** The size and the root of a tree, as a command told them. */
const headIn = (stderr: string): string | undefined => /\d+ leaves, root \S+/.exec(stderr)?.[0];

/** A folder of data with a part of the demonstration in it. */
const filled = async (t: Test) => {
  const directory = t.testdir({ from: {}, to: {} });
  const from = { DATA_DIR: join(directory, 'from') };
  const to = { DATA_DIR: join(directory, 'to') };
  const ledger = await openLedger(loadConfig(from), () => new Date());
  await loadDemonstration(ledger, () => {}, demoSteps(1));
  await ledger.close();
  copyFileSync(join(from.DATA_DIR, KEY), join(to.DATA_DIR, KEY));
  return { directory, from, to };
};

/** Waits until the service says something; throws where it does not in good time. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds()) return;
    await wait(100);
  }
  throw new Error('it did not come about');
};

const yearlyOf = async (t: Test, environment: Readonly<Record<string, string>>) => {
  const service = await serving(t, environment);
  await until(async () => (await fetch(`${service.address}/readyz`)).ok);
  const token = (await cli(['token', '--role', 'auditor'], environment)).stdout.trim();
  const { get } = clientOf(() => service.address, token);
  const { rows } = (await get('/v1/handovers/yearly')).body;
  const cases = (await get('/v1/cases?limit=500&sort=opened')).body.cases.length;
  await service.stop();
  return { rows, cases };
};

t.test('events go from log to log as they are stored, and give the same tree', async (t) => {
  const { directory, from, to } = await filled(t);
  const file = join(directory, 'stored.ndjson');
  const exported = await cli(['export', '--stored', '--out', file], from);
  t.equal(exported.code, 0, exported.stderr);
  const head = headIn(exported.stderr);
  t.match(head, /^\d{4,} leaves/);
  t.notMatch(readFileSync(file, 'utf8'), /"names"/, 'what is sealed stays sealed');

  const logs = [
    { name: 'another embedded log', environment: to, skip: false },
    {
      name: 'EventStoreDB',
      environment: { ...to, EVENT_STORE: SERVER ?? '', LEDGER_NAME: `test-${randomUUID().slice(0, 13)}` },
      skip: SERVER === undefined ? 'EVENTSTOREDB_URL names no server' : false,
    },
  ] as const;
  for (const { name, environment, skip } of logs) {
    t.test(name, { skip }, async (t) => {
      for (const time of ['the first time', 'once more']) {
        const imported = await cli(['import', '--stored', file], environment);
        t.equal(imported.code, 0, imported.stderr);
        t.equal(headIn(imported.stderr), head, time);
      }
      const back = join(directory, `${name}.ndjson`);
      const again = await cli(['export', '--stored', '--out', back], environment);
      t.equal(headIn(again.stderr), head);
      t.equal(readFileSync(back, 'utf8'), readFileSync(file, 'utf8'), 'byte for byte');
      t.same(await yearlyOf(t, environment), await yearlyOf(t, from));
    });
  }

  t.test('but not into a log that holds other events', async (t) => {
    const other = await filled(t);
    const refused = await cli(['import', '--stored', file], other.from);
    t.equal(refused.code, 1);
    t.match(refused.stderr, /the log holds other events already: import into an empty one/);
  });

  t.test('and a line that is none is named', async (t) => {
    const empty = t.testdir();
    const spoilt = join(empty, 'spoilt.ndjson');
    const [first = '', second = ''] = readFileSync(file, 'utf8').split('\n');
    for (const [line, expected] of [
      ['{', /line 2 or before it: is not JSON/],
      [second.replace('"revision"', '"number"'), /line 2 .*\/revision: /],
      [second.replace(/"revision":\d+/, '"revision":7'), /revision 7 of .* cannot follow/],
    ] as const) {
      writeFileSync(spoilt, `${first}\n${line}\n`);
      const refused = await cli(['import', '--stored', spoilt], { DATA_DIR: join(empty, randomUUID()) });
      t.equal(refused.code, 1);
      t.match(refused.stderr, expected);
    }
  });
});

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
    [['restore', join(to.DATA_DIR, KEY)], to, /not a database/],
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
  await until(async () => (await get('/v1/transparency')).body.checkpoint?.leaves === leaves);
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
  await until(async () => {
    reasons = await (await fetch(`${again.address}/readyz`)).text();
    return reasons.includes('its end is gone');
  });
  t.match(reasons, /a tree of \d+ leaves was signed, and the log gives \d+: its end is gone/);
});
