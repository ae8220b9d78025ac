import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import t, { type Test } from 'tap';
import { BELIEVED_MS } from '../../../../src/auth/issuer-keys.ts';
import { feedLasts } from '../../../../src/routes/v1/events/queries.ts';
import { startApp, type TestApp } from '../../../support/app.ts';
import { sendCase, sendMore } from '../../../support/cases-over-http.ts';
import { type SentEvent, sentEvents } from '../../../support/event-source.ts';
import { eventually } from '../../../support/eventually.ts';
import { sendAll } from '../../../support/ledger.ts';
import { ordinaryWays, wayTo } from '../../../support/ordinary-ways.ts';

const listen = async (t: Test) => {
  const started = await startApp(t);
  const address = await started.app.listen({ host: '127.0.0.1', port: 0 });
  const follow = async (account: Readonly<Record<string, string>>, query = '', lastEventId?: string) => {
    const stop = new AbortController();
    t.after(() => stop.abort());
    const answer = await fetch(`${address}/v1/events${query}`, {
      headers: { ...account, accept: 'text/event-stream', ...(lastEventId && { 'last-event-id': lastEventId }) },
      signal: stop.signal,
    });
    const events = sentEvents(answer);
    return { answer, events, stop: () => stop.abort() };
  };
  return { ...started, address, follow };
};

interface Event {
  readonly subject: string;
  readonly type: string;
  readonly position: string;
  readonly revision: number;
}

/** The next so many events, without the signs of life between them. */
const take = async (events: AsyncGenerator<SentEvent>, count: number): Promise<readonly Event[]> => {
  const taken: Event[] = [];
  while (taken.length < count) {
    const { value, done } = await events.next();
    if (done) throw new Error(`the stream ended after ${taken.length} events`);
    if (value.data === undefined) continue;
    const event = JSON.parse(value.data) as Event;
    t.equal(value.id, event.position);
    taken.push(event);
  }
  return taken;
};

const writeCases = async (started: Pick<TestApp, 'post'>, account: Readonly<Record<string, string>>, count: number) => {
  for (let number = 0; number < count; number++)
    await sendCase(started, wayTo('suspect', 'identity-verified'), account);
};

t.test('a reader of the live feed', async (t) => {
  const { follow, as, ...started } = await listen(t);
  const head = async () => (await started.caseEvents()).at(-1)?.position;

  t.test('events arrive as they are recorded, and only those of cases that the office sees', async (t) => {
    const officer = await as('recorder', 'CN', 'CN-GX-BLO');
    const other = await as('recorder', 'CN', 'CN-YN-BLO');
    const { answer, events } = await follow(officer);
    t.equal(answer.status, 200);
    t.equal(answer.headers.get('content-type'), 'text/event-stream');
    t.equal(answer.headers.get('cache-control'), 'no-store');
    t.match(await events.next(), { value: { data: undefined } }, 'it begins at once, before there is an event');

    const theirs = await sendCase(started, wayTo('suspect', 'identity-verified'), other);
    const ours = await sendCase(started, wayTo('fugitive', 'located'), officer);
    t.same(
      (await take(events, 2)).map(({ subject, type }) => [subject, type]),
      [
        [ours.id, 'handover-ledger.case.reported'],
        [ours.id, 'handover-ledger.case.located'],
      ],
    );
    await sendMore(started, theirs, { type: 'shared-with', data: { offices: ['CN-GX-BLO'] } }, other);
    t.match(
      await take(events, 1),
      [{ subject: theirs.id, type: /shared-with/ }],
      'a case that is shared begins with that',
    );
    await sendMore(started, theirs, { type: 'incident-assigned', data: { incident: 'A-1' } }, other);
    t.match(await take(events, 1), [{ subject: theirs.id, type: /incident-assigned/ }]);
  });

  t.test('filters hold for what comes later too', async (t) => {
    const officer = await as('recorder');
    const { events } = await follow(officer, `?type=identity-verified&kind=suspect&after=${await head()}`);
    for (let number = 0; number < 3; number++) {
      await sendCase(started, wayTo('fugitive', 'identity-verified'), officer);
      const { id } = await sendCase(started, wayTo('suspect', 'identity-verified'), officer);
      t.match(await take(events, 1), [{ subject: id, type: /identity-verified/ }]);
    }
  });

  t.test(
    'a reader that is cut off again and again misses nothing and gets nothing twice, while others write',
    async (t) => {
      const officer = await as('recorder', 'CN', 'CN-HN-BLO');
      const before = (await started.caseEvents()).length;
      const cases = 30;
      const written = Promise.all(Array.from({ length: 3 }, () => writeCases(started, officer, cases / 3)));
      const seen: Event[] = [];
      while (seen.length < cases * 2) {
        const { events, stop } = await follow(officer, '', seen.at(-1)?.position);
        seen.push(...(await take(events, Math.min(7, cases * 2 - seen.length))));
        stop();
      }
      await written;
      const log = (await started.caseEvents()).slice(before).map(({ position }) => position);
      t.equal(log.length, cases * 2);
      t.same(
        seen.map(({ position }) => position),
        log,
      );
    },
  );

  t.test('Last-Event-ID goes before `after`, which a browser keeps sending', async (t) => {
    const officer = await as('recorder');
    const { positions } = await sendCase(started, ordinaryWays.suspect, officer);
    const { events } = await follow(officer, `?after=${positions[0]}`, positions[2]);
    t.match(await take(events, 1), [{ position: positions[3] }]);
    const fromAfter = await follow(officer, `?after=${positions[0]}`);
    t.match(await take(fromAfter.events, 1), [{ position: positions[1] }]);
  });
});

