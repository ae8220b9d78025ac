import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import t from 'tap';
import { caseStream } from '../../domain/case/kind.ts';
import {
  emptyReadModel,
  finishBuilding,
  isBuilt,
  openForProjection,
  type ReadModel,
  type ReadModelDatabase,
  readModelFile,
} from '../../projections/database.ts';
import { ACCESS_READ_MODEL, CASES_READ_MODEL, HISTORY_READ_MODEL, READ_MODELS } from '../../projections/read-models.ts';
import { readCheckpoint, runProjection, type SourceMessage } from '../../projections/runner.ts';
import { Pace } from '../../src/background/pace.ts';
import { LogUnavailable } from '../../src/event-log/port.ts';
import { projectionSources, sourceEventsOf, sourceFor } from '../../src/projecting/source.ts';
import { eventually } from '../support/eventually.ts';
import { openTestLedger, sendAll, type TestLedger } from '../support/ledger.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import { folderOf } from '../support/small-disk.ts';
import { testFolder } from '../support/test-folder.ts';
import { openTestViews } from '../support/views.ts';

/**
 * What the log holds, as messages of one event each, up to a number of them; then the process "ends". Live events are committed as
 * they come, those of the past many at a time.
 */
async function* untilCrash(
  ledger: TestLedger,
  after: string | undefined,
  count: number,
  live: boolean,
): AsyncGenerator<SourceMessage> {
  if (live) yield { kind: 'caught-up' };
  const ending = new AbortController();
  let given = 0;
  for await (const message of sourceEventsOf(
    ledger.log,
    sourceFor({ of: 'records' }, ledger.vault),
    after,
    ending.signal,
    new Pace(),
  )) {
    if (message.kind === 'caught-up') return;
    if (message.kind !== 'events') continue;
    for (const event of message.events) {
      if (given++ >= count) throw new Error('the process ended');
      yield { kind: 'events', events: [event], position: event.position };
    }
  }
}

t.test('rows and checkpoint go together, wherever the process ends', async (t) => {
  const ledger = await openTestLedger(t);
  const caseId = randomUUID();
  await sendAll(ledger, caseId, ordinaryWays.fugitive);
  const sources = projectionSources(ledger.log, ledger.vault);
  for (const readModel of READ_MODELS) {
    const directory = join(ledger.directory, readModel.name);
    const run = async (count: number, live: boolean) => {
      const database = openForProjection(directory, readModel);
      try {
        await runProjection({
          readModel,
          database,
          sources,
          subscribe: (after) => untilCrash(ledger, after, count, live),
          onProgress: () => {},
        });
        return 'to the end';
      } catch (error) {
        return (error as Error).message;
      } finally {
        database.close();
      }
    };
    await run(5, false);
    let runs = 1;
    while ((await run(3, true)) !== 'to the end') runs++;
    t.ok(runs > 1, `${readModel.name} was built in ${runs} runs`);
  }
  const count = (model: ReadModel, table: string) => {
    const database = new DatabaseSync(readModelFile(join(ledger.directory, model.name), model), { readOnly: true });
    const row = database.prepare(`SELECT count(*) AS count FROM ${table}`).get();
    database.close();
    return row?.count;
  };
  t.equal(count(HISTORY_READ_MODEL, 'event'), 10, 'each event is there once');
  t.equal(count(HISTORY_READ_MODEL, 'contribution'), 2, 'the capture and the handover count once each');
  t.equal(count(CASES_READ_MODEL, 'case_status'), 1);
});

t.test('a read model that was not built to its end is begun anew, and one that was is gone on with', async (t) => {
  const directory = testFolder(t);
  const open = () => openForProjection(directory, HISTORY_READ_MODEL);
  const insert = (database: ReadModelDatabase): void => {
    database.prepare("INSERT INTO numbered_record (category, record_id) VALUES ('case', 'a case')").run();
  };
  const cases = (database: ReadModelDatabase) =>
    database.prepare('SELECT count(*) AS count FROM numbered_record').get()?.count;
  const unfinished = open();
  insert(unfinished);
  t.notOk(isBuilt(unfinished));
  unfinished.close();
  const begunAnew = open();
  t.equal(cases(begunAnew), 0);
  insert(begunAnew);
  finishBuilding(begunAnew, HISTORY_READ_MODEL);
  begunAnew.close();
  const goneOnWith = open();
  t.ok(isBuilt(goneOnWith));
  t.equal(cases(goneOnWith), 1);
  goneOnWith.close();
});

