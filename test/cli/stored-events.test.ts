import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { cli } from '../support/cli.ts';
import { filled, headIn, yearlyOf } from '../support/filled-ledger.ts';
import { testFolder } from '../support/test-folder.ts';

const SERVER = process.env.EVENTSTOREDB_URL;

t.test('events go from log to log as they are stored, and give the same tree', async (t) => {
  const { directory, from, to } = await filled(t);
  const file = join(directory, 'stored.ndjson');
  const exported = await cli(['export', '--stored', '--out', file], from);
  t.equal(exported.code, 0, exported.stderr);
  const head = headIn(exported.stderr);
  t.match(head, /^\d{3} leaves/);
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
    const empty = testFolder(t);
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
