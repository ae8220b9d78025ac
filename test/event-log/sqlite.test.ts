import { cpSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { openSqliteEventLog } from '../../src/event-log/sqlite/adapter.ts';
import { eventLogFile } from '../../src/event-log/sqlite/database.ts';
import { openSqliteEventLogReader } from '../../src/event-log/sqlite/reader.ts';
import { testFolder } from '../support/test-folder.ts';
import { eventLogContract } from './contract.ts';

const directory = testFolder(t);

await eventLogContract(t, 'the embedded event log', (ledger) => openSqliteEventLog(eventLogFile(directory, ledger)));

t.test('a log that was closed is whole in its one file, whoever still reads it', async (t) => {
  const folder = testFolder(t);
  const file = eventLogFile(folder, 'closed');
  const log = await openSqliteEventLog(file);
  const event = { id: '11111111-1111-4111-8111-111111111111', type: 'noted', data: '{}', metadata: '{}' };
  await log.append('case-1', 'no-stream', [event]);
  const reader = openSqliteEventLogReader(file);
  t.teardown(() => reader.close());
  t.equal((await reader.readStream('case-1')).length, 1);
  await log.close();
  const copy = join(folder, 'copy.events.sqlite');
  cpSync(file, copy);
  const copied = openSqliteEventLogReader(copy);
  t.teardown(() => copied.close());
  t.equal((await copied.readStream('case-1')).length, 1);
});