t.test('an event that cannot be applied stops the projection at its place, and is never skipped', async (t) => {
  const ledger = await openTestLedger(t);
  const [before, broken, after] = [randomUUID(), randomUUID(), randomUUID()];
  await sendAll(ledger, before, ordinaryWays.suspect.slice(0, 2));
  const opened = await sendAll(ledger, broken, ordinaryWays.suspect.slice(0, 1));
  const [stored] = await ledger.log.readStream(caseStream(broken));
  if (stored === undefined) throw new Error('the case has an event');
  // Written past the command handler: no suspect is acknowledged before the handover.
  const { position } = await ledger.log.append(caseStream(broken), 0, [
    {
      id: randomUUID(),
      type: 'receipt-acknowledged',
      data: '{"occurredAt":"2024-01-01","open":{}}',
      metadata: stored.metadata,
    },
  ]);
  await sendAll(ledger, after, ordinaryWays.suspect.slice(0, 2));

  const views = openTestViews(t, ledger);
  const halted = () => views.projector.statuses().find(({ name }) => name === 'cases');
  await eventually(() => halted()?.haltedAt !== undefined && views.projector.built());
  t.equal(halted()?.haltedAt, position);
  t.match(halted()?.failure, /receipt-acknowledged.*cannot follow on captured/);
  const ministry = { office: 'CN-MPS', role: 'recorder' };
  t.ok(views.cases.find(ministry, before), 'what stands before it is there');
  t.equal(
    views.cases.find(ministry, broken)?.revision,
    opened.history.recorded.length - 1,
    'the case is as it was before it',
  );
  t.equal(views.cases.find(ministry, after), undefined, 'nothing after it is');
});

t.test('a read model that is ahead of its log is built anew', async (t) => {
  const old = await openTestLedger(t);
  for (let i = 0; i < 3; i++) await sendAll(old, randomUUID(), ordinaryWays.suspect);
  // Outside of the fixture of the test, which the second ledger is given anew.
  const oldViews = openTestViews(t, old, folderOf(t));
  await oldViews.upToDate();
  await oldViews.close();
  const replaced = await openTestLedger(t);
  const caseId = randomUUID();
  await sendAll(replaced, caseId, ordinaryWays.suspect.slice(0, 2));
  const views = openTestViews(t, replaced, oldViews.directory);
  await eventually(() => views.projector.statuses().every(({ caughtUp }) => caughtUp));
  const items = views.cases.list({ office: 'CN-MPS', role: 'recorder' }, {}, { sort: 'since', limit: 10 }).items;
  t.same(
    items.map((item) => item.caseId),
    [caseId],
  );
  t.same(views.handovers.yearly({}, ['year']), []);
});

t.test('a read model in which nothing is yet is gone on with, and built anew from another log', async (t) => {
  const filled = async () => {
    const ledger = await openTestLedger(t);
    await sendAll(ledger, randomUUID(), ordinaryWays.suspect);
    return ledger;
  };
  const ledger = await filled();
  const { directory, upToDate, close } = openTestViews(t, ledger, folderOf(t));
  await upToDate();
  await close();
  // Nobody has read anything: a row of our own tells whether it is emptied.
  const file = new DatabaseSync(readModelFile(directory, ACCESS_READ_MODEL));
  file.exec("INSERT INTO access_stream VALUES ('a mark', '2024-01-01')");
  file.close();
  const marksWith = async (log: TestLedger): Promise<unknown> => {
    const views = openTestViews(t, log, directory);
    await views.upToDate();
    const row = views.database.prepare('SELECT count(*) AS marks FROM access.access_stream').get();
    await views.close();
    return (row as { readonly marks: number }).marks;
  };
  t.equal(await marksWith(ledger), 1);
  t.equal(await marksWith(await filled()), 0);
});

t.test('the checkpoint remembers what was known by then', async (t) => {
  const ledger = await openTestLedger(t);
  const { history } = await sendAll(ledger, randomUUID(), ordinaryWays.suspect);
  const views = openTestViews(t, ledger);
  await views.upToDate();
  t.equal(readCheckpoint(views.database, 'history').known_at, history.recorded.at(-1)?.recordedAt);
});

