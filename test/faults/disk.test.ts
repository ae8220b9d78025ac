import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { fugitive } from '../support/case-bodies.ts';
import { cli, type Serving, serving } from '../support/cli.ts';
import { damagePages, fileIn } from '../support/damage.ts';
import { eventually } from '../support/eventually.ts';
import { type Client, clientOf, type Json } from '../support/http-client.ts';
import { CANNOT_MOUNT, folderOf, makeReadOnly, mountSmallDisk } from '../support/small-disk.ts';
import { testFolder } from '../support/test-folder.ts';

const CASES = 40;
const FOR_PERSONS = { 'access-purpose': 'supervision' };

interface Ledger {
  readonly environment: { readonly DATA_DIR: string };
  readonly client: Client;
  readonly service: () => Serving;
  /** The addresses of cases that were acknowledged. */
  readonly cases: string[];
  start(): Promise<void>;
  /** Waits until the service is ready, or says that it is not for a reason like this. */
  untilReady(): Promise<void>;
  untilNotReady(reason: RegExp): Promise<void>;
}

const openCase = (client: Client, key: string): Promise<Json> =>
  client.post('/v1/cases', fugitive, { 'idempotency-key': key });

/** A service with some cases, that shows them. */
const begin = async (t: Test, directory: string): Promise<Ledger> => {
  const environment = { DATA_DIR: directory };
  const token = (await cli(['token', '--role', 'recorder'], environment)).stdout.trim();
  let service = await serving(t, environment);
  const client = clientOf(() => service.address, token);
  const readiness = async (): Promise<{ readonly ready: boolean; readonly reasons: readonly string[] }> =>
    (await fetch(`${service.address}/readyz`)).json() as Promise<{ ready: boolean; reasons: string[] }>;
  const ledger: Ledger = {
    environment,
    client,
    service: () => service,
    cases: [],
    start: async () => {
      service = await serving(t, environment);
    },
    untilReady: () => eventually(async () => (await readiness()).ready),
    untilNotReady: async (reason) => {
      let told: readonly string[] = [];
      await eventually(async () => {
        told = (await readiness()).reasons;
        return told.some((each) => reason.test(each));
      }).catch((cause: unknown) => {
        throw new Error(`${reason} is not among ${JSON.stringify(told)}`, { cause });
      });
    },
  };
  for (let number = 0; number < CASES; number++) {
    const { status, body } = await openCase(client, `case-${number}`);
    if (status !== 201) throw new Error(JSON.stringify(body));
    ledger.cases.push(body.links.self);
  }
  await ledger.untilReady();
  return ledger;
};

/** Is told that it cannot be done now, and that it may be tried again. */
const isRefusedForNow = (t: Test, { status, headers, body }: Json, what: string): void => {
  t.equal(status, 503, what);
  t.ok(headers.get('retry-after'), `${what}: Retry-After`);
  t.match(body.type, /unavailable|not-yet-scanned/, what);
};

/** Everything that was acknowledged is there; the views are those of the log, and the log is that of its tree. */
const isWhole = async (t: Test, { client, cases, environment, service, untilReady }: Ledger): Promise<void> => {
  await untilReady();
  const last = String((await openCase(client, 'last')).headers.get('event-position'));
  for (const self of cases) {
    t.equal((await client.get(self, { ...FOR_PERSONS, 'min-event-position': last })).status, 200, self);
  }
  await eventually(async () => {
    const { stdout } = await cli(['replay'], environment);
    return stdout.match(/ is EQUAL /g)?.length === 3;
  });
  t.equal(await service().stop(), 0);
  t.match((await cli(['verify'], environment)).stdout, /Everything agrees/);
};

t.setTimeout(600_000);

const NO_DISK = 'no disk may be mounted here';

