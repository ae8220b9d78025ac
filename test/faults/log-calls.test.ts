import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import t from 'tap';
import { openForProjection, type ReadModelDatabase } from '../../projections/database.ts';
import { CASES_READ_MODEL, HISTORY_READ_MODEL } from '../../projections/read-models.ts';
import { runProjection } from '../../projections/runner.ts';
import { createAllCommands } from '../../src/application/all-commands.ts';
import type { EventLog } from '../../src/event-log/port.ts';
import { Pace } from '../../src/projecting/pace.ts';
import { projectionSources, sourceEventsOf, sourceFor } from '../../src/projecting/source.ts';
import { reasonsNotReady } from '../../src/readiness.ts';
import { readKeyEncryptionKeys } from '../../src/sealing/key-encryption-key.ts';
import { openVault } from '../../src/sealing/vault.ts';
import { startApp } from '../support/app.ts';
import { bodyOf, fugitive } from '../support/case-bodies.ts';
import { FAULTS, type Fault, type FaultyLog, faultyLog, type LogCall } from '../support/faulty-log.ts';
import { IS_LONG } from '../support/how-many.ts';
import { openTestLedger, sendAll, type TestLedger } from '../support/ledger.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';

/** How a command is answered when something happens to a call that it makes; sent again with its key it is always carried out once. */
const ANSWERS: Readonly<Record<'append' | 'readStream', Readonly<Record<Fault, number>>>> = {
  append: { error: 503, torn: 503, delay: 201, hang: 503, overload: 503 },
  readStream: { error: 503, torn: 503, delay: 201, hang: 503, overload: 503 },
};

/** What readiness says when something happens to its call. */
const READINESS: Readonly<Record<Fault, readonly RegExp[]>> = {
  error: [/^event log: the log is away$/],
  torn: [/^event log: the log is away$/],
  delay: [],
  hang: [/^event log: no answer within 2 s$/],
  overload: [/^event log: too much waits$/],
};

/** How a view comes to its rows when something happens to a call that it makes: at once, or when it is tried again. */
const VIEWS: Readonly<
  Record<'subscribe' | 'readStream', Readonly<Record<Exclude<Fault, 'hang'>, 'at once' | 'again'>>>
> = {
  subscribe: { error: 'again', torn: 'again', delay: 'at once', overload: 'again' },
  readStream: { error: 'again', torn: 'again', delay: 'at once', overload: 'again' },
};

t.setTimeout(600_000);

t.test('a command, by what happens to the calls that it makes', async (t) => {
  let log: FaultyLog | undefined;
  const { ledger, post, as, caseEvents } = await startApp(t, {
    commandLog: (real) => {
      log = faultyLog(real);
      return log;
    },
  });
  const faulty = log as unknown as FaultyLog;
  const headers = await as('recorder');
  const isCarriedOutOnce = async (call: 'append' | 'readStream', fault: Fault): Promise<void> => {
    const what = `${call}-${fault}`;
    // Of a case that another node has opened, so that it has to be read first.
    const caseId = randomUUID();
    await sendAll(ledger, caseId, [ordinaryWays.fugitive[0]]);
    const key = { ...headers, 'idempotency-key': what };
    const send = () => post(`/v1/cases/${caseId}/events`, bodyOf({ type: 'located' }), key);
    faulty.failNext(call, fault);
    const first = await send();
    t.equal(first.statusCode, ANSWERS[call][fault], what);
    if (first.statusCode === 503) {
      t.ok(first.headers['retry-after'], `${what}: Retry-After`);
      t.match(first.json().detail, /same Idempotency-Key|nothing was written/, what);
    }
    const again = await send();
    t.equal(again.statusCode, 201, `${what}: sent again`);
    const types = (await caseEvents()).filter(({ stream }) => stream === `case-${caseId}`).map(({ type }) => type);
    t.same(types, ['reported', 'located'], `${what}: once`);
  };
  for (const call of ['append', 'readStream'] as const) {
    for (const fault of FAULTS) if (fault !== 'hang') await isCarriedOutOnce(call, fault);
  }
  // What never answers is given up after a time.
  await isCarriedOutOnce('append', 'hang');
  if (IS_LONG) await isCarriedOutOnce('readStream', 'hang');
  t.equal((await post('/v1/cases', fugitive, headers)).statusCode, 201, 'and it goes on');
});

t.test('readiness, by what happens to its call', async (t) => {
  const { log } = await openTestLedger(t);
  const faulty = faultyLog(log);
  const seconds = { seconds: () => 0 };
  for (const fault of FAULTS) {
    faulty.failNext('head', fault);
    const reasons = await reasonsNotReady(faulty, [], seconds);
    t.equal(reasons.length, READINESS[fault].length, fault);
    for (const [index, expected] of READINESS[fault].entries()) t.match(reasons[index], expected, fault);
    t.same(await reasonsNotReady(faulty, [], seconds), [], `${fault}: ready again`);
  }
});

