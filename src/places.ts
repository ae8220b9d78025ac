import { basename, dirname, join } from 'node:path';
import { type Config, developmentName } from './config.ts';
import { deriveUuid } from './derived-id.ts';
import type { EventLogLocation } from './event-log/open.ts';
import { eventLogFile } from './event-log/sqlite/database.ts';
import { holdLock } from './process-lock.ts';
import { readSignerKey } from './transparency/keys.ts';
import { NOTE_SIGNATURE, type SignerKey, underName } from './transparency/note.ts';

/** Where the events of the configured ledger are kept. */
export const eventLogLocation = ({ eventStore, dataDir, ledger }: Config): EventLogLocation =>
  eventStore.kind === 'sqlite'
    ? { kind: 'sqlite', file: eventLogFile(dataDir, ledger.name) }
    : { kind: 'eventstoredb', connectionString: eventStore.connectionString, ledger: ledger.name };

/** Where this node keeps something of a log: apart for each log, so that nothing is ever continued from another log. */
const directoryOfLog = (config: Config, what: string): string => {
  const location = eventLogLocation(config);
  // A folder of data that is moved takes an embedded log with it.
  const where =
    location.kind === 'sqlite' ? basename(location.file) : location.connectionString.replace(/\/\/.*@/, '//');
  return join(config.dataDir, what, `${config.ledger.name}-${deriveUuid(location.kind, where).slice(0, 8)}`);
};

/** Where this node keeps its read models. */
export const readModelDirectory = (config: Config): string => directoryOfLog(config, 'read-models');

/** Where this node keeps the tree of who has read what. */
export const accessTreeDirectory = (config: Config): string => directoryOfLog(config, 'access-transparency');

/** Where this node keeps the tree of its log. */
export const treeDirectory = (config: Config): string => directoryOfLog(config, 'transparency');

/** The file of the key that signs the log. */
export const checkpointKeyFile = (config: Config): string =>
  config.transparency.checkpointKeyFile ?? `${treeDirectory(config)}.key`;

/** The key that signs the log. A development ledger makes one for each log that it is pointed at. Throws where the file cannot be used. */
export const readCheckpointKey = (config: Config): SignerKey => {
  const { name, side } = config.ledger;
  const madeAs = config.transparency.checkpointKeyFile === undefined ? developmentName(name, side) : undefined;
  return readSignerKey({ file: checkpointKeyFile(config), madeAs }, NOTE_SIGNATURE);
};

/** The key that signs the log of who has read what: the same, under a name of its own. */
export const accessSignerOf = (signer: SignerKey): SignerKey => underName(signer, `${signer.verifier.name}/access`);

/** Where the largest checkpoint is kept that was signed here under a key. */
export const signedForFile = (config: Config, { verifier }: SignerKey): string =>
  join(dirname(treeDirectory(config)), `signed-for-${verifier.keyId}`);

/** Where this node keeps who has read what, until that is in the log. */
export const accessDirectory = (config: Config): string => directoryOfLog(config, 'access');

/** Keeps another process from building or serving the same read models. Throws LockHeld. */
export const lockReadModels = (directory: string): { close(): void } => holdLock(join(directory, 'read-models.lock'));