t.test('a reader that does not read', async (t) => {
  const { address, as, app, ledger, caseEvents } = await listen(t);
  const officer = await as('recorder');
  // Several times what Linux takes on a socket that nobody reads, which grows with the machine (tcp_wmem, tcp_rmem).
  const offices = Array.from({ length: 50 }, (_, number) => `CN-GX-${'X'.repeat(50)}${number}`);
  const ids = Array.from({ length: 16 }, () => randomUUID());
  const record = async (caseId: string, count: number) => {
    for (let sent = 0; sent < count; sent++) {
      await sendAll(ledger, caseId, [{ type: 'shared-with', data: { offices } }]);
    }
  };
  await Promise.all(
    ids.map(async (caseId) => {
      await sendAll(ledger, caseId, [ordinaryWays.suspect[0]]);
      await record(caseId, 450);
    }),
  );
  const total = (await caseEvents()).reduce((sum, { data }) => sum + data.length, 0);
  t.ok(total > 21e6, `${total} bytes`);

  const stall = async (accept: string) => {
    const sending = once(app.server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
    // The feed as NDJSON goes up to what the views know when it begins: here, all of it.
    const headers = { ...officer, accept, 'min-event-position': (await ledger.log.head()) as string };
    const reader = get(`${address}/v1/events`, { headers, agent: false });
    reader.on('error', () => {});
    t.after(() => reader.destroy());
    const [[{ socket }, response], [answer]] = await Promise.all([sending, once(reader, 'response')]);
    // Nobody listens to its data, so that it does not flow.
    await eventually(() => response.writableNeedDrain);
    return { socket, response, answer: answer as IncomingMessage };
  };

  for (const accept of ['application/x-ndjson', 'text/event-stream']) {
    t.test(`has the service fetch no more than it can pass on, as ${accept}`, async (t) => {
      const { socket, response, answer } = await stall(accept);
      await record(ids[0] as string, 20);
      // What the service has buffered counts as written.
      t.ok(socket.bytesWritten < total / 2, `${socket.bytesWritten} of ${total} bytes were fetched`);
      t.ok(response.writableNeedDrain);

      let text = '';
      const wanted = (await caseEvents()).map(({ id }) => id);
      const got = () => [...text.matchAll(/"specversion":"1.0","id":"([^"]+)"/g)].map(([, id]) => id);
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      if (accept === 'text/event-stream') await eventually(() => got().length === wanted.length);
      else await once(answer, 'end');
      t.same(got(), wanted.slice(0, got().length), 'it gets everything in order once it reads');
      t.ok(got().length >= 16 * 451);
      answer.destroy();
    });
  }

  t.test('does not keep the service from closing', async (t) => {
    const stalled = await Promise.all([stall('application/x-ndjson'), stall('text/event-stream')]);
    await app.close();
    for (const { socket } of stalled) t.ok(socket.destroyed);
  });
});

t.test('the stream ends when the service closes', async (t) => {
  const { follow, as, app, ...started } = await listen(t);
  const officer = await as('recorder');
  const { events } = await follow(officer);
  await sendCase(started, wayTo('suspect', 'captured'), officer);
  await take(events, 1);
  const closed = app.close();
  t.same(await events.next(), { value: undefined, done: true });
  await closed;
});

t.test('a feed lasts as long as its token, and not longer than a withdrawn key is believed', async (t) => {
  t.equal(feedLasts(1_000, 400), 600);
  t.equal(feedLasts(400, 1_000), 0);
  t.equal(feedLasts(Number.MAX_SAFE_INTEGER, 0), BELIEVED_MS);
});
