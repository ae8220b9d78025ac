import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import type { EventLog, EventToAppend, LoggedEvent, SubscriptionMessage } from '../../../src/event-log/port.ts';
import {
  areInLogOrder,
  idsOf,
  newEvent,
  newEvents,
  newStream,
  type OpenLog,
  openNewLog,
  readAllEvents,
  takeEvents,
} from './support.ts';

/** Appends to a stream of its own, one after the other, so that several of these interleave. */
const writeOneByOne = async (log: EventLog, count: number): Promise<void> => {
  const stream = newStream();
  for (let index = 0; index < count; index += 1) {
    await log.append(stream, index === 0 ? 'no-stream' : index - 1, newEvents(1));
  }
};

export const subscribingContract = (t: Test, open: OpenLog): Promise<unknown> =>
  t.test('subscribing', async (t) => {
    await t.test('goes from the past to the present with no gap and no double while writers write', async (t) => {
      const log = await openNewLog(t, open);
      await Promise.all(Array.from({ length: 10 }, () => log.append(newStream(), 'no-stream', newEvents(60))));
      const last = newEvent();
      const subscribed = takeEvents(log.subscribe(), ({ id }) => id === last.id);
      await Promise.all(Array.from({ length: 8 }, () => writeOneByOne(log, 60)));
      await log.append(newStream(), 'no-stream', [last]);
      const events = await subscribed;
      t.equal(events.length, 10 * 60 + 8 * 60 + 1);
      t.ok(areInLogOrder(events));
      t.same(events, await readAllEvents(log), 'the same events that reading gives');
    });

    await t.test('says when it has caught up, and goes on', async (t) => {
      const log = await openNewLog(t, open);
      await log.append(newStream(), 'no-stream', newEvents(5));
      const heard: string[] = [];
      for await (const message of log.subscribe()) {
        if (message.kind === 'scanned') continue;
        heard.push(...(message.kind === 'events' ? message.events.map(() => 'event') : ['caught up']));
        if (heard.length === 6) await log.append(newStream(), 'no-stream', newEvents(1));
        if (heard.length === 7) break;
      }
      t.same(heard, [...Array(5).fill('event'), 'caught up', 'event']);
    });

    await t.test('says on an empty log that it has caught up', async (t) => {
      const log = await openNewLog(t, open);
      for await (const { kind } of log.subscribe()) {
        if (kind === 'scanned') continue;
        t.equal(kind, 'caught-up');
        break;
      }
    });

    await t.test('begins after a position, also after the last one', async (t) => {
      const log = await openNewLog(t, open);
      const events = newEvents(10);
      const stream = newStream();
      await log.append(stream, 'no-stream', events);
      const positions = (await readAllEvents(log)).map(({ position }) => position);
      const later = newEvent();
      const afterLast = takeEvents(log.subscribe({ after: positions[9] }), () => true);
      await log.append(stream, 9, [later]);
      t.same(idsOf(await afterLast), [later.id]);
      const afterThird = await takeEvents(log.subscribe({ after: positions[2] }), ({ id }) => id === later.id);
      t.same(idsOf(afterThird), idsOf([...events.slice(3), later]));
    });

    await t.test('resumes from a checkpoint as often as one likes', async (t) => {
      const log = await openNewLog(t, open);
      for (let index = 0; index < 10; index += 1) await log.append(newStream(), 'no-stream', newEvents(7));
      const all = idsOf(await readAllEvents(log));
      const seen: string[] = [];
      let checkpoint: string | undefined;
      while (seen.length < all.length) {
        const next = await takeEvents(
          log.subscribe({ after: checkpoint }),
          (_, count) => count === 13 || seen.length + count === all.length,
        );
        seen.push(...idsOf(next));
        checkpoint = next.at(-1)?.position;
      }
      t.same(seen, all);
    });

    await t.test('never says that it has scanned what is still to come', async (t) => {
      const log = await openNewLog(t, open);
      const last = newEvent();
      const messages: SubscriptionMessage[] = [];
      const writing = Promise.all(Array.from({ length: 8 }, () => writeOneByOne(log, 30))).then(() =>
        log.append(newStream(), 'no-stream', [last]),
      );
      for await (const message of log.subscribe()) {
        messages.push(message);
        if (message.kind === 'events' && message.events.some(({ id }) => id === last.id)) break;
      }
      await writing;
      let scanned = '';
      for (const message of messages) {
        if (message.kind === 'scanned') scanned = message.position;
        if (message.kind === 'events') t.ok(message.events.every(({ position }) => position > scanned));
      }
    });

    await t.test('gives what is of the streams that are needed, however much of others there is between', async (t) => {
      const log = await openNewLog(t, open);
      const write = async (events: readonly EventToAppend[]): Promise<void> => {
        await log.append(newStream(), 'no-stream', newEvents(30));
        const [first, ...others] = events;
        await log.append(`also-${randomUUID()}`, 'no-stream', [first as EventToAppend]);
        await log.append(newStream(), 'no-stream', newEvents(1));
        await log.append(`wanted-${randomUUID()}`, 'no-stream', others);
        for (let rest = 0; rest < 21; rest += 1) await log.append(newStream(), 'no-stream', newEvents(500));
      };
      const [past, present] = [newEvents(3), newEvents(2)];
      await write(past);
      const wanted: string[] = [];
      let position = '';
      let isLive = false;
      for await (const message of log.subscribe({ streams: ['wanted-', 'also-'] })) {
        if (message.kind === 'caught-up') {
          if (isLive) continue;
          t.ok(position >= ((await log.head()) ?? ''), 'the past is over when all of it was looked through');
          isLive = true;
          await write(present);
          continue;
        }
        if (message.kind === 'scanned') ({ position } = message);
        else {
          t.ok(message.events.every((event) => event.position > position));
          position = (message.events.at(-1) as LoggedEvent).position;
          wanted.push(...idsOf(message.events));
        }
        if (isLive && position >= ((await log.head()) ?? '')) break;
      }
      t.same(wanted, idsOf([...past, ...present]));
    });

    await t.test('serves many subscribers alike', async (t) => {
      const log = await openNewLog(t, open);
      const last = newEvent();
      const all = Array.from({ length: 10 }, () => takeEvents(log.subscribe(), ({ id }) => id === last.id));
      await Promise.all(Array.from({ length: 4 }, () => writeOneByOne(log, 20)));
      await log.append(newStream(), 'no-stream', [last]);
      const written = idsOf(await readAllEvents(log));
      for (const events of await Promise.all(all)) t.same(idsOf(events), written);
    });

    await t.test('ends without an error when its signal says so', async (t) => {
      const log = await openNewLog(t, open);
      await log.append(newStream(), 'no-stream', newEvents(3));
      const abort = new AbortController();
      const heard: string[] = [];
      for await (const { kind } of log.subscribe({ signal: abort.signal })) {
        heard.push(kind);
        if (kind === 'caught-up') setImmediate(() => abort.abort());
      }
      t.ok(heard.includes('caught-up'));
      const never: string[] = [];
      for await (const { kind } of log.subscribe({ signal: abort.signal })) never.push(kind);
      t.same(never, [], 'a signal that has spoken before');
    });
  });
