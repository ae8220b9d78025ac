import { openSqliteEventLog } from '../src/event-log/sqlite/adapter.ts';
import { readOrMakeKeyEncryptionKey } from '../src/sealing/key-encryption-key.ts';
import { openVault } from '../src/sealing/vault.ts';
import { fillLog } from './support/fill.ts';

const log = await openSqliteEventLog('/tmp/bl/log.sqlite');
await fillLog(
  log,
  openVault(log, readOrMakeKeyEncryptionKey('/tmp/bl/kek.json'), () => new Date()),
  Number(process.argv[2]),
);
await log.close();
