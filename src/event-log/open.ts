import { answeredInTime, readerAnsweredInTime } from './answered-in-time.ts';
import type { EventLog, EventLogReader } from './port.ts';

/** Where a ledger's events are kept. Plain data, so that it can be handed to a worker thread. */
export type EventLogLocation =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'eventstoredb'; readonly connectionString: string; readonly ledger: string };

// Each adapter is loaded when it is needed: a process that uses one does not pay for the libraries of the other.

/** Opens a log for reading and writing; see the adapters for what they throw. */
export const openEventLog = async (location: EventLogLocation): Promise<EventLog> => {
  if (location.kind === 'eventstoredb') return answeredInTime(await openEventStoreDb(location));
  const { openSqliteEventLog } = await import('./sqlite/adapter.ts');
  return answeredInTime(await openSqliteEventLog(location.file));
};

/** Opens a log for reading alone, on the calling thread. An embedded log must be there already. */
export const openEventLogReader = async (location: EventLogLocation): Promise<EventLogReader> => {
  if (location.kind === 'eventstoredb') return readerAnsweredInTime(await openEventStoreDb(location));
  const { openSqliteEventLogReader } = await import('./sqlite/reader.ts');
  return readerAnsweredInTime(openSqliteEventLogReader(location.file));
};

const openEventStoreDb = async ({ connectionString, ledger }: Extract<EventLogLocation, { kind: 'eventstoredb' }>) => {
  const { openEventStoreDbEventLog } = await import('./eventstoredb/adapter.ts');
  return openEventStoreDbEventLog({ connectionString, ledger });
};
