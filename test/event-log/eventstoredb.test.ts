import t from 'tap';
import { openEventStoreDbEventLog } from '../../src/event-log/eventstoredb/adapter.ts';
import { eventLogContract } from './contract.ts';

const connectionString = process.env['EVENTSTOREDB_URL'];

if (connectionString === undefined) {
  t.plan(0, 'EVENTSTOREDB_URL names no EventStoreDB server');
} else {
  await eventLogContract(t, 'EventStoreDB', async (ledger) => openEventStoreDbEventLog({ connectionString, ledger }));
}
