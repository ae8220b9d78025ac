import { join } from 'node:path';
import t, { type Test } from 'tap';
import { loadConfig } from '../../src/config.ts';
import { openEventLogReader } from '../../src/event-log/open.ts';
import type { LoggedEvent } from '../../src/event-log/port.ts';
import { eventLogFile } from '../../src/event-log/sqlite/database.ts';
import { eventLogLocation } from '../../src/places.ts';
import { readAllEvents } from '../event-log/contract/support.ts';
import { bodyOf, fugitive } from '../support/case-bodies.ts';
import { cli, type ServingProgram, starting } from '../support/cli.ts';
import { type Client, clientOf } from '../support/http-client.ts';
import { CANNOT_TRACE, type SystemCall, systemCallsIn, tracedInto } from '../support/system-calls.ts';
import { testFolder } from '../support/test-folder.ts';

const SENDERS = 8;
const PROGRAM = new URL('../support/appending-program.ts', import.meta.url).pathname;

const isAnswer = ({ kind, on, text }: SystemCall): boolean =>
  kind === 'write' && on.startsWith('TCP') && text.includes('HTTP/1.1 201');

/** The acknowledgements, each by the position that it told. */
const acknowledgements = (calls: readonly SystemCall[]): ReadonlyMap<string, SystemCall> =>
  new Map(
    calls
      .filter(isAnswer)
      .map((call) => [/event-position: ([\w-]+)/i.exec(call.text)?.[1] ?? 'an answer without a position', call]),
  );

/** What came out before it was on the disk, or was never seen to be written; empty where each sync stood in its place. */
const unsynced = (calls: readonly SystemCall[], events: readonly LoggedEvent[], log: string): readonly string[] => {
  const onLog = calls.filter(({ on }) => on === `${log}-wal`);
  return [...acknowledgements(calls)].flatMap(([position, answer]) => {
    const event = events.find((each) => each.position === position);
    if (event === undefined) return [`${position} was acknowledged and is not in the log`];
    const written = onLog.find(({ kind, text }) => kind === 'write' && text.includes(event.id));
    if (written === undefined) return [`${event.id} was acknowledged and was not seen to be written`];
    const isSynced = onLog.some(({ kind, begin, end }) => kind === 'sync' && begin > written.end && end < answer.begin);
    return isSynced ? [] : [`${event.id} was acknowledged and not synced`];
  });
};

/** Runs a program under strace and lets `use` send to it; gives its calls. */
const traced = async (
  t: Test,
  directory: string,
  environment: Readonly<Record<string, string>>,
  what: ServingProgram,
  use: (address: string) => Promise<void>,
): Promise<readonly SystemCall[]> => {
  const file = join(directory, 'calls');
  const service = starting(t, environment, what, tracedInto(file));
  await use(await service.listens);
  await service.stop();
  return systemCallsIn(file);
};

/** Opens a case and takes it a step further. */
const send = async ({ post }: Client): Promise<void> => {
  const opened = await post('/v1/cases', fugitive);
  if (opened.status !== 201) throw new Error(JSON.stringify(opened.body));
  const { status } = await post(opened.body.links.events, bodyOf({ type: 'located' }));
  if (status !== 201) throw new Error(`${status}`);
};

t.setTimeout(600_000);

t.test('no answer goes out before its event is on the disk', { skip: CANNOT_TRACE }, async (t) => {
  t.test('of the service', async (t) => {
    const environment = { DATA_DIR: testFolder(t) };
    const token = (await cli(['token', '--role', 'recorder'], environment)).stdout.trim();
    const calls = await traced(t, environment.DATA_DIR, environment, 'main', async (address) => {
      const client = clientOf(() => address, token);
      await send(client);
      await Promise.all(Array.from({ length: SENDERS }, () => send(client)));
    });
    const location = eventLogLocation(loadConfig(environment));
    if (location.kind !== 'sqlite') throw new Error('the embedded log is the default');
    const log = await openEventLogReader(location);
    t.teardown(() => log.close());
    t.equal(acknowledgements(calls).size, 2 * (SENDERS + 1));
    t.same(unsynced(calls, await readAllEvents(log), location.file), []);
  });

  // The same program, with the sync and without: what the check sees is the sync, and nothing else.
  for (const [synchronous, isSynced] of [
    ['FULL', true],
    ['OFF', false],
  ] as const) {
    t.test(`and this would be seen: with synchronous=${synchronous}`, async (t) => {
      const directory = testFolder(t);
      const file = eventLogFile(directory, 'traced');
      const calls = await traced(t, directory, {}, [PROGRAM, file, synchronous], async (address) => {
        for (let sent = 0; sent < SENDERS; sent++) await (await fetch(address, { method: 'POST' })).text();
      });
      const log = await openEventLogReader({ kind: 'sqlite', file });
      t.teardown(() => log.close());
      const events = await readAllEvents(log);
      t.equal(acknowledgements(calls).size, SENDERS);
      t.same(
        unsynced(calls, events, file),
        isSynced ? [] : events.map(({ id }) => `${id} was acknowledged and not synced`),
      );
    });
  }
});
