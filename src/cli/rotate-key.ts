import { eventLogLocation } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { openEventLog } from '../event-log/open.ts';
import {
  formatKeyEncryptionKeys,
  type KeyEncryptionKey,
  newKeyEncryptionKey,
  readKeyEncryptionKeys,
} from '../sealing/key-encryption-key.ts';
import { wrapAnew } from '../sealing/rotation.ts';
import { replaceSecretFile } from '../secret-file.ts';
import { type Command, progressOf } from './command.ts';

/** Puts another key-encryption key into the place of the one in use. May be repeated after it was interrupted: it goes on then. */
export const rotateKey: Command = {
  name: 'rotate-key',
  summary:
    'make a new key-encryption key, wrap all keys of cases under it, and destroy the old one; with every service stopped',
  options: { name: { type: 'string', help: 'what the new key is called, such as 2027; a unique part is added' } },
  run: async ({ name = 'key' }) => {
    const config = loadConfig(process.env);
    const { file } = config.keyEncryptionKey;
    const before = readKeyEncryptionKeys(file);
    const log = await openEventLog(eventLogLocation(config));
    try {
      // More than one stand in the file where an earlier run was interrupted.
      if (before.all.length === 1) {
        const added = newKeyEncryptionKey(String(name));
        replaceSecretFile(file, formatKeyEncryptionKeys([added, ...before.all]));
      }
      const keys = readKeyEncryptionKeys(file);
      let wrapped = 0;
      // Looked at again until nothing is left under another: a key that came in meanwhile would be lost with the old one for good.
      for (let more = -1; more !== 0; wrapped += more) {
        more = await wrapAnew(log, keys, new Date(), progressOf('Keys looked at').at);
      }
      replaceSecretFile(file, formatKeyEncryptionKeys([keys.current]));
      const destroyed = keys.all.filter((each) => each !== keys.current).map(({ id }: KeyEncryptionKey) => id);
      process.stderr.write(
        `${wrapped} keys are wrapped under ${keys.current.id} now; ${destroyed.join(', ')} is destroyed in ${file}: destroy every other copy of it\n`,
      );
      return true;
    } finally {
      await log.close();
    }
  },
};
