import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openForProjection, type ReadModelDatabase } from '../../projections/database.ts';
import { CASES_READ_MODEL, HISTORY_READ_MODEL } from '../../projections/read-models.ts';
import { readCheckpoint, runProjection } from '../../projections/runner.ts';
import { createAllCommands } from '../../src/application/all-commands.ts';
import { createErasureCompletion } from '../../src/application/erasure-completion.ts';
import { Pace } from '../../src/background/pace.ts';
import { answeredInTime } from '../../src/event-log/answered-in-time.ts';
import { type EventLog, LogOverloaded, LogUnavailable, StreamTombstoned } from '../../src/event-log/port.ts';
import { SeenEnds } from '../../src/projecting/lag.ts';
import { projectionSources, sourceEventsOf, sourceFor } from '../../src/projecting/source.ts';
import { reasonsNotReady } from '../../src/readiness.ts';
import { readKeyEncryptionKeys } from '../../src/sealing/key-encryption-key.ts';
import { vaultStream } from '../../src/sealing/streams.ts';
import { openVault } from '../../src/sealing/vault.ts';
import { startApp } from '../support/app.ts';
import { bodyOf, fugitive } from '../support/case-bodies.ts';
import { erasureOf, order } from '../support/erasures.ts';
import { FAULTS, type Fault, type FaultyLog, faultyLog, type LogCall } from '../support/faulty-log.ts';
import { openTestLedger, sendAll, type TestLedger } from '../support/ledger.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';

/**
 * What comes of a fault: what was asked is done `at once`, if late; or it fails, is told, and is done once when it is tried `again`; or
 * nothing ends, and readiness says so (`told`).
 */
type Outcome = 'at once' | 'again' | 'told';

/** Every call of the port with every fault, as whoever makes the call meets it. A call without a row does not compile. */
const OUTCOMES: Readonly<Record<LogCall, Readonly<Record<Fault, Outcome>>>> = {
  append: { error: 'again', torn: 'again', delay: 'at once', hang: 'again', overload: 'again' },
  readStream: { error: 'again', torn: 'again', delay: 'at once', hang: 'again', overload: 'again' },
  tombstone: { error: 'again', torn: 'again', delay: 'at once', hang: 'again', overload: 'again' },
  head: { error: 'told', torn: 'told', delay: 'at once', hang: 'told', overload: 'told' },
  readAll: { error: 'again', torn: 'again', delay: 'at once', hang: 'again', overload: 'again' },
  subscribe: { error: 'again', torn: 'again', delay: 'at once', hang: 'told', overload: 'again' },
};

/** So long a call of these tests may take: longer than any that goes well does, also on a busy machine. */
const LONGEST_MS = 3_000;

/** What readiness says when something happens to its call. */
const READINESS: Readonly<Record<Fault, RegExp | undefined>> = {
  error: /^event log: the log is away$/,
  torn: /^event log: the log is away$/,
  delay: undefined,
  hang: /^event log: no answer within 2 s$/,
  overload: /^event log: too much waits$/,
};

t.setTimeout(600_000);

