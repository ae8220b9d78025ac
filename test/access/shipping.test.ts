import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { type AccessRecorder, spoolDirectory, startAccessRecorder } from '../../src/access/recorder.ts';
import { putIntoSpool } from '../../src/access/spool.ts';
import { type EventLogReader, LogUnavailable } from '../../src/event-log/port.ts';
import { readRecordOf, readsInLog } from '../support/access.ts';
import { eventually } from '../support/eventually.ts';
import { onEachLog } from '../support/ledger.ts';

/** The ids of the records in the access streams of a log, by stream. */
const idsIn = async (log: EventLogReader): Promise<readonly (readonly [stream: string, ids: readonly string[]])[]> =>
  [...(await readsInLog(log))].map(([stream, records]) => [stream, records.map(({ id }) => id)]);

onEachLog(t, 'what could not be forgotten is not shipped again, whatever came before it', async (t, ledger) => {
  const day = '2026-03-01';
  const ids = Array.from({ length: 2_000 }, (_, number) => `record-${number}`);
  for (const [what, partsTaken] of [
    ['after the whole of it', Number.POSITIVE_INFINITY],
    ['after its first part', 1],
  ] as const) {
    await t.test(what, async (t) => {
      const directory = join(ledger.directory, what);
      const start = (append: typeof ledger.log.append): AccessRecorder =>
        startAccessRecorder({
          directory,
          log: { readStream: (...read) => ledger.log.readStream(...read), append },
          clock: () => new Date(),
          shipEveryMs: 3_600_000,
        });
      let parts = 0;
      const first = start(async (...append) => {
        if (parts >= partsTaken) throw new LogUnavailable('the log is away');
        parts += 1;
        return ledger.log.append(...append);
      });
      await Promise.all(ids.map((id) => first.write(readRecordOf(id, `${day}T10:00:00.000Z`))));
      cpSync(spoolDirectory(directory), join(directory, 'aside'), { recursive: true });
      await first.close();
      t.ok(parts >= 1);
      // In the log, wholly or in part, and in the spool still; then another process puts a file there whose name is earlier.
      cpSync(join(directory, 'aside'), spoolDirectory(directory), { recursive: true });
      await putIntoSpool(spoolDirectory(directory), readRecordOf('earlier', `${day}T09:00:00.000Z`));

      const second = start((...append) => ledger.log.append(...append));
      await second.close();
      t.match(second.status(), { records: 0, shippingFailure: undefined });
      t.same((await idsIn(ledger.log)).at(-1)?.[1], [...ids, 'earlier']);
    });
  }
});

onEachLog(t, 'records go to the log in order, once, by node and day', async (t, ledger) => {
  const directory = join(ledger.directory, 'access');
  /** How many appends the log takes still, and whether its answer comes back. */
  let takes = 0;
  let answers = false;
  const log = {
    readStream: (...read: Parameters<typeof ledger.log.readStream>) => ledger.log.readStream(...read),
    append: async (...append: Parameters<typeof ledger.log.append>) => {
      if (takes === 0) throw new LogUnavailable('the log is away');
      takes -= 1;
      const answer = await ledger.log.append(...append);
      if (!answers) throw new LogUnavailable('the log is away');
      return answer;
    },
  };
  const start = (): AccessRecorder => startAccessRecorder({ directory, log, clock: () => new Date(), shipEveryMs: 20 });

  const first = start();
  const ids = Array.from({ length: 2_000 }, (_, number) => `record-${number}`);
  await Promise.all(ids.map((id) => first.write(readRecordOf(id, '2026-03-01T08:00:00.000Z'))));
  await first.write(readRecordOf('next day', '2026-03-02T00:00:00.000Z'));
  await eventually(() => first.status().shippingFailure === 'the log is away');
  t.match(first.status(), { records: 2_001, since: '2026-03-01T08:00:00.000Z' });
  t.same(await idsIn(ledger.log), []);

  // The log takes the first events, and nobody learns of it, nor would a process that ended then.
  takes = 2;
  while ((await idsIn(ledger.log)).length === 0) await wait(10);
  await first.close();
  t.ok(first.status().records > 0);
  takes = Number.POSITIVE_INFINITY;
  answers = true;
  const second = start();
  await eventually(() => second.status().records === 0);
  await second.write(readRecordOf('later', '2026-03-02T09:00:00.000Z'));
  await second.close();
  const shipped = await idsIn(ledger.log);
  const streams = shipped.map(([stream]) => stream);
  t.match(streams, [/^access-[0-9a-f]{8}-2026-03-01$/, /^access-[0-9a-f]{8}-2026-03-02$/]);
  t.same(
    shipped.map(([, recorded]) => recorded),
    [ids, ['next day', 'later']],
  );

  await ledger.log.tombstone(streams[1] as string);
  const third = start();
  await third.write(readRecordOf('too late', '2026-03-02T10:00:00.000Z'));
  await third.close();
  t.equal(third.status().records, 0, 'of a day that is not kept any more nothing is');
});
