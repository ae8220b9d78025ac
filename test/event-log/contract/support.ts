import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import type {
  EventLog,
  EventLogReader,
  EventToAppend,
  LoggedEvent,
  SubscriptionMessage,
} from '../../../src/event-log/port.ts';

export type OpenLog = (ledger: string) => Promise<EventLog>;

/** A ledger that no test and no earlier run has used. */
export const newLedger = (): string => `test-${randomUUID()}`;

/** An empty log that is closed after the test. */
export const openNewLog = async (t: Test, open: OpenLog): Promise<EventLog> => {
  const log = await open(newLedger());
  t.teardown(() => log.close());
  return log;
};

export const newEvent = (fields: Partial<EventToAppend> = {}): EventToAppend => ({
  id: randomUUID(),
  type: 'reported',
  data: '{"kind":"fugitive"}',
  metadata: '{"schemaVersion":1}',
  ...fields,
});

export const newEvents = (count: number): readonly EventToAppend[] => Array.from({ length: count }, () => newEvent());

export const newStream = (category = 'case'): string => `${category}-${randomUUID()}`;

export const idsOf = (events: readonly EventToAppend[]): readonly string[] => events.map(({ id }) => id);

export const readAllEvents = async (log: EventLogReader, after?: string): Promise<readonly LoggedEvent[]> => {
  const events: LoggedEvent[] = [];
  for await (const chunk of log.readAll(after)) events.push(...chunk);
  return events;
};

/** What an error of the port says, to be compared as a whole. */
export const failureOf = async (promise: Promise<unknown>): Promise<Record<string, unknown>> => {
  try {
    await promise;
  } catch (error) {
    return error instanceof Error ? { ...error, name: error.name } : { thrown: error };
  }
  return { name: 'no failure' };
};

/** Takes the events of a subscription until `isLast` has seen the last that is wanted, then leaves it. */
export const takeEvents = async (
  messages: AsyncIterable<SubscriptionMessage>,
  isLast: (event: LoggedEvent, count: number) => boolean,
): Promise<readonly LoggedEvent[]> => {
  const taken: LoggedEvent[] = [];
  for await (const message of messages) {
    if (message.kind !== 'events') continue;
    for (const event of message.events) {
      taken.push(event);
      if (isLast(event, taken.length)) return taken;
    }
  }
  return taken;
};

/** Whether every position is greater than the one before it, compared as text. */
export const areInLogOrder = (events: readonly LoggedEvent[]): boolean =>
  events.every((event, index) => index === 0 || event.position > (events[index - 1]?.position ?? ''));
