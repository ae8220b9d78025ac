import { createErasureCompletion } from '../application/erasure-completion.ts';
import { openLedger } from '../compose.ts';
import { type Config, loadConfig } from '../config.ts';
import { compactLog } from '../event-log/sqlite/backup.ts';
import { eventLogLocation } from '../places.ts';
import { readKeyEncryptionKeys } from '../sealing/key-encryption-key.ts';
import { keyEncryptionKeysInUse } from '../sealing/rotation.ts';
import { type Command, UsageError } from './command.ts';

/** Records erasures as complete for which everything is done; tells what is still to be done of the others. */
export const completeErasures: Command = {
  summary:
    'record erasures as complete whose key-encryption key is gone and whose database was cleaned; with every service stopped',
  options: {
    scavenged: {
      type: 'string',
      multiple: true,
      help: 'on EventStoreDB: a node of which a scavenge has come to its end since; once for each node of the cluster',
    },
  },
  run: async ({ scavenged = [] }) => {
    const config = loadConfig(process.env);
    const cleaned = cleanedUp(config, scavenged as string[]);
    const ledger = await openLedger(config, () => new Date());
    try {
      const erasures = createErasureCompletion(ledger);
      const incomplete = await erasures.incomplete();
      const held = new Set([
        ...readKeyEncryptionKeys(config.keyEncryptionKey.file).all.map(({ id }) => id),
        ...(await keyEncryptionKeysInUse(ledger.log)),
      ]);
      let left = 0;
      for (const erasure of incomplete) {
        if (held.has(erasure.wrappedUnder)) {
          left += 1;
          process.stderr.write(
            `erasure ${erasure.id}: ${erasure.wrappedUnder} is still in use; run rotate-key first\n`,
          );
        } else {
          await erasures.complete(erasure, cleaned);
          process.stderr.write(`erasure ${erasure.id} is complete\n`);
        }
      }
      process.stderr.write(`${incomplete.length - left} erasures completed, ${left} left\n`);
      return left === 0;
    } finally {
      await ledger.close();
    }
  },
};

/** Cleans up the embedded log, or takes the word of whoever has done so on a server. */
const cleanedUp = (config: Config, scavenged: readonly string[]): readonly string[] => {
  const location = eventLogLocation(config);
  if (location.kind === 'eventstoredb') {
    if (scavenged.length > 0) return scavenged;
    throw new UsageError('run a scavenge on each node of EventStoreDB, then name each with --scavenged');
  }
  if (scavenged.length > 0)
    throw new UsageError('--scavenged is for EventStoreDB: this embedded log is cleaned up here');
  compactLog(location.file);
  return ['embedded log'];
};
