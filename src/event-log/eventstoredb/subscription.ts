import type { Position, SubscriptionMessage } from '../port.ts';
import { LogUnavailable } from '../port.ts';
import type { Connection, Lease } from './connection.ts';
import type { LedgerNames } from './encoding.ts';
import { NoAnswer } from './failures.ts';
import type { LogEnd } from './log-end.ts';
import { beginningFor } from './resuming.ts';
import type { Credentials } from './settings.ts';
import { SubscriptionFeed } from './subscription-feed.ts';
import { Backoff, pause } from './timing.ts';

/** After so much silence the log is looked at, to tell a subscription that has nothing to say from one that hangs. */
const SILENCE_MS = 5_000;

/** What was found in the log has to come through the subscription within this time. */
const DELIVERED_WITHIN_MS = 3_000;

export interface SubscriptionSource {
  readonly connection: Connection;
  readonly names: LedgerNames;
  readonly credentials: Credentials;
  readonly logEnd: LogEnd;
}

/**
 * A subscription that outlives connections: on any failure it is opened again after the last event that the consumer
 * had. Ends when `ended` speaks; throws LogUnavailable where the server refuses it.
 */
export async function* subscribe(
  source: SubscriptionSource,
  after: Position | undefined,
  ended: AbortSignal,
): AsyncGenerator<SubscriptionMessage, void, undefined> {
  const { connection, logEnd } = source;
  const backoff = new Backoff();
  let last = after;
  while (!ended.aborted) {
    const lease = connection.lease();
    try {
      for await (const message of follow(source, lease, last, ended)) {
        backoff.reset();
        connection.succeeded();
        if (message.kind === 'events') {
          last = message.events.at(-1)?.position ?? last;
          if (last !== undefined) logEnd.seen(last);
        }
        yield message;
      }
    } catch (error) {
      if (ended.aborted) return;
      if (connection.failed(error, lease.client) === 'answered') {
        throw new LogUnavailable(`EventStoreDB refuses the subscription: ${error}`, { cause: error });
      }
      await pause(backoff.next(), ended);
    }
  }
}

/** One subscription until it fails, which it always does in the end. */
async function* follow(
  { names, credentials, logEnd }: SubscriptionSource,
  lease: Lease,
  after: Position | undefined,
  ended: AbortSignal,
): AsyncGenerator<SubscriptionMessage, void, undefined> {
  const { client, retired } = lease;
  const beginning = await beginningFor(lease, credentials, after);
  const feed = new SubscriptionFeed(client, names, credentials, { beginning, after });
  const over = AbortSignal.any([ended, retired]);
  const close = (): void => feed.close();
  over.addEventListener('abort', close);
  if (over.aborted) close();
  try {
    await feed.confirmed();
    let scanned = after;
    let missing: Position | undefined;
    for (;;) {
      for (const message of feed.take()) {
        const position = furthest(message);
        // A look at the log may have been further than the server's next checkpoint.
        if (message.kind === 'scanned' && scanned !== undefined && message.position <= scanned) continue;
        scanned = position ?? scanned;
        missing = undefined;
        yield message;
      }
      if (await feed.somethingNew(missing === undefined ? SILENCE_MS : DELIVERED_WITHIN_MS)) continue;
      if (missing !== undefined) throw new NoAnswer(`the subscription does not deliver the event at ${missing}`);
      const ahead = await logEnd.ahead(lease, scanned);
      if (await feed.somethingNew(0)) continue;
      missing = ahead.own;
      if (ahead.scanned !== undefined && ahead.scanned !== scanned) {
        scanned = ahead.scanned;
        yield { kind: 'scanned', position: scanned };
      }
    }
  } finally {
    over.removeEventListener('abort', close);
    feed.close();
  }
}

const furthest = (message: SubscriptionMessage): Position | undefined => {
  if (message.kind === 'events') return message.events.at(-1)?.position;
  return message.kind === 'scanned' ? message.position : undefined;
};
