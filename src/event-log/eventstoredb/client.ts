import { EventStoreDBClient } from '@eventstore/db-client';

/** What the client does after a failed call, besides throwing: it gives up its connection, where that is to blame. */
interface Recovering {
  handleError(...args: readonly unknown[]): Promise<void>;
}

/**
 * A client whose recovery harms nobody: the client awaits in it the connection that is being made, and nothing awaits the recovery. Where no node
 * of a cluster was found meanwhile, that was a rejection that nobody handles, which ends the process. The calls themselves tell the same failure.
 */
export const openClient = (connectionString: string): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(connectionString);
  const recovering = client as unknown as Recovering;
  const { handleError } = recovering;
  recovering.handleError = (...args) => handleError(...args).catch(() => undefined);
  return client;
};
