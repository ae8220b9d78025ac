import type { Test } from 'tap';
import { MAX_EVENT_BYTES } from '../../../src/event-log/port.ts';
import {
  failureOf,
  idsOf,
  newEvent,
  newEvents,
  newLedger,
  newStream,
  type OpenLog,
  openNewLog,
  readAllEvents,
} from './support.ts';

export const appendingContract = (t: Test, open: OpenLog): Promise<unknown> =>
  t.test('appending', async (t) => {
    await t.test('answers with the revision and the position of the last event', async (t) => {
      const log = await openNewLog(t, open);
      const stream = newStream();
      const first = await log.append(stream, 'no-stream', newEvents(1));
      const second = await log.append(stream, 0, newEvents(3));
      const events = await log.readStream(stream);
      t.same([first.revision, second.revision], [0, 3]);
      t.same([first.position, second.position], [events[0]?.position, events[3]?.position]);
      t.equal(await log.head(), second.position);
    });

    await t.test(
      'refuses every revision that is not the stream’s, names the actual one, and writes nothing',
      async (t) => {
        const log = await openNewLog(t, open);
        const stream = newStream();
        const append = (expected: 'no-stream' | number) => failureOf(log.append(stream, expected, newEvents(1)));
        const conflict = (expected: 'no-stream' | number, actual: 'no-stream' | number) => ({
          name: 'RevisionConflict',
          stream,
          expected,
          actual,
        });
        t.same(await append(0), conflict(0, 'no-stream'));
        t.same(await append(7), conflict(7, 'no-stream'));
        await log.append(stream, 'no-stream', newEvents(3));
        t.same(await append('no-stream'), conflict('no-stream', 2));
        t.same(await append(1), conflict(1, 2));
        t.same(await append(3), conflict(3, 2));
        t.equal((await log.readStream(stream)).length, 3);
        t.equal((await readAllEvents(log)).length, 3);
      },
    );

    await t.test('lets exactly one of twenty racing writers win, each time', async (t) => {
      const log = await openNewLog(t, open);
      const stream = newStream();
      const winners: string[] = [];
      for (let round = 0; round < 30; round += 1) {
        const expected = round === 0 ? 'no-stream' : round - 1;
        const racing = newEvents(20);
        const results = await Promise.allSettled(racing.map((event) => log.append(stream, expected, [event])));
        const won = racing.filter((_, index) => results[index]?.status === 'fulfilled');
        const lost = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
        t.equal(won.length, 1, `round ${round} has one winner`);
        t.ok(lost.every(({ name, actual }) => name === 'RevisionConflict' && actual === round));
        winners.push(...idsOf(won));
      }
      t.same(idsOf(await log.readStream(stream)), winners);
    });

    await t.test('gives the first answer to the same append again, and writes nothing', async (t) => {
      const log = await openNewLog(t, open);
      const stream = newStream();
      const [one, two, three] = [newEvents(1), newEvents(3), newEvents(2)];
      const answers = [await log.append(stream, 'no-stream', one)];
      t.same(await log.append(stream, 'no-stream', one), answers[0], 'at once');
      answers.push(await log.append(stream, 0, two), await log.append(stream, 3, three));
      t.same(await log.append(stream, 'no-stream', one), answers[0], 'after later events');
      t.same(await log.append(stream, 0, two), answers[1], 'of several events, after later events');
      t.same(await log.append(stream, 3, three), answers[2], 'of several events at the end');
      t.same(idsOf(await log.readStream(stream)), idsOf([...one, ...two, ...three]));
      t.equal((await readAllEvents(log)).length, 6);
    });

    await t.test('gives one answer to the same append sent twenty times at once', async (t) => {
      const log = await openNewLog(t, open);
      const stream = newStream();
      const events = newEvents(2);
      const answers = await Promise.all(Array.from({ length: 20 }, () => log.append(stream, 'no-stream', events)));
      t.same(new Set(answers.map(({ revision, position }) => `${revision} ${position}`)).size, 1);
      t.equal((await log.readStream(stream)).length, 2);
    });

    await t.test('takes what is only in part a repeat for a conflict', async (t) => {
      const log = await openNewLog(t, open);
      const stream = newStream();
      const events = newEvents(2);
      await log.append(stream, 'no-stream', events);
      const longer = await failureOf(log.append(stream, 'no-stream', [...events, newEvent()]));
      const turned = await failureOf(log.append(stream, 'no-stream', events.toReversed()));
      t.match(
        [longer, turned],
        [
          { name: 'RevisionConflict', actual: 1 },
          { name: 'RevisionConflict', actual: 1 },
        ],
      );
      t.same(idsOf(await log.readStream(stream)), idsOf(events));
    });

    await t.test('does not let one conflict take others with it', async (t) => {
      const log = await openNewLog(t, open);
      const taken = newStream();
      await log.append(taken, 'no-stream', newEvents(1));
      const results = await Promise.allSettled(
        Array.from({ length: 50 }, (_, index) =>
          log.append(index % 5 === 0 ? taken : newStream(), 'no-stream', newEvents(2)),
        ),
      );
      t.equal(results.filter(({ status }) => status === 'fulfilled').length, 40);
      t.equal((await readAllEvents(log)).length, 81);
    });

    await t.test('refuses an append over the size limit, and writes nothing of it', async (t) => {
      const log = await openNewLog(t, open);
      const stream = newStream();
      const metadata = '{}';
      const dataOf = (bytes: number): string => `"${'x'.repeat(bytes - 2)}"`;
      const largest = newEvent({ data: dataOf(MAX_EVENT_BYTES - metadata.length), metadata });
      const tooLarge = newEvent({ data: dataOf(MAX_EVENT_BYTES - metadata.length + 1), metadata });
      // Three bytes a character: what counts is UTF-8.
      const tooLargeInChinese = newEvent({ data: `"${'移'.repeat(MAX_EVENT_BYTES / 3)}"`, metadata });
      t.match(await failureOf(log.append(stream, 'no-stream', [tooLarge])), { name: 'EventTooLarge' });
      t.match(await failureOf(log.append(stream, 'no-stream', [tooLargeInChinese])), { name: 'EventTooLarge' });
      t.match(await failureOf(log.append(stream, 'no-stream', [newEvent(), tooLarge])), { name: 'EventTooLarge' });
      t.match(await failureOf(log.append(stream, 'no-stream', [largest, newEvent()])), { name: 'EventTooLarge' });
      t.same(await log.readStream(stream), []);
      await log.append(stream, 'no-stream', [largest]);
      t.equal((await log.readStream(stream))[0]?.data.length, largest.data.length);
    });

    await t.test('refuses an append without events', async (t) => {
      const log = await openNewLog(t, open);
      t.match(await failureOf(log.append(newStream(), 'no-stream', [])), { name: 'RangeError' });
    });

    await t.test('refuses what is too much at once, and writes the rest', async (t) => {
      const log = await openNewLog(t, open);
      const results = await Promise.allSettled(
        Array.from({ length: 12_000 }, () => log.append(newStream(), 'no-stream', newEvents(1))),
      );
      const written = results.filter(({ status }) => status === 'fulfilled').length;
      const refused = results.filter((result) => result.status === 'rejected');
      t.ok(refused.length > 0 && written > 0);
      t.ok(refused.every(({ reason }) => reason.name === 'LogOverloaded'));
      t.equal((await readAllEvents(log)).length, written);
    });

    await t.test('keeps two ledgers apart', async (t) => {
      const [left, right] = [await openNewLog(t, open), await openNewLog(t, open)];
      const stream = newStream();
      await left.append(stream, 'no-stream', newEvents(2));
      await right.append(stream, 'no-stream', newEvents(1));
      t.same(
        [await left.readStream(stream), await right.readStream(stream)].map(({ length }) => length),
        [2, 1],
      );
      t.same(
        [await readAllEvents(left), await readAllEvents(right)].map((events) => events.map(({ stream }) => stream)),
        [[stream, stream], [stream]],
      );
    });

    await t.test('keeps a ledger whose name begins with that of another one apart', async (t) => {
      const name = newLedger();
      const [short, long] = [await open(name), await open(`${name}-2`)];
      t.teardown(() => Promise.all([short.close(), long.close()]));
      await long.append(newStream(), 'no-stream', newEvents(1));
      t.same(await readAllEvents(short), []);
      t.equal(await short.head(), undefined);
    });
  });