t.test('a command, by what happens to the calls that it makes', async (t) => {
  let log: FaultyLog | undefined;
  const { ledger, post, as, caseEvents } = await startApp(t, {
    commandLog: (real) => {
      log = faultyLog(real);
      return answeredInTime(log, LONGEST_MS);
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
    t.equal(first.statusCode, OUTCOMES[call][fault] === 'at once' ? 201 : 503, what);
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
    for (const fault of FAULTS) await isCarriedOutOnce(call, fault);
  }
  t.equal((await post('/v1/cases', fugitive, headers)).statusCode, 201, 'and it goes on');
});

t.test('readiness, by what happens to its call', async (t) => {
  const { log } = await openTestLedger(t);
  const faulty = faultyLog(log);
  const seconds = { seconds: () => 0 };
  for (const fault of FAULTS) {
    faulty.failNext('head', fault);
    const reasons = await reasonsNotReady(faulty, [], seconds);
    const expected = READINESS[fault];
    t.equal(reasons.length, expected === undefined ? 0 : 1, fault);
    if (expected !== undefined) t.match(reasons[0], expected, fault);
    t.equal(OUTCOMES.head[fault], expected === undefined ? 'at once' : 'told');
    t.same(await reasonsNotReady(faulty, [], seconds), [], `${fault}: ready again`);
  }
});

/** Builds a read model until it has caught up. Throws what stops it before. */
const build = async (
  { vault }: Pick<TestLedger, 'vault'>,
  log: EventLog,
  model: typeof CASES_READ_MODEL,
  database: ReadModelDatabase,
  ending = new AbortController(),
): Promise<void> => {
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

/** One that is told nothing of what happens goes on being asked, and readiness says how far behind it is. */
const saysHowFarItIsBehind = async (
  t: Test,
  ledger: TestLedger,
  log: EventLog,
  model: typeof CASES_READ_MODEL,
  database: ReadModelDatabase,
): Promise<void> => {
  const ending = new AbortController();
  const building = build(ledger, log, model, database, ending);
  // One that does not hang has come to its end meanwhile.
  const beside = openForProjection(join(ledger.directory, `beside-${randomUUID()}`), model);
  await build(ledger, ledger.log, model, beside);
  beside.close();
  const { position } = readCheckpoint(database);
  const head = await ledger.log.head();
  t.not(position, head);
  let now = 0;
  const ends = new SeenEnds(() => now);
  ends.see(head);
  now = 3_600_000;
  const status = { ...model, position, caughtUp: true, built: true, failure: undefined, stopped: false };
  const reasons = await reasonsNotReady(ledger.log, [{ ...status, haltedAt: undefined }], ends);
  t.same(reasons, [`view ${model.name} is 3600 s behind the log`]);
  // It never ends, as the subscription does not.
  building.catch(() => {});
  ending.abort();
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
  const faults = (['subscribe', 'readStream'] as const).flatMap((call) =>
    FAULTS.map((fault) => ({ call, fault, comes: OUTCOMES[call][fault] })),
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
    const faulty = faultyLog(ledger.log);
    const log = answeredInTime(faulty, LONGEST_MS);
    faulty.failNext(call, fault);
    if (comes === 'told') {
      await saysHowFarItIsBehind(t, ledger, log, model, database);
      continue;
    }
    const first = await build(ledger, log, model, database).then(
      () => 'at once',
      (error: Error) => error.name,
    );
    t.equal(first === 'at once', comes === 'at once', `${what}: ${first}`);
    if (comes === 'again') await build(ledger, log, model, database);
    t.same(rowsOf(database), expected.get(model.name), `${what}: the same rows`);
  }
});

/** What comes of something that is tried until it is done: whether it was at the first time. */
const untilDone = async <Done>(
  does: () => Promise<Done>,
): Promise<{ readonly outcome: Outcome; readonly done: Done }> => {
  try {
    return { outcome: 'at once', done: await does() };
  } catch (error) {
    if (!(error instanceof LogUnavailable || error instanceof LogOverloaded)) throw error;
    return { outcome: 'again', done: await does() };
  }
};

t.test(
  'an erasure, by what happens when it destroys a key, and when those are looked for that are not complete',
  async (t) => {
    const ledger = await openTestLedger(t);
    for (const fault of FAULTS) {
      const faulty = faultyLog(ledger.log);
      const node = ledger.another(answeredInTime(faulty, LONGEST_MS));
      const caseId = randomUUID();
      await sendAll(node, caseId, [ordinaryWays.fugitive[0]]);
      const [opened] = await ledger.log.readStream(`case-${caseId}`);
      const { keyId } = JSON.parse(opened?.metadata ?? '{}') as { readonly keyId: string };
      const orderId = await order(node, { case: caseId, part: 'person' });

      const { workOff } = erasureOf(node);
      faulty.failNext('tombstone', fault);
      t.equal((await untilDone(() => workOff(orderId))).outcome, OUTCOMES.tombstone[fault], `tombstone, ${fault}`);
      await t.rejects(
        ledger.log.readStream(vaultStream(keyId)),
        StreamTombstoned,
        `tombstone, ${fault}: the key is gone`,
      );
      const told = (await ledger.log.readStream(`erasure-${orderId}`)).map(({ type }) => type);
      t.same(told, ['erasure-ordered', 'key-destroyed'], `tombstone, ${fault}: once`);

      faulty.failNext('readAll', fault);
      const { outcome, done } = await untilDone(createErasureCompletion(node).incomplete);
      t.equal(outcome, OUTCOMES.readAll[fault], `readAll, ${fault}`);
      t.equal(done.at(-1)?.id, orderId, `readAll, ${fault}: it is found`);
    }
  },
);

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
