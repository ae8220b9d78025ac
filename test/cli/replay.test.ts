import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import t from 'tap';
import { readModelFile } from '../../projections/database.ts';
import { CASES_READ_MODEL } from '../../projections/read-models.ts';
import { bodyOf } from '../support/case-bodies.ts';
import { cli, serving } from '../support/cli.ts';
import { clientOf } from '../support/http-client.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import { testFolder } from '../support/test-folder.ts';

t.test('views are replayed on the command line', async (t) => {
  const environment = { DATA_DIR: testFolder(t) };
  const token = (await cli(['token', '--role', 'recorder'], environment)).stdout.trim();
  const service = await serving(t, environment);
  const { get, post } = clientOf(() => service.address, token);
  const [opening, ...steps] = ordinaryWays.fugitive;
  let answer = await post('/v1/cases', bodyOf(opening));
  const { links, id } = answer.body;
  const positions: string[] = [];
  for (const step of steps) {
    answer = await post(links.events, bodyOf(step));
    positions.push(String(answer.headers.get('event-position')));
  }
  const last = positions.at(-1) as string;
  t.equal((await get(links.self, { 'min-event-position': last })).status, 200);
  const views = join(environment.DATA_DIR, 'read-models');
  const directory = join(views, readdirSync(views)[0] as string);
  const scratch = join(directory, 'replaying');

  t.test('beside a service that runs: equal, with the rows of every table', async (t) => {
    const { code, stdout, stderr } = await cli(['replay'], environment);
    t.equal(code, 0, stderr);
    const [, upTo = ''] =
      /^cases v\d+ is EQUAL to what the log gives: every row, from 10 events up to (\d+)$/m.exec(stdout) ?? [];
    t.ok(upTo >= last, stdout);
    t.match(stdout, /^history v\d+ is EQUAL/m);
    t.match(stdout, /^ {2}case_status +1 row$/m);
    t.match(stdout, /^ {2}event +10 rows$/m);
    t.notOk(existsSync(scratch), 'nothing is left of it');
    t.equal((await get(links.self)).status, 200, 'the service goes on');
  });

  t.test('as they were then: what has changed since, and by which events', async (t) => {
    const { code, stdout } = await cli(['replay', '--view', 'cases', '--to', positions.at(-2) as string], environment);
    t.equal(code, 1);
    t.match(stdout, /held against the live view at \d+: 1 row changed since/);
    t.match(stdout, `case_status number=1 has changed (case ${id})`);
    t.match(stdout, /document\/status: live "closed", from the log "receipt-acknowledged"/);
    t.match(stdout, new RegExp(`since then closed [0-9a-f-]{36} at ${last}`));
    t.notMatch(stdout, 'history v');
    t.match((await cli(['replay', '--to', '2020-01-01'], environment)).stdout, /from 0 events up to the beginning/);
  });

  t.test('one case event by event, with what each changed', async (t) => {
    const { code, stdout, stderr } = await cli(['replay', '--case', id.toUpperCase()], environment);
    t.equal(code, 0, stderr);
    t.match(stdout, /^0 {2}reported [0-9a-f-]{36} at \d+$/m);
    t.match(stdout, '/kind: "fugitive"');
    t.match(stdout, new RegExp(`^9 {2}closed [0-9a-f-]{36} at ${last}$`, 'm'));
    t.match(stdout, '/status: "receipt-acknowledged" → "closed"');
    t.notMatch(stdout, /N\. V\./);
    const then = await cli(['replay', '--case', id, '--to', positions[0] as string], environment);
    t.match(then.stdout, /^1 {2}located/m);
    t.notMatch(then.stdout, /^2 {2}/m);
    const early = await cli(['replay', '--case', id, '--to', '2020-01-01'], environment);
    t.equal(early.code, 1);
    t.match(early.stderr, `there is no case ${id} in the log, as it was known then`);
  });

  t.test('after the service has stopped, over what a replay that was killed has left', async (t) => {
    t.equal(await service.stop(), 0);
    mkdirSync(scratch);
    writeFileSync(join(scratch, 'cases.v1.sqlite'), 'N. V. A.');
    const { code, stderr } = await cli(['replay'], environment);
    t.equal(code, 0, stderr);
    t.notOk(existsSync(scratch));
  });

  t.test('a row that somebody changed is named, and no person', async (t) => {
    const file = readModelFile(directory, CASES_READ_MODEL);
    const database = new DatabaseSync(file);
    database.exec(`UPDATE case_status SET status = 'captured'`);
    database.exec(`UPDATE case_person SET person = replace(person, 'N. V. A.', 'N. V. B.')`);
    database.close();
    const { code, stdout } = await cli(['replay'], environment);
    t.equal(code, 1);
    t.match(stdout, /^cases v\d+ DIFFERS from what the log gives in 2 rows/m);
    t.match(stdout, /^history v\d+ is EQUAL/m);
    t.match(stdout, `case_status number=1 differs (case ${id})`);
    t.match(stdout, '    status: live "captured", from the log "closed"');
    t.match(stdout, new RegExp(`    written last by closed [0-9a-f-]{36} at ${last}`));
    t.match(stdout, /^ {4}person: differs; what stands there is not told$/m);
    t.notMatch(stdout, /N\. V\./);
  });

  t.test('what is left is deleted when a service starts, too', async (t) => {
    mkdirSync(scratch);
    writeFileSync(join(scratch, 'cases.v1.sqlite'), 'N. V. A.');
    const another = await serving(t, environment);
    t.notOk(existsSync(scratch));
    t.equal(await another.stop(), 0);
  });
});

t.test('a replay is of one state, whatever is written meanwhile', async (t) => {
  const environment = { DATA_DIR: testFolder(t) };
  const token = (await cli(['token', '--role', 'recorder'], environment)).stdout.trim();
  const service = await serving(t, environment);
  const { get, post } = clientOf(() => service.address, token);
  const write = async (): Promise<string> => {
    const [opening, ...steps] = ordinaryWays.fugitive;
    let answer = await post('/v1/cases', bodyOf(opening));
    const { links } = answer.body;
    for (const step of steps) answer = await post(links.events, bodyOf(step));
    return String(answer.headers.get('event-position'));
  };
  t.equal((await get('/v1/cases', { 'min-event-position': await write() })).status, 200);
  let isOver = false;
  const replayed = cli(['replay'], environment).finally(() => {
    isOver = true;
  });
  let written = 1;
  while (!isOver) {
    await write();
    written++;
  }
  const { code, stdout } = await replayed;
  t.equal(code, 0, stdout);
  t.ok(written > 2, `${written} cases were written meanwhile`);
  // `access` is made of nothing here: nobody has looked.
  const events = [...stdout.matchAll(/^(?:cases|history)\b.* from (\d+) events/gm)].map(([, count]) => Number(count));
  t.equal(events.length, 2);
  t.ok(events.every((count) => count >= 10 && count <= written * 10));
  t.equal(await service.stop(), 0);
});
