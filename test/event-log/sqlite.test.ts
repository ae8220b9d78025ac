import t from 'tap';
import { openSqliteEventLog } from '../../src/event-log/sqlite/adapter.ts';
import { eventLogFile } from '../../src/event-log/sqlite/database.ts';
import { eventLogContract } from './contract.ts';

const directory = t.testdir();

await eventLogContract(t, 'the embedded event log', (ledger) => openSqliteEventLog(eventLogFile(directory, ledger)));
