import type { Test } from 'tap';
import { failureOf, idsOf, newEvents, newLedger, newStream, type OpenLog, readAllEvents } from './support.ts';

const CLOSED = { name: 'LogClosed' };

export const closingContract = (t: Test, open: OpenLog): Promise<unknown> =>
  t.test('closing', async (t) => {
    await t.test('in the middle of appends loses none that was answered', async (t) => {
      const ledger = newLedger();
      const log = await open(ledger);
      const appends = Array.from({ length: 500 }, () => ({ stream: newStream(), events: newEvents(2) }));
      const answers = appends.map(({ stream, events }) => log.append(stream, 'no-stream', events));
      const settled = Promise.allSettled(answers);
      await answers[0];
      await log.close();
      const results = await settled;
      const refused = results.filter((result) => result.status === 'rejected');
      t.ok(refused.every(({ reason }) => ['LogClosed', 'LogUnavailable'].includes(reason.name)));

      const again = await open(ledger);
      t.teardown(() => again.close());
      const written = new Set(idsOf(await readAllEvents(again)));
      const answered = appends.filter((_, index) => results[index]?.status === 'fulfilled');
      t.ok(answered.length > 0);
      t.ok(answered.every(({ events }) => events.every(({ id }) => written.has(id))));
    });

    await t.test('in the middle of reading all never looks like the end of the log', async (t) => {
      const log = await open(newLedger());
      await Promise.all(Array.from({ length: 30 }, () => log.append(newStream(), 'no-stream', newEvents(100))));
      let count = 0;
      const failure = await failureOf(
        (async () => {
          for await (const events of log.readAll()) {
            if (count === 0) await log.close();
            count += events.length;
          }
        })(),
      );
      t.ok(failure['name'] === 'LogClosed' || count === 3_000, `${failure['name']} after ${count} events`);
    });

    await t.test('ends subscriptions without an error, idle or not', async (t) => {
      const log = await open(newLedger());
      await Promise.all(Array.from({ length: 30 }, () => log.append(newStream(), 'no-stream', newEvents(100))));
      const begun: Promise<unknown>[] = [];
      const follow = async (after: 'caught-up' | 'events'): Promise<void> => {
        const { promise, resolve } = Promise.withResolvers<void>();
        begun.push(promise);
        for await (const { kind } of log.subscribe()) if (kind === after) resolve();
      };
      const following = Promise.all([...Array(5).fill('caught-up'), ...Array(5).fill('events')].map(follow));
      await Promise.all(begun);
      await log.close();
      await t.resolves(following);
    });

    await t.test('closes for good, and may be repeated', async (t) => {
      const log = await open(newLedger());
      await Promise.all([log.close(), log.close()]);
      await log.close();
      t.match(await failureOf(log.append(newStream(), 'no-stream', newEvents(1))), CLOSED);
      t.match(await failureOf(log.tombstone(newStream())), CLOSED);
      t.match(await failureOf(log.readStream(newStream())), CLOSED);
      t.match(await failureOf(log.head()), CLOSED);
      t.match(await failureOf(readAllEvents(log)), CLOSED);
      t.match(await failureOf(log.subscribe()[Symbol.asyncIterator]().next()), CLOSED);
    });

    await t.test('lets the log be opened again as it was', async (t) => {
      const ledger = newLedger();
      const first = await open(ledger);
      await first.append(newStream(), 'no-stream', newEvents(3));
      const events = await readAllEvents(first);
      await first.close();
      const second = await open(ledger);
      t.teardown(() => second.close());
      t.same(await readAllEvents(second), events);
      const { position } = await second.append(newStream(), 'no-stream', newEvents(1));
      t.ok(position > (events.at(-1)?.position ?? ''));
    });
  });
