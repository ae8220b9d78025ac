import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { loadConfig } from '../config.ts';
import { openEventLogReader } from '../event-log/open.ts';
import { restoreLog } from '../event-log/sqlite/backup.ts';
import { lockForWriting } from '../event-log/sqlite/lock.ts';
import {
  accessTreeDirectory,
  lockReadModels,
  readCheckpointKey,
  readModelDirectory,
  signedForFile,
  treeDirectory,
} from '../places.ts';
import { readSignedFor } from '../transparency/signed-for.ts';
import type { TreeHead } from '../transparency/tree-head.ts';
import { embeddedLogFile } from './backup.ts';
import { type Command, UsageError } from './command.ts';
import { tellFaultsOf } from './tell-faults-of.ts';

/** The log of a backup, verified, in the place of one that is gone. Views and tree are built from it at the next start. */
export const restore: Command = {
  summary: 'put a backup in the place of the embedded log, which must be gone, and verify what was restored',
  parameters: 'FILE',
  options: {},
  run: async (_values, [given, ...more]) => {
    if (given === undefined || more.length > 0) throw new UsageError('give the file of a backup');
    const backup = resolve(given);
    if (!existsSync(backup)) throw new UsageError(`${backup} is not there`);
    const config = loadConfig(process.env);
    const file = embeddedLogFile(config);
    if (existsSync(file)) throw new UsageError(`${file} is there: move it away first; nothing is overwritten`);
    mkdirSync(dirname(file), { recursive: true });
    const locks = [lockForWriting(file), lockReadModels(readModelDirectory(config))];
    try {
      // What was built from another state of the log is not gone on with. The log comes last: until it is there, this can be done again.
      for (const directory of [readModelDirectory(config), treeDirectory(config), accessTreeDirectory(config)]) {
        rmSync(directory, { recursive: true, force: true });
      }
      restoreLog(backup, file);
    } finally {
      for (const lock of locks) lock.close();
    }
    return verifyRestored(file, readSignedFor(signedForFile(config, readCheckpointKey(config))));
  },
};

/** Whether the log that was restored is whole, and has all that this node has signed for. */
const verifyRestored = async (file: string, signedFor: TreeHead | undefined): Promise<boolean> => {
  const log = await openEventLogReader({ kind: 'sqlite', file });
  try {
    return await tellFaultsOf(log, signedFor && [{ what: 'what this node has signed for last', ...signedFor }]);
  } finally {
    await log.close();
  }
};
