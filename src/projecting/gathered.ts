import type { LoggedEvent, SubscriptionMessage } from '../event-log/port.ts';

/** At least so many come at once from either log while more is waiting. */
const MANY_AT_ONCE = 16;

/** So many events are given together at most. */
export const MOST_TOGETHER = 2_000;

/** What is waiting comes sooner. */
const NOTHING_WAITS_AFTER_MS = 10;

/**
 * The messages of a subscription, but for that once the past is over the events that are waiting come in one piece: what is written of them by a
 * view in one commit costs a fraction of what it costs in many.
 */
export async function* gathered(messages: AsyncIterable<SubscriptionMessage>): AsyncGenerator<SubscriptionMessage> {
  const iterator = messages[Symbol.asyncIterator]();
  /** What was asked for, and had not come in time. */
  let asked: Promise<IteratorResult<SubscriptionMessage>> | undefined;
  const ask = (): Promise<IteratorResult<SubscriptionMessage>> => {
    if (asked === undefined) {
      asked = iterator.next();
      // A fault is met by whoever waits for it, be it later.
      asked.catch(() => {});
    }
    return asked;
  };
  let isLive = false;
  try {
    for (;;) {
      const pieces: (readonly LoggedEvent[])[] = [];
      let count = 0;
      let after: IteratorResult<SubscriptionMessage> | undefined;
      for (;;) {
        const came = count === 0 ? await ask() : await unlessNothingWaits(ask());
        if (came === undefined) break;
        asked = undefined;
        if (came.done === true || came.value.kind !== 'events') {
          after = came;
          break;
        }
        const { events } = came.value;
        pieces.push(events);
        count += events.length;
        if (!isLive || events.length < MANY_AT_ONCE || count >= MOST_TOGETHER) break;
      }
      if (count > 0) yield { kind: 'events', events: pieces.flat() };
      if (after?.done === true) return;
      if (after !== undefined) {
        isLive ||= after.value.kind === 'caught-up';
        yield after.value;
      }
    }
  } finally {
    // Not waited for: what was asked for may never come.
    iterator.return?.().catch(() => {});
  }
}

const unlessNothingWaits = <Came>(next: Promise<Came>): Promise<Came | undefined> => {
  let timer: NodeJS.Timeout;
  const nothing = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, NOTHING_WAITS_AFTER_MS, undefined);
  });
  return Promise.race([next, nothing]).finally(() => clearTimeout(timer));
};