t.test('a full disk', { skip: CANNOT_MOUNT }, async (t) => {
  t.test(
    'under everything: nothing is acknowledged, readiness says why, and it goes on when there is room',
    async (t) => {
      const disk = mountSmallDisk(t, 12);
      if (disk === undefined) {
        t.pass(`skipped: ${NO_DISK}`);
        return;
      }
      const ledger = await begin(t, disk.directory);
      const { client, cases, untilNotReady } = ledger;
      disk.fill();
      const kept = { status: 0 };
      for (let number = 0; kept.status !== 503; number++) {
        // What room is left in pages that are there already may still take some.
        const answer = await openCase(client, `full-${number}`);
        if (answer.status === 201) cases.push(answer.body.links.self);
        else isRefusedForNow(t, answer, 'a write');
        kept.status = answer.status;
      }
      await untilNotReady(/^event log: the event log could not be written: .*full/);
      t.equal((await client.get('/v1/cases')).status, 200, 'what is there can be read');
      isRefusedForNow(t, await openCase(client, 'refused'), 'a write later');
      disk.free();
      await ledger.untilReady();
      const again = await openCase(client, 'refused');
      t.equal(again.status, 201);
      cases.push(again.body.links.self);
      await isWhole(t, ledger);
    },
  );

  t.test('under the views: what is recorded is recorded, and shown when there is room', async (t) => {
    const disk = mountSmallDisk(t, 12);
    if (disk === undefined) {
      t.pass(`skipped: ${NO_DISK}`);
      return;
    }
    const directory = folderOf(t);
    const views = join(directory, 'data', 'read-models');
    mkdirSync(views, { recursive: true });
    t.ok(disk.appearAt(views));
    const ledger = await begin(t, join(directory, 'data'));
    disk.fill();
    let position = '';
    for (let number = 0; number < CASES; number++) {
      const answer = await openCase(ledger.client, `full-${number}`);
      t.equal(answer.status, 201);
      position = String(answer.headers.get('event-position'));
      ledger.cases.push(answer.body.links.self);
    }
    await ledger.untilNotReady(/^view \w+: .*full/);
    isRefusedForNow(
      t,
      await ledger.client.get('/v1/cases', { 'min-event-position': position }),
      'a query of what is not shown yet',
    );
    disk.free();
    await isWhole(t, ledger);
  });
});

t.test('a file that can only be read', { skip: CANNOT_MOUNT }, async (t) => {
  for (const [what, name, reason] of [
    ['the log', /\.events\.sqlite$/, /^event log: the event log could not be written: .*(readonly|read-only)/],
    ['a view', /^cases\.v\d+\.sqlite$/, /^view cases: .*(readonly|I\/O error)/],
  ] as const) {
    t.test(`${what}: is told, and used again when it can be written`, async (t) => {
      const directory = folderOf(t);
      const ledger = await begin(t, directory);
      t.equal(await ledger.service().stop(), 0);
      const views = join(directory, 'read-models');
      const file = fileIn(what === 'the log' ? directory : fileIn(views, /./), name);
      const release = makeReadOnly(t, file);
      if (release === undefined) {
        t.pass(`skipped: ${NO_DISK}`);
        return;
      }
      await ledger.start();
      if (what === 'the log') {
        await ledger.untilNotReady(reason);
        isRefusedForNow(t, await openCase(ledger.client, 'meanwhile'), 'a write');
        release();
        // A file that was opened for reading stays so; a person who has mended it starts the service again.
        t.equal(await ledger.service().stop(), 0);
        await ledger.start();
      } else {
        const meanwhile = await openCase(ledger.client, 'meanwhile');
        t.equal(meanwhile.status, 201, 'what is recorded is recorded');
        ledger.cases.push(meanwhile.body.links.self);
        await ledger.untilNotReady(reason);
        release();
      }
      await isWhole(t, ledger);
    });
  }
});

t.test('pages that are not what was written to them', async (t) => {
  t.test('of a view: queries are refused, readiness says what to do, and that mends it', async (t) => {
    const directory = testFolder(t);
    const ledger = await begin(t, directory);
    await ledger.service().stop();
    damagePages(fileIn(fileIn(join(directory, 'read-models'), /./), /^cases\.v\d+\.sqlite$/), 16_384, 2);
    await ledger.start();
    await ledger.untilNotReady(/view.*damaged.*stop the service and run `npm run cli -- rebuild`/);
    isRefusedForNow(t, await ledger.client.get('/v1/cases?limit=50'), 'a query');
    const meanwhile = await openCase(ledger.client, 'meanwhile');
    t.equal(meanwhile.status, 201, 'what is recorded is recorded');
    ledger.cases.push(meanwhile.body.links.self);
    t.equal(await ledger.service().stop(), 0, 'it runs on until it is stopped');
    t.equal((await cli(['rebuild'], ledger.environment)).code, 0);
    await ledger.start();
    await isWhole(t, ledger);
  });

  t.test('of the log: what needs them is refused, readiness says what to do, and that mends it', async (t) => {
    const directory = testFolder(t);
    const ledger = await begin(t, directory);
    await ledger.service().stop();
    const log = fileIn(directory, /\.events\.sqlite$/);
    const backup = `${log}.backup`;
    cpSync(log, backup);
    damagePages(log, 4_096, 9);
    await ledger.start();
    isRefusedForNow(t, await openCase(ledger.client, 'case-1'), 'a write');
    await ledger.untilNotReady(/^event log: its file is damaged .*restore the log from its last backup/);
    await ledger.service().stop();
    cpSync(backup, log);
    await ledger.start();
    await isWhole(t, ledger);
  });
});
