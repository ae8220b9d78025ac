import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { AccessRecord } from '../../domain/access/record.ts';
import { READS_RECORDED, READS_REMOVED, RETENTION_STREAM } from '../../domain/access/streams.ts';
import { startAccessRecorder } from '../../src/access/recorder.ts';
import { startRetention } from '../../src/access/retention.ts';
import type { EventLogReader } from '../../src/event-log/port.ts';
import type { TestApp } from './app.ts';
import { eventually } from './eventually.ts';
import type { TestLedger } from './ledger.ts';

/** Somebody has read a person; all invented. */
export const readRecordOf = (id: string, at: string): AccessRecord => ({
  id,
  at,
  by: { subject: 'officer-1', office: 'CN-GX-BLO', side: 'CN', role: 'recorder' },
  part: 'person',
  outcome: 'shown',
  records: [{ category: 'case', id: '10000000-0000-4000-8000-000000000001' }],
  operation: 'getCase',
});

/** The records of reading in the access streams of a log, by stream, in the order of the log. */
export const readsInLog = async (
  log: Pick<EventLogReader, 'readAll'>,
): Promise<ReadonlyMap<string, readonly AccessRecord[]>> => {
  const found = new Map<string, AccessRecord[]>();
  for await (const chunk of log.readAll()) {
    for (const { stream, type, data } of chunk) {
      if (type !== READS_RECORDED) continue;
      const { records } = JSON.parse(data) as { readonly records: readonly AccessRecord[] };
      found.set(stream, [...(found.get(stream) ?? []), ...records]);
    }
  }
  return found;
};

/** All that a service has put on record, when it has come to the log. */
export const recordedReads = async ({
  access,
  ledger,
}: Pick<TestApp, 'access' | 'ledger'>): Promise<readonly AccessRecord[]> => {
  while (access.status().records > 0) await wait(10);
  return [...(await readsInLog(ledger.log)).values()].flat();
};

/** Puts records on record one after the other, each in an event of its own. */
export const recordReads = async (
  { directory, log }: Pick<TestLedger, 'directory' | 'log'>,
  days: readonly string[],
): Promise<void> => {
  const recorder = startAccessRecorder({
    directory: join(directory, 'access'),
    log,
    clock: () => new Date(),
    shipEveryMs: 5,
  });
  for (const [index, day] of days.entries()) {
    await recorder.write(readRecordOf(`record-${index}`, `${day}T08:00:00.000Z`));
    await eventually(() => recorder.status().records === 0);
  }
  await recorder.close();
};

/** Removes streams of records of reading, as a node does after `days` days by its clock, whatever day they are of. */
export const removeReads = async (
  { log }: Pick<TestLedger, 'log'>,
  streams: readonly string[],
  { clock, days = 30 }: { readonly clock: () => Date; readonly days?: number },
): Promise<void> => {
  const faults: unknown[] = [];
  const reads = { streamsBefore: () => streams };
  const onFault = (fault: unknown) => faults.push(fault);
  const retention = startRetention({ log, reads, built: () => true, clock, days, lookEveryMs: 5, onFault });
  for (let removed = 0; removed < streams.length && faults.length === 0; ) {
    await wait(5);
    const removals = await log.readStream(RETENTION_STREAM);
    removed = removals.filter(
      ({ type, data }) => type === READS_REMOVED && streams.includes(JSON.parse(data).stream),
    ).length;
  }
  await retention.stop();
  if (faults.length > 0) throw faults[0];
};
