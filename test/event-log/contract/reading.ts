import type { Test } from 'tap';
import { areInLogOrder, idsOf, newEvents, newStream, type OpenLog, openNewLog, readAllEvents } from './support.ts';

export const readingContract = (t: Test, open: OpenLog): Promise<unknown> =>
  t.test('reading', async (t) => {
    await t.test('a stream that is not there is empty', async (t) => {
      const log = await openNewLog(t, open);
      t.same(await log.readStream(newStream()), []);
      t.same(await log.readStream(newStream(), { direction: 'backwards', from: 3, limit: 2 }), []);
    });

    await t.test('an empty log has no events and no head', async (t) => {
      const log = await openNewLog(t, open);
      t.same(await readAllEvents(log), []);
      t.equal(await log.head(), undefined);
    });

    await t.test('a stream gives back what was appended', async (t) => {
      const log = await openNewLog(t, open);
      const stream = newStream();
      const events = newEvents(3);
      const { position } = await log.append(stream, 'no-stream', events);
      const read = await log.readStream(stream);
      t.same(
        read.map(({ position: _, ...event }) => event),
        events.map((event, revision) => ({ ...event, stream, revision })),
      );
      t.equal(read[2]?.position, position);
    });

    await t.test('a stream is read forwards and backwards, from a revision, up to a limit', async (t) => {
      const log = await openNewLog(t, open);
      const stream = newStream();
      await log.append(stream, 'no-stream', newEvents(6));
      const revisions = async (options: Parameters<typeof log.readStream>[1]) =>
        (await log.readStream(stream, options)).map(({ revision }) => revision);
      t.same(await revisions({}), [0, 1, 2, 3, 4, 5]);
      t.same(await revisions({ from: 2 }), [3, 4, 5]);
      t.same(await revisions({ limit: 2 }), [0, 1]);
      t.same(await revisions({ from: 2, limit: 2 }), [3, 4]);
      t.same(await revisions({ from: 5 }), []);
      t.same(await revisions({ from: 99 }), []);
      t.same(await revisions({ direction: 'backwards' }), [5, 4, 3, 2, 1, 0]);
      t.same(await revisions({ direction: 'backwards', from: 2 }), [1, 0]);
      t.same(await revisions({ direction: 'backwards', limit: 2 }), [5, 4]);
      t.same(await revisions({ direction: 'backwards', from: 4, limit: 3 }), [3, 2, 1]);
      t.same(await revisions({ direction: 'backwards', from: 0 }), []);
      t.same(await revisions({ direction: 'backwards', from: 99, limit: 1 }), [5]);
    });

    await t.test('all events come in log order, whatever their streams', async (t) => {
      const log = await openNewLog(t, open);
      const streams = Array.from({ length: 20 }, newStream);
      for (let round = 0; round < 40; round += 1) {
        await Promise.all(
          streams.map((stream) => log.append(stream, round === 0 ? 'no-stream' : round - 1, newEvents(1))),
        );
      }
      const all = await readAllEvents(log);
      t.equal(all.length, 800);
      t.ok(areInLogOrder(all), 'positions order as text');
      t.same(
        all.map(({ position }) => position).toSorted(),
        all.map(({ position }) => position),
      );
      for (const stream of streams) {
        t.same(
          all.filter((event) => event.stream === stream),
          await log.readStream(stream),
        );
      }
      t.equal(await log.head(), all.at(-1)?.position);
    });

    await t.test('all events are read after a position, without the event at it', async (t) => {
      const log = await openNewLog(t, open);
      for (let index = 0; index < 10; index += 1) await log.append(newStream(), 'no-stream', newEvents(2));
      const all = await readAllEvents(log);
      for (const at of [0, 1, 7, 18, 19]) {
        t.same(idsOf(await readAllEvents(log, all[at]?.position)), idsOf(all.slice(at + 1)), `after event ${at}`);
      }
    });

    await t.test('reading all ends at the end as it was, though writers go on', async (t) => {
      const log = await openNewLog(t, open);
      const before = newEvents(3);
      await log.append(newStream(), 'no-stream', before);
      const read: string[] = [];
      for await (const events of log.readAll()) {
        read.push(...idsOf(events));
        await log.append(newStream(), 'no-stream', newEvents(1));
      }
      t.same(read, idsOf(before));
    });

    await t.test('an append that was answered can be read at once', async (t) => {
      const log = await openNewLog(t, open);
      for (let index = 0; index < 100; index += 1) {
        const stream = newStream();
        const { position } = await log.append(stream, 'no-stream', newEvents(1));
        const [read, head] = await Promise.all([log.readStream(stream), log.head()]);
        if (read[0]?.position !== position || head !== position) return t.fail(`append ${index} was not there`);
      }
      return t.pass('a hundred were there');
    });
  });
