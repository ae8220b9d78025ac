import { setTimeout as wait } from 'node:timers/promises';
import type { AccessRecord } from '../../domain/access/record.ts';
import type { EventLogReader } from '../../src/event-log/port.ts';
import type { TestApp } from './app.ts';

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
      if (type !== 'reads-recorded') continue;
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
