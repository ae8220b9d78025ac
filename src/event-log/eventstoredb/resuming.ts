import { BACKWARDS, type Position as LogPosition, START } from '@eventstore/db-client';
import type { Position } from '../port.ts';
import type { Lease } from './connection.ts';
import { fromPosition } from './encoding.ts';
import type { Credentials } from './settings.ts';
import { itemsOf } from './streaming-read.ts';

/**
 * Where a subscription has to begin, so that it misses nothing that comes after a position: at the last event of the log before that. A server
 * of version 23.10 passes over one event, the one at the position that it is given or, where a scavenge took that away, the next after it; so it is
 * given the position of an event that is there. What it then gives again is for the caller to leave out.
 */
export const beginningFor = async (
  { client, retired }: Lease,
  credentials: Credentials,
  after: Position | undefined,
): Promise<LogPosition | typeof START> => {
  if (after === undefined) return START;
  // Of whichever node the subscription is to be of: each is scavenged by itself.
  const read = client.readAll({ credentials, direction: BACKWARDS, fromPosition: fromPosition(after), maxCount: 1 });
  for await (const { event } of itemsOf(read, retired)) if (event !== undefined) return event.position;
  return START;
};
