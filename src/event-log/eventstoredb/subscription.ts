import type { Position, SubscriptionMessage } from '../port.ts';
import { LogUnavailable } from '../port.ts';
import type { Connection, Lease } from './connection.ts';
import type { LedgerNames } from './encoding.ts';
import { NoAnswer } from './failures.ts';
import type { Ahead, LogEnd } from './log-end.ts';
import { beginningFor } from './resuming.ts';
import type { Credentials } from './settings.ts';
import { SubscriptionFeed } from './subscription-feed.ts';
import { Backoff, pause } from './timing.ts';

/** After so much silence the log is looked at, to tell a subscription that has nothing to say from one that hangs. */
const SILENCE_MS = 5_000;

/** The same of one that is given some streams only: of the events of others it hears every 256, or by a look at the leader as often as this. */
const SILENCE_OF_SOME_MS = 1_000;

/** What was found in the log has to come through the subscription within this time. */
const DELIVERED_WITHIN_MS = 3_000;

export interface SubscriptionSource {
  readonly connection: Connection;
  readonly names: LedgerNames;
  readonly credentials: Credentials;
  readonly logEnd: LogEnd;
}

interface Wanted {
  readonly after: Position | undefined;
  readonly streams: readonly string[] | undefined;
  /** Ends the subscription. */
  readonly ended: AbortSignal;
}

/**
 * A subscription that outlives connections: on any failure it is opened again after what the consumer had. Throws LogUnavailable where the server refuses it.
 */
export async function* subscribe(
  source: SubscriptionSource,
  wanted: Wanted,
): AsyncGenerator<SubscriptionMessage, void, undefined> {
  const { connection, logEnd } = source;
  const { ended } = wanted;
  const backoff = new Backoff();
  let last = wanted.after;
  while (!ended.aborted) {
    const lease = connection.lease();
    try {
      for await (const message of follow(source, lease, { ...wanted, after: last })) {
        backoff.reset();
        connection.succeeded();
        last = furthest(message) ?? last;
        if (message.kind === 'events' && last !== undefined) logEnd.seen(last);
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
  { after, streams, ended }: Wanted,
): AsyncGenerator<SubscriptionMessage, void, undefined> {
  const { client, retired } = lease;
  const beginning = await beginningFor(lease, credentials, after);
  const feed = new SubscriptionFeed(client, names, credentials, { beginning, after, streams });
  const over = AbortSignal.any([ended, retired]);
  const close = (): void => feed.close();
  over.addEventListener('abort', close);
  if (over.aborted) close();
  try {
    await feed.confirmed();
    let scanned = after;
    const lookAhead = (): Promise<Ahead> => logEnd.ahead(lease, scanned, streams);
    const scannedAhead = function* (ahead: Ahead): Generator<SubscriptionMessage> {
      if (ahead.scanned === undefined || ahead.scanned === scanned) return;
      scanned = ahead.scanned;
      yield { kind: 'scanned', position: scanned };
    };
    let missing: Position | undefined;
    const silenceMs = streams === undefined ? SILENCE_MS : SILENCE_OF_SOME_MS;
    for (;;) {
      for (const message of feed.take()) {
        // What is of other streams was passed over in silence.
        if (message.kind === 'caught-up' && streams !== undefined) yield* scannedAhead(await lookAhead());
        const position = furthest(message);
        // A look at the log may have been further than the server's next checkpoint.
        if (message.kind === 'scanned' && scanned !== undefined && message.position <= scanned) continue;
        scanned = position ?? scanned;
        missing = undefined;
        yield message;
      }
      if (await feed.somethingNew(missing === undefined ? silenceMs : DELIVERED_WITHIN_MS)) continue;
      if (missing !== undefined) throw new NoAnswer(`the subscription does not deliver the event at ${missing}`);
      const ahead = await lookAhead();
      if (await feed.somethingNew(0)) continue;
      missing = ahead.own;
      yield* scannedAhead(ahead);
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
