import { loadConfig } from '../config.ts';
import { openEventLog } from '../event-log/open.ts';
import type { EventLog } from '../event-log/port.ts';
import { eventLogLocation } from '../places.ts';
import {
  formatKeyEncryptionKeys,
  type KeyEncryptionKeys,
  newKeyEncryptionKey,
  readKeyEncryptionKeys,
} from '../sealing/key-encryption-key.ts';
import { wrapAnew } from '../sealing/rotation.ts';
import { replaceSecretFile } from '../secret-file.ts';
import { type Command, progressOf, UsageError } from './command.ts';

/**
 * Puts another key-encryption key into the place of the one in use. May be repeated after it was interrupted: it goes on then. The lock of an
 * embedded log keeps every service out, so that the old key can go at once. On a server a service that was not stopped could still be
 * creating keys under it, which would be lost with it for good: there it goes in a run of its own.
 */
export const rotateKey: Command = {
  summary:
    'make a new key-encryption key, wrap all keys of cases under it, and destroy the old one; with every service stopped',
  options: {
    name: { type: 'string', help: 'what the new key is called, such as 2027; a unique part is added' },
    'destroy-old': {
      type: 'boolean',
      help: 'on EventStoreDB, in a second run: destroy the old key, once every node has the new file',
    },
  },
  run: async ({ name, 'destroy-old': destroyOld = false }) => {
    const config = loadConfig(process.env);
    const { file } = config.keyEncryptionKey;
    const location = eventLogLocation(config);
    if (destroyOld && location.kind === 'sqlite') {
      throw new UsageError('--destroy-old is for EventStoreDB: of an embedded log the old key goes at once');
    }
    const before = readKeyEncryptionKeys(file).all.length;
    if (destroyOld && name !== undefined) throw new UsageError('--name is for the run that makes the new key');
    if (destroyOld && before === 1) {
      throw new UsageError(`there is no old key in ${file}: run rotate-key without --destroy-old first`);
    }
    const log = await openEventLog(location);
    try {
      // More than one stand in the file where an earlier run was interrupted, or has the old one kept.
      if (before === 1) addKey(file, String(name ?? 'key'));
      const keys = readKeyEncryptionKeys(file);
      const wrapped = await wrapAll(log, keys);
      const old = keys.all.filter((each) => each !== keys.current).map(({ id }) => id);
      const say = (what: string): void => {
        process.stderr.write(`${wrapped} keys are wrapped under ${keys.current.id} now; ${old.join(', ')} ${what}\n`);
      };
      if (location.kind === 'eventstoredb' && (!destroyOld || wrapped > 0)) {
        const created = destroyOld ? ': a service that was not stopped has created keys under it' : '';
        say(
          `stays in ${file}${created}. Give every node this file and start it again, then run rotate-key --destroy-old`,
        );
        return !destroyOld;
      }
      replaceSecretFile(file, formatKeyEncryptionKeys([keys.current]));
      say(`is destroyed in ${file}: destroy every other copy of it`);
      return true;
    } finally {
      await log.close();
    }
  },
};

const addKey = (file: string, name: string): void => {
  const { all } = readKeyEncryptionKeys(file);
  replaceSecretFile(file, formatKeyEncryptionKeys([newKeyEncryptionKey(name), ...all]));
};

/** Looks again until nothing is left under another key, as some may come in meanwhile; gives how many were wrapped. */
const wrapAll = async (log: EventLog, keys: KeyEncryptionKeys): Promise<number> => {
  let wrapped = 0;
  for (let more = -1; more !== 0; wrapped += more) {
    more = await wrapAnew(log, keys, new Date(), progressOf('Keys looked at').at);
  }
  return wrapped;
};
