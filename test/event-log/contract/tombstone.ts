import type { Test } from 'tap';
import {
  failureOf,
  newEvent,
  newEvents,
  newStream,
  type OpenLog,
  openNewLog,
  readAllEvents,
  takeEvents,
} from './support.ts';

const REFUSED = { name: 'StreamTombstoned' };

export const tombstoneContract = (t: Test, open: OpenLog): Promise<unknown> =>
  t.test('tombstones', async (t) => {
    await t.test('make a stream unreadable and unwritable for good', async (t) => {
      const log = await openNewLog(t, open);
      const vault = 'vault-1';
      const events = newEvents(2);
      await log.append(vault, 'no-stream', events);
      await log.tombstone(vault);
      t.match(await failureOf(log.readStream(vault)), REFUSED);
      t.match(await failureOf(log.readStream(vault, { direction: 'backwards', limit: 1 })), REFUSED);
      t.match(await failureOf(log.append(vault, 1, newEvents(1))), REFUSED, 'at its revision');
      t.match(await failureOf(log.append(vault, 'no-stream', newEvents(1))), REFUSED, 'as a new stream');
      t.match(await failureOf(log.append(vault, 'no-stream', events)), REFUSED, 'as a repeat');
    });

    await t.test('may be repeated, and set where there is no stream yet', async (t) => {
      const log = await openNewLog(t, open);
      await log.append('vault-1', 'no-stream', newEvents(1));
      for (const stream of ['vault-1', 'vault-1', 'vault-2', 'vault-2']) await log.tombstone(stream);
      for (const stream of ['vault-1', 'vault-2']) {
        t.match(await failureOf(log.readStream(stream)), REFUSED);
        t.match(await failureOf(log.append(stream, 'no-stream', newEvents(1))), REFUSED);
      }
    });

    await t.test('leave other streams, later events and their order alone', async (t) => {
      const log = await openNewLog(t, open);
      const [kept, vault] = [newStream(), 'vault-1'];
      const first = await log.append(kept, 'no-stream', newEvents(1));
      const erased = await log.append(vault, 'no-stream', newEvents(1));
      await log.tombstone(vault);
      const last = newEvent();
      const later = await log.append(kept, 0, [last]);
      t.ok(first.position < erased.position && erased.position < later.position, 'no position comes twice');
      t.equal((await log.readStream(kept)).length, 2);
      t.equal(await log.head(), later.position);
      // EventStoreDB shows the events of a tombstoned stream in the whole log until it is scavenged.
      const others = (await readAllEvents(log)).filter(({ stream }) => stream !== vault);
      t.same(others, await log.readStream(kept));
      const resumed = await takeEvents(log.subscribe({ after: erased.position }), ({ id }) => id === last.id);
      t.same(
        resumed.map(({ id }) => id),
        [last.id],
      );
    });
  });
