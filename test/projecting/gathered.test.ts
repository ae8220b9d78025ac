import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import type { LoggedEvent, SubscriptionMessage } from '../../src/event-log/port.ts';
import { gathered } from '../../src/projecting/gathered.ts';

const event = (position: number): LoggedEvent => ({
  stream: 'case-1',
  revision: position,
  position: String(position),
  id: String(position),
  type: 'reported',
  data: '{}',
  metadata: '{}',
});

/** So many events in one message, each numbered on from those before. */
const numbered = () => {
  let last = 0;
  return (count: number): SubscriptionMessage => ({
    kind: 'events',
    events: Array.from({ length: count }, () => event(last++)),
  });
};

const CAUGHT_UP: SubscriptionMessage = { kind: 'caught-up' };

async function* of(messages: readonly (SubscriptionMessage | 'pause' | Error)[]): AsyncGenerator<SubscriptionMessage> {
  for (const message of messages) {
    if (message === 'pause') await wait(50);
    else if (message instanceof Error) throw message;
    else yield message;
  }
}

/** What comes out, in short: how many events at once, or the kind of message. */
const toldOf = async (messages: AsyncIterable<SubscriptionMessage>) => {
  const told: (number | string)[] = [];
  const positions: string[] = [];
  for await (const message of messages) {
    told.push(message.kind === 'events' ? message.events.length : message.kind);
    if (message.kind === 'events') positions.push(...message.events.map(({ position }) => position));
  }
  return { told, positions };
};

t.test('what waits comes in one piece once the past is over, in its order, and nothing is left out', async (t) => {
  const events = numbered();
  const { told, positions } = await toldOf(
    gathered(
      of([events(150), events(20), CAUGHT_UP, events(150), events(150), events(3), events(150), 'pause', events(1)]),
    ),
  );
  t.same(told, [150, 20, 'caught-up', 303, 150, 1]);
  t.same(
    positions,
    Array.from({ length: 624 }, (_, position) => String(position)),
  );
});

t.test('so many at most', async (t) => {
  const events = numbered();
  const { told } = await toldOf(gathered(of([CAUGHT_UP, ...Array.from({ length: 30 }, () => events(100))])));
  t.same(told, ['caught-up', 2_000, 1_000]);
});

t.test('what is no event comes after the events before it', async (t) => {
  const events = numbered();
  const { told } = await toldOf(
    gathered(of([CAUGHT_UP, events(100), { kind: 'scanned', position: '200' }, events(100), CAUGHT_UP])),
  );
  t.same(told, ['caught-up', 100, 'scanned', 100, 'caught-up']);
});

t.test('a fault comes to whoever takes the next message, with what came before it', async (t) => {
  const events = numbered();
  const taken: number[] = [];
  await t.rejects(
    async () => {
      for await (const message of gathered(of([CAUGHT_UP, events(100), 'pause', new Error('the log is gone')]))) {
        if (message.kind === 'events') taken.push(message.events.length);
        await wait(100);
      }
    },
    { message: 'the log is gone' },
  );
  t.same(taken, [100]);
});

t.test('whoever stops is not kept waiting for what may never come', async (t) => {
  const events = numbered();
  async function* silent(): AsyncGenerator<SubscriptionMessage> {
    yield CAUGHT_UP;
    yield events(100);
    await new Promise(() => {});
  }
  for await (const message of gathered(silent())) {
    if (message.kind === 'events') break;
  }
  t.pass('it ended');
});
