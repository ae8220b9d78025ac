import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { openEventStoreDbEventLog } from '../../src/event-log/eventstoredb/adapter.ts';
import type { EventLog, LoggedEvent } from '../../src/event-log/port.ts';
import { CANNOT_START, startOwnServer } from '../support/eventstoredb-server.ts';
import { areInLogOrder, idsOf, newEvent, newEvents, newLedger, newStream, readAllEvents } from './contract/support.ts';

const WRITERS = 8;

/** The category of a quarter of the streams. */
const SOME = 'visit';

/** Appends events one after the other, with the port's own means against an unknown outcome: the same append again. */
const appendOneByOne = async (
  log: EventLog,
  stream: string,
  answered: string[],
  isOver: () => boolean,
): Promise<void> => {
  for (let revision = 0; !isOver(); ) {
    const event = newEvent();
    for (;;) {
      try {
        await log.append(stream, revision === 0 ? 'no-stream' : revision - 1, [event]);
        break;
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'LogUnavailable') throw error;
      }
    }
    answered.push(event.id);
    revision += 1;
  }
};

/** Writes and follows while something is done to the server. */
const disturb = async (t: Test, connectionString: string, disturbance: () => Promise<void>): Promise<void> => {
  const log = openEventStoreDbEventLog({ connectionString, ledger: newLedger() });
  t.teardown(() => log.close());
  const answered: string[] = [];
  const stop = new AbortController();
  const follow = async (followed: LoggedEvent[], streams?: readonly string[]): Promise<void> => {
    for await (const message of log.subscribe({ streams, signal: stop.signal })) {
      if (message.kind === 'events') followed.push(...message.events);
    }
  };
  const [followed, some]: [LoggedEvent[], LoggedEvent[]] = [[], []];
  const following = Promise.all([follow(followed), follow(some, [`${SOME}-`])]);

  let isOver = false;
  const streams = Array.from({ length: WRITERS }, (_, writer) => newStream(writer % 4 === 0 ? SOME : undefined));
  const writing = Promise.all(streams.map((stream) => appendOneByOne(log, stream, answered, () => isOver)));
  const answersMore = async (): Promise<void> => {
    const until = answered.length + 200;
    while (answered.length < until) await sleep(20);
  };
  await answersMore();
  await disturbance();
  await answersMore();
  isOver = true;
  await writing;

  const written = await readAllEvents(log);
  const ofSome = written.filter(({ stream }) => stream.startsWith(`${SOME}-`));
  while (followed.length < written.length || some.length < ofSome.length) await sleep(20);
  stop.abort();
  await following;
  t.same(
    idsOf(written).toSorted(),
    answered.toSorted(),
    'every append was answered, none was lost, none is there twice',
  );
  t.same(idsOf(followed), idsOf(written), 'the subscription has each event once');
  t.same(idsOf(some), idsOf(ofSome), 'and so has that of some streams');
  t.ok(areInLogOrder(followed));
};

/** Begins to take what is tombstoned off the server's disk; the client has no call for it. */
const scavenge = async (t: Test, connectionString: string): Promise<void> => {
  const address = new URL('/admin/scavenge', connectionString.replace(/^esdb/, 'http'));
  t.equal((await fetch(address, { method: 'POST' })).status, 200);
};

if (CANNOT_START !== false) t.plan(0, CANNOT_START);
else {
  const server = await startOwnServer(t);
  const { connectionString } = server;

  await t.test('a server that is stopped and started again', (t) =>
    disturb(t, connectionString, async () => {
      await server.end('SIGTERM');
      server.start();
    }),
  );
  await t.test('a server that is killed, and away for some seconds', (t) =>
    disturb(t, connectionString, async () => {
      await server.end('SIGKILL');
      await sleep(8_000);
      server.start();
    }),
  );
  await t.test('a server that freezes, and goes on', (t) =>
    disturb(t, connectionString, async () => {
      server.signal('SIGSTOP');
      await sleep(12_000);
      server.signal('SIGCONT');
    }),
  );
  await t.test(
    'a read that is under way when the client is replaced is not taken for one that came to its end',
    async (t) => {
      const log = openEventStoreDbEventLog({ connectionString, ledger: newLedger() });
      t.teardown(() => log.close());
      const stream = newStream();
      await log.append(stream, 'no-stream', newEvents(3));
      const position = await log.head();
      server.signal('SIGSTOP');
      const read = Promise.all([log.readStream(stream), log.head()]);
      // Two calls that are not answered in time are one too many for a client.
      const appended = Promise.all([1, 2].map(() => log.append(newStream(), 'no-stream', [newEvent()])));
      await sleep(5_000);
      server.signal('SIGCONT');
      const [events, head] = await read;
      t.equal(events.length, 3);
      t.ok(String(head) >= String(position));
      await appended;
    },
  );
  await t.test('a server that is scavenged: nothing is missed after an event that is gone', async (t) => {
    const log = openEventStoreDbEventLog({ connectionString, ledger: newLedger() });
    t.teardown(() => log.close());
    const kept = newStream();
    const gone: string[] = [];
    for (let index = 0; index < 10; index += 1) {
      gone.push((await log.append(`vault-${index}`, 'no-stream', newEvents(1))).position);
      await log.append(kept, index === 0 ? 'no-stream' : index - 1, newEvents(1));
    }
    for (let index = 0; index < 10; index += 1) await log.tombstone(`vault-${index}`);
    await scavenge(t, connectionString);
    while ((await readAllEvents(log)).length > 10) await sleep(100);
    const left = await readAllEvents(log);
    t.same(left, await log.readStream(kept));
    for (const [index, position] of gone.entries()) {
      t.same(idsOf(await readAllEvents(log, position)), idsOf(left.slice(index)));
    }
  });
}
