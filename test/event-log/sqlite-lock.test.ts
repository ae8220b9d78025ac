import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import t from 'tap';
import { openSqliteEventLog } from '../../src/event-log/sqlite/adapter.ts';
import { eventLogFile } from '../../src/event-log/sqlite/database.ts';
import { openSqliteEventLogReader } from '../../src/event-log/sqlite/reader.ts';
import { testFolder } from '../support/test-folder.ts';
import { failureOf, idsOf, newEvent, newEvents, newStream, readAllEvents, takeEvents } from './contract/support.ts';

const directory = testFolder(t);

/** Another process that writes the log, and says each append that was answered. */
const startWriter = async (file: string, count: number): Promise<ChildProcess> => {
  const writer = fork(new URL('./sqlite-writer-process.ts', import.meta.url), [file, String(count)], { execArgv: [] });
  t.teardown(() => writer.kill('SIGKILL'));
  await once(writer, 'message');
  return writer;
};

t.test('a second writer in the same process is kept out, until the first one closes', async (t) => {
  const file = eventLogFile(directory, 'one-process');
  const first = await openSqliteEventLog(file);
  const refused = await failureOf(openSqliteEventLog(file));
  t.equal(refused['name'], 'LogLocked');
  await first.append(newStream(), 'no-stream', newEvents(1));
  await first.close();
  const second = await openSqliteEventLog(file);
  t.teardown(() => second.close());
  t.equal((await readAllEvents(second)).length, 1);
});

t.test('a writer in another process keeps this one out, says who and what to do, and may be read', async (t) => {
  const file = eventLogFile(directory, 'two-processes');
  const writer = await startWriter(file, 100);
  await t.rejects(openSqliteEventLog(file), {
    name: 'LogLocked',
    message: new RegExp(`process ${writer.pid} .*${file}.*stop it.*DATA_DIR`),
  });
  const reader = openSqliteEventLogReader(file);
  t.teardown(() => reader.close());
  t.ok(
    (await takeEvents(reader.subscribe(), (_, count) => count === 100)).length === 100,
    'live, from a process apart',
  );
});

t.test('a killed writer leaves no lock, and every append that it answered', async (t) => {
  const file = eventLogFile(directory, 'killed');
  for (let round = 0; round < 3; round += 1) {
    const writer = await startWriter(file, 1_000_000);
    const answered: string[] = [];
    writer.on('message', (id: string) => answered.push(id));
    while (answered.length < 200) await once(writer, 'message');
    writer.kill('SIGKILL');
    await once(writer, 'exit');

    const log = await openSqliteEventLog(file);
    const kept = new Set(idsOf(await readAllEvents(log)));
    t.ok(
      answered.every((id) => kept.has(id)),
      `all of ${answered.length} are there`,
    );
    await log.append(newStream(), 'no-stream', newEvents(1));
    await log.close();
  }
});

t.test('reading a log that is not there says so', async (t) => {
  const file = eventLogFile(directory, 'missing');
  t.throws(() => openSqliteEventLogReader(file), { name: 'LogUnavailable', message: new RegExp(file) });
});

t.test('the name of a ledger cannot lead out of the folder', async (t) => {
  t.throws(() => eventLogFile(directory, '../elsewhere'), TypeError);
});

t.test('a tombstoned stream is gone from the files, not only from the answers', async (t) => {
  const file = eventLogFile(directory, 'erased');
  const log = await openSqliteEventLog(file);
  t.teardown(() => log.close());
  const secret = 'a-key-that-nobody-may-ever-read-again';
  const events = Array.from({ length: 50 }, () => newEvent({ data: JSON.stringify({ secret: secret.repeat(200) }) }));
  await log.append('vault-1', 'no-stream', events);
  await log.append(newStream(), 'no-stream', newEvents(10));
  const onDisk = (): boolean => ['', '-wal'].some((suffix) => readFileSync(`${file}${suffix}`).includes(secret));
  t.ok(onDisk());
  await log.tombstone('vault-1');
  t.notOk(onDisk());
});
