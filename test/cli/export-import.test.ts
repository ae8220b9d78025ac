import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { openLedger } from '../../src/compose.ts';
import { loadConfig } from '../../src/config.ts';
import { demoSteps, loadDemonstration } from '../../src/demo/load.ts';
import { cli, type Serving, serving } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { clientOf } from '../support/http-client.ts';
import { testFolder } from '../support/test-folder.ts';

t.test('a ledger is taken to another place', async (t) => {
  const directory = testFolder(t, { from: {}, to: {}, faulty: {} });
  const from = { DATA_DIR: join(directory, 'from') };
  const to = { DATA_DIR: join(directory, 'to') };
  const file = join(directory, 'ledger.ndjson');

  /** All that a ledger answers, apart from where its events stand in its log. */
  const allOf = async (service: Serving, environment: Readonly<Record<string, string>>) => {
    await eventually(async () => (await fetch(`${service.address}/readyz`)).ok);
    const token = (await cli(['token', '--role', 'auditor'], environment)).stdout.trim();
    const { get } = clientOf(() => service.address, token);
    const feed = ((await get('/v1/events')).body as string)
      .split('\n')
      .slice(0, -1)
      .map((line) => ({ ...JSON.parse(line), position: undefined }));
    const cases: unknown[] = [];
    for (const kinds of ['', '&kind=trafficking-victim,unlawful-detention']) {
      let next: string | undefined = `/v1/cases?limit=500&sort=opened${kinds}`;
      while (next !== undefined) {
        const answer = await get(next);
        cases.push(...answer.body.cases);
        next = /^<([^>]+)>/.exec(answer.headers.get('link') ?? '')?.[1];
      }
    }
    const yearly = [];
    for (const query of ['', '?asOf=2018-12-31', '?asOf=2017-11-11']) {
      yearly.push((await get(`/v1/handovers/yearly${query}`)).body);
    }
    const byId = (list: readonly unknown[]) => (list as { id: string }[]).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return { feed, cases: byId(cases), yearly };
  };

  const ledger = await openLedger(loadConfig(from), () => new Date());
  await loadDemonstration(ledger, () => {}, demoSteps(1));
  await ledger.close();
  const service = await serving(t, from);
  const there = await allOf(service, from);
  t.ok(there.feed.length > 1000);

  t.test('exported while it is served', async (t) => {
    const { code, stdout, stderr } = await cli(['export', '--out', file], from);
    t.equal(code, 0, stderr);
    t.equal(stdout, '');
    t.match(stderr, new RegExp(`Exported ${there.feed.length} events`));
    t.equal(statSync(file).mode & 0o777, 0o600, 'it holds persons: for its owner alone');
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    t.same(
      lines.map(({ eventId }) => eventId),
      there.feed.map(({ id }) => id),
    );
    t.ok(lines[0].particulars.person.names.length > 0, 'with the person');
    const printed = await cli(['export'], from);
    t.equal(printed.stdout, readFileSync(file, 'utf8'), 'on standard output the same');
    await service.stop();
  });

  t.test('imported into an empty ledger it answers the same', async (t) => {
    const { code, stdout, stderr } = await cli(['import', file], to);
    t.equal(code, 0, stderr);
    t.equal(stdout, '');
    t.match(stderr, new RegExp(`${there.feed.length} written, 0 there already, 0 not accepted`));
    const copy = await serving(t, to);
    const here = await allOf(copy, to);
    t.same(
      here.yearly.map(({ rows }) => rows),
      there.yearly.map(({ rows }) => rows),
    );
    t.ok(isDeepStrictEqual(here.cases, there.cases), 'the same cases');
    t.ok(isDeepStrictEqual(here.feed, there.feed), 'the same events');
    await copy.stop();
  });

  t.test('imported again, also half of it from standard input, nothing is written', async (t) => {
    const again = await cli(['import', file], to);
    t.equal(again.code, 0);
    t.match(again.stderr, new RegExp(`0 written, ${there.feed.length} there already, 0 not accepted`));
    const half = readFileSync(file, 'utf8').split('\n').slice(0, 100);
    const piped = await cli(['import', '-'], to, `${half.join('\r\n')}\n\n`);
    t.match(piped.stderr, /0 written, 100 there already, 0 not accepted/);
    const exported = await cli(['export'], to);
    t.equal(exported.stdout, readFileSync(file, 'utf8'));
  });

  t.test('lines at fault are named, and the others are taken', async (t) => {
    const [first, second] = readFileSync(file, 'utf8').split('\n') as [string, string];
    const opened = JSON.parse(first);
    const { particulars: _, ...unopened } = {
      ...opened,
      type: 'located',
      recordId: '00000000-0000-4000-8000-000000000001',
    };
    const faulty = join(directory, 'faulty.ndjson');
    writeFileSync(
      faulty,
      [
        first,
        '{"recordId":',
        '',
        JSON.stringify({ ...opened, eventId: 'x', colour: 'red' }),
        JSON.stringify({ ...unopened, eventId: '00000000-0000-4000-8000-000000000002' }),
        JSON.stringify({ ...opened, occurredAt: '2001-01-01' }),
        JSON.stringify({
          ...opened,
          recordId: unopened.recordId,
          eventId: unopened.recordId,
          particulars: { ...opened.particulars, kind: 'pirate' },
        }),
        first.replace('"minor":false', '"minor":1e400'),
        second,
      ].join('\n'),
    );
    const { code, stderr } = await cli(['import', faulty], { DATA_DIR: join(directory, 'faulty') });
    t.equal(code, 1);
    t.match(stderr, /^line 2: is not JSON/m);
    t.match(stderr, /^line 4: .*\/eventId.*/m);
    t.match(stderr, /^line 4: .*colour/m);
    t.match(stderr, /^line 5: there is no such record; the event that opens it must come first/m);
    t.match(stderr, /^line 6: an event of this id was imported before with another content/m);
    t.match(stderr, /^line 7: .*kind.*fugitive/m);
    t.match(stderr, /^line 8: holds a number that is too large/m);
    t.notMatch(stderr, /^line [139]:/m);
    t.match(stderr, /2 written, 0 there already, 6 not accepted/);
    t.equal((await cli(['export'], { DATA_DIR: join(directory, 'faulty') })).stdout, `${first}\n${second}\n`);
  });
});