t.test('an event that this program cannot read stops the projection at its place', async (t) => {
  const ledger = await openTestLedger(t);
  const caseId = randomUUID();
  await sendAll(ledger, caseId, ordinaryWays.suspect.slice(0, 1));
  const [stored] = await ledger.log.readStream(caseStream(caseId));
  if (stored === undefined) throw new Error('the case has an event');
  const metadata = JSON.stringify({ ...JSON.parse(stored.metadata), schemaVersion: 99 });
  const event = {
    id: randomUUID(),
    type: 'identity-verified',
    data: '{"occurredAt":"2024-01-01","open":{}}',
    metadata,
  };
  const { position } = await ledger.log.append(caseStream(caseId), 0, [event]);
  const views = openTestViews(t, ledger);
  const ofRecords = READ_MODELS.filter((model) => model.of === 'records').map(({ name }) => name);
  const statuses = () => views.projector.statuses().filter(({ name }) => ofRecords.includes(name));
  await eventually(() => statuses().every(({ haltedAt }) => haltedAt === position));
  t.match(views.projector.statuses()[0]?.failure, /written in version 99/);
});

t.test('an event whose box does not open stops the projection of persons at its place', async (t) => {
  const ledger = await openTestLedger(t);
  const [whole, touched] = [randomUUID(), randomUUID()];
  await sendAll(ledger, whole, ordinaryWays.suspect);
  const [stored] = await ledger.log.readStream(caseStream(whole));
  if (stored === undefined) throw new Error('the case has an event');
  // The box of one case in an event of another: what it is bound to differs.
  const { position } = await ledger.log.append(caseStream(touched), 'no-stream', [{ ...stored, id: randomUUID() }]);
  const views = openTestViews(t, ledger);
  const cases = () => views.projector.statuses().find(({ name }) => name === 'cases');
  await eventually(() => cases()?.haltedAt === position && views.projector.built());
  t.match(cases()?.failure, /captured.*what is sealed in event .* does not open with key/);
  t.ok(views.cases.find({ office: 'CN-MPS', role: 'recorder' }, whole), 'what stands before it is there');
});

t.test(
  'a read model is not whole when the search for a faulty event was interrupted, or when it was emptied',
  async (t) => {
    const ledger = await openTestLedger(t);
    await sendAll(ledger, randomUUID(), ordinaryWays.suspect);
    const database = openForProjection(join(ledger.directory, 'interrupted'), CASES_READ_MODEL);
    t.after(() => database.close());
    let prepared = 0;
    const run = runProjection({
      readModel: {
        ...CASES_READ_MODEL,
        projection: {
          prepare: async () => {
            if (prepared++ > 0) throw new LogUnavailable('the log is away');
          },
          open: () => () => {
            throw new Error('one of these cannot be applied');
          },
        },
      },
      database,
      sources: projectionSources(ledger.log, ledger.vault),
      subscribe: (after) =>
        sourceEventsOf(
          ledger.log,
          sourceFor({ of: 'records' }, ledger.vault),
          after,
          new AbortController().signal,
          new Pace(),
        ),
      onProgress: () => {},
    });
    await t.rejects(run, LogUnavailable);
    t.notOk(isBuilt(database));
    finishBuilding(database, CASES_READ_MODEL);
    emptyReadModel(database);
    t.notOk(isBuilt(database));
  },
);

t.test('what passes by itself halts nothing', async (t) => {
  const ledger = await openTestLedger(t);
  await sendAll(ledger, randomUUID(), ordinaryWays.suspect);
  const [readModel] = READ_MODELS;
  if (readModel === undefined) throw new Error('there is a read model');
  const database = openForProjection(join(ledger.directory, 'passing'), readModel);
  t.after(() => database.close());
  const run = (unavailable: boolean) =>
    runProjection({
      readModel: {
        ...readModel,
        projection: {
          ...readModel.projection,
          prepare: async (...args) => {
            if (unavailable) throw new LogUnavailable('the log is away');
            return readModel.projection.prepare(...args);
          },
        },
      },
      database,
      sources: projectionSources(ledger.log, ledger.vault),
      subscribe: (after) => untilCrash(ledger, after, 100, true),
      onProgress: () => {},
    });
  await t.rejects(run(true), LogUnavailable);
  await run(false);
  t.equal(database.prepare('SELECT revision FROM case_status').get()?.revision, ordinaryWays.suspect.length - 1);
});