/** Builds a read model until it has caught up. Throws what stops it before. */
const build = async (
  { vault }: Pick<TestLedger, 'vault'>,
  log: EventLog,
  model: typeof CASES_READ_MODEL,
  database: ReadModelDatabase,
): Promise<void> => {
  const ending = new AbortController();
  await runProjection({
    readModel: model,
    database,
    sources: projectionSources(log, vault),
    subscribe: (after) => sourceEventsOf(log, sourceFor(model, vault), after, ending.signal, new Pace()),
    onProgress: ({ caughtUp }) => {
      if (caughtUp) ending.abort();
    },
  });
};

const rowsOf = (database: ReadModelDatabase): readonly unknown[] => {
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%search%'")
    .all();
  return tables.map(({ name }) => [name, database.prepare(`SELECT * FROM ${name}`).all()]);
};

t.test('a view, by what happens to the calls that it makes', async (t) => {
  const ledger = await openTestLedger(t);
  const cases = Object.values(ordinaryWays).map((way) => ({ id: randomUUID(), way, begun: way.slice(0, 3) }));
  for (const { id, begun } of cases) await sendAll(ledger, id, begun);
  const faults = Object.entries(VIEWS).flatMap(([call, outcomes]) =>
    Object.entries(outcomes).map(([fault, comes]) => ({ call: call as LogCall, fault: fault as Fault, comes })),
  );
  const open = async (model: typeof CASES_READ_MODEL, name: string) => {
    const database = openForProjection(join(ledger.directory, name), model);
    t.teardown(() => database.close());
    await build(ledger, ledger.log, model, database);
    return { model, database };
  };
  const disturbed = [];
  const undisturbed = [];
  for (const model of [CASES_READ_MODEL, HISTORY_READ_MODEL]) {
    undisturbed.push(await open(model, 'undisturbed'));
    for (const each of faults) disturbed.push({ ...each, ...(await open(model, `${each.call}-${each.fault}`)) });
  }
  for (const { id, way, begun } of cases) {
    const { history } = await sendAll(ledger, id, way.slice(begun.length));
    // What puts something right makes a view read the history before it.
    const data = { eventId: history.recorded.at(-1)?.id, reason: 'it was written down wrong' };
    await sendAll(ledger, id, [{ type: 'annulled', data }]);
  }
  const expected = new Map<string, readonly unknown[]>();
  for (const { model, database } of undisturbed) {
    await build(ledger, ledger.log, model, database);
    expected.set(model.name, rowsOf(database));
  }
  for (const { model, database, call, fault, comes } of disturbed) {
    const what = `${model.name}: ${call}, ${fault}`;
    const log = faultyLog(ledger.log);
    log.failNext(call, fault);
    const first = await build(ledger, log, model, database).then(
      () => 'at once',
      (error: Error) => error.name,
    );
    t.equal(first === 'at once', comes === 'at once', `${what}: ${first}`);
    if (comes === 'again') await build(ledger, log, model, database);
    t.same(rowsOf(database), expected.get(model.name), `${what}: the same rows`);
  }
});

t.test(
  'a clock that jumps back: everything is recorded, and what was known when stays the beginning of the log',
  async (t) => {
    const ledger = await openTestLedger(t);
    const hours = [0, -1, 1, -48, 2, -1, 3, 0, 4, -24];
    let call = 0;
    const clock = (): Date =>
      new Date(Date.parse('2025-06-01T00:00:00Z') + (hours[call++ % hours.length] as number) * 3_600_000);
    const vault = openVault(ledger.log, readKeyEncryptionKeys(ledger.keyEncryptionKeyFile), clock);
    const node = createAllCommands({ log: ledger.log, vault, clock });
    for (const way of Object.values(ordinaryWays)) await sendAll(node, randomUUID(), way);
    const database = openForProjection(join(ledger.directory, 'views'), HISTORY_READ_MODEL);
    t.teardown(() => database.close());
    await build(ledger, ledger.log, HISTORY_READ_MODEL, database);
    const events = database.prepare('SELECT known_at, metadata FROM event ORDER BY position').all();
    const knownAt = events.map((event) => String(event['known_at']));
    const recordedAt = events.map((event) => String(JSON.parse(String(event['metadata'])).recordedAt));
    t.equal(events.length, Object.values(ordinaryWays).flat().length);
    t.notSame(recordedAt, recordedAt.toSorted(), 'the clock did jump');
    t.same(knownAt, knownAt.toSorted(), 'what is known only grows');
    t.ok(knownAt.every((known, index) => known >= (recordedAt[index] as string)));
  },
);
