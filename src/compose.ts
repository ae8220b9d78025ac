import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type AccessQueries, createAccessQueries } from '../projections/access/query.ts';
import { createPersonQueries, type PersonQueries } from '../projections/cases/person-query.ts';
import { type CaseQueries, createCaseQueries } from '../projections/cases/query.ts';
import { deleteOlderVersions, openForQueries } from '../projections/database.ts';
import { createDeadlineQueries, type DeadlineQueries } from '../projections/deadlines/query.ts';
import { createHandoverQueries, type HandoverQueries } from '../projections/handovers/query.ts';
import { createHistoryQueries, type HistoryQueries } from '../projections/history/query.ts';
import { READ_MODELS } from '../projections/read-models.ts';
import { createRegisterQueries, type RegisterQueries } from '../projections/registers/query.ts';
import { createReportQueries, type ReportQueries } from '../projections/reports/query.ts';
import { type AccessRecorder, startAccessRecorder } from './access/recorder.ts';
import { startRetention } from './access/retention.ts';
import { type AllCommands, createAllCommands } from './application/all-commands.ts';
import { startContinuationProcess } from './application/continuation-process.ts';
import { startErasureProcess } from './application/erasure-process.ts';
import { startMinutesProcess } from './application/minutes-process.ts';
import { createReader, type Reader } from './application/reader.ts';
import { startReconciliationProcess } from './application/reconciliation-process.ts';
import { type Config, developmentName } from './config.ts';
import { deriveUuid } from './derived-id.ts';
import { type EventLogLocation, openEventLog } from './event-log/open.ts';
import type { EventLog } from './event-log/port.ts';
import { eventLogFile } from './event-log/sqlite/database.ts';
import { holdLock } from './process-lock.ts';
import { type Lag, watchLag } from './projecting/lag.ts';
import { type Projector, startProjector } from './projecting/projector.ts';
import { createReplays, type Replays } from './replaying/replays.ts';
import {
  type KeyEncryptionKeys,
  readKeyEncryptionKeys,
  readOrMakeKeyEncryptionKeys,
} from './sealing/key-encryption-key.ts';
import { openVault, type Vault } from './sealing/vault.ts';
import { readSignerKey, readWitnessedLogs, readWitnesses } from './transparency/keys.ts';
import { CHECKPOINT_COSIGNATURE, NOTE_SIGNATURE, type SignerKey, underName } from './transparency/note.ts';
import { startTransparency, type Transparency } from './transparency/transparency.ts';
import { ACCESS_TREE } from './transparency/tree-streams.ts';
import { createWitness, type Witness } from './transparency/witness.ts';

/** The typed reads of all views. */
export interface Queries {
  readonly cases: CaseQueries;
  readonly history: HistoryQueries;
  readonly handovers: HandoverQueries;
  readonly reports: ReportQueries;
  readonly registers: RegisterQueries;
  readonly deadlines: DeadlineQueries;
  readonly persons: PersonQueries;
  readonly reads: AccessQueries;
  readonly reader: Reader;
}

/** A ledger with its log open for writing. */
export interface Ledger extends AllCommands {
  readonly log: EventLog;
  readonly vault: Vault;
  close(): Promise<void>;
}

/** A ledger with its views, as a node serves it. */
export interface Node extends Ledger {
  readonly projector: Projector;
  readonly lag: Lag;
  readonly queries: Queries;
  readonly transparency: Transparency;
  readonly access: AccessRecorder;
  /** Of who has read what. */
  readonly accessTransparency: Transparency;
  /** Undefined where this ledger witnesses no other. */
  readonly witness: Witness | undefined;
  readonly replays: Replays;
}

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

const assertWritable = (dataDir: string): void => {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch (cause) {
    throw new Error(`DATA_DIR: ${dataDir} is to be a directory that can be written: ${(cause as Error).message}`);
  }
};

/** Opens the log and what commands need. Throws where `dataDir` cannot be written, and what the adapters and the key file throw; nothing stays open then. */
export const openLedger = async (config: Config, clock: () => Date): Promise<Ledger> => {
  assertWritable(config.dataDir);
  const log = await openEventLog(eventLogLocation(config));
  try {
    const vault = openVault(log, await keyEncryptionKeyOf(config, log), clock);
    return { log, vault, ...createAllCommands({ log, vault, clock }), close: () => log.close() };
  } catch (error) {
    await log.close();
    throw error;
  }
};

/** A development ledger makes its key, but never a second one: what is in a log already was sealed under the first. */
const keyEncryptionKeyOf = async ({ keyEncryptionKey }: Config, log: EventLog): Promise<KeyEncryptionKeys> => {
  const { file, mayBeMade } = keyEncryptionKey;
  const make = mayBeMade && (existsSync(file) || (await log.head()) === undefined);
  return make ? readOrMakeKeyEncryptionKeys(file) : readKeyEncryptionKeys(file);
};

/** Who signs the log and who countersigns it, and the logs that it countersigns itself. Throws where a file cannot be used. */
const readTransparency = (config: Config, log: EventLog, clock: () => Date) => {
  const { transparency } = config;
  const logs = readWitnessedLogs(transparency.witnessedLogs);
  return {
    signer: readCheckpointKey(config),
    witnesses: readWitnesses(transparency.witnesses),
    witness:
      logs.length === 0
        ? undefined
        : createWitness({ log, logs, signer: readSignerKey(transparency.witnessKey, CHECKPOINT_COSIGNATURE), clock }),
  };
};

/**
 * Adds the views to an open ledger: starts the projections, opens what they write for queries, and does what follows from what is recorded;
 * `onFault` is told of what is tried again.
 */
export const startNode = (
  config: Config,
  ledger: Ledger,
  { clock, onFault }: { readonly clock: () => Date; readonly onFault: (error: unknown) => void },
): Node => {
  // Files that cannot be used are told before anything is started.
  const { signer, witnesses, witness } = readTransparency(config, ledger.log, clock);
  const directory = readModelDirectory(config);
  const lock = lockReadModels(directory);
  const database = openForQueries(directory, READ_MODELS);
  const sources = {
    directory,
    log: eventLogLocation(config),
    keyEncryptionKeyFile: config.keyEncryptionKey.file,
  };
  const projector = startProjector({ ...sources, onKeyReplaced: ledger.vault.forget });
  const replays = createReplays(sources, clock);
  // Before any other listener: whoever is told that a view has gone on reads what it has gone on to.
  projector.onProgress(() => database.renew());
  // Once the views are up to date nobody goes back to those of an older release. Where one cannot go on, readiness says so.
  projector.caughtUp().then(
    () => {
      for (const model of READ_MODELS) deleteOlderVersions(directory, model);
    },
    () => {},
  );
  const lag = watchLag(ledger.log, projector);
  const history = createHistoryQueries(database);
  const registers = createRegisterQueries(database);
  const cases = createCaseQueries(database);
  const handovers = createHandoverQueries(database);
  const following = { ...ledger, keys: ledger.vault, progress: projector, onFault };
  const processes = [
    startMinutesProcess({ ...following, registers }),
    startContinuationProcess({ ...following, cases }),
    startErasureProcess({ ...following, registers }),
    startReconciliationProcess({ ...following, registers, handovers }),
  ];
  const access = startAccessRecorder({ directory: accessDirectory(config), log: ledger.log, clock });
  const transparency = startTransparency({
    directory: treeDirectory(config),
    signedForFile: signedForFile(config, signer),
    location: eventLogLocation(config),
    log: ledger.log,
    signer,
    witnesses,
    clock,
  });
  const accessSigner = accessSignerOf(signer);
  const accessTransparency = startTransparency({
    directory: accessTreeDirectory(config),
    signedForFile: signedForFile(config, accessSigner),
    location: eventLogLocation(config),
    log: ledger.log,
    signer: accessSigner,
    witnesses: [],
    clock,
    streams: ACCESS_TREE,
  });
  const reads = createAccessQueries(database);
  const retention = startRetention({
    log: ledger.log,
    clock,
    days: config.accessRetentionDays,
    reads,
    built: projector.built,
    onFault,
  });
  return {
    ...ledger,
    projector,
    lag,
    transparency,
    access,
    accessTransparency,
    witness,
    replays,
    queries: {
      cases,
      history,
      reader: createReader(history, ledger.vault),
      handovers,
      reports: createReportQueries(database),
      registers,
      deadlines: createDeadlineQueries(database),
      persons: createPersonQueries(database),
      reads,
    },
    close: async () => {
      lag.stop();
      await replays.close();
      await access.close();
      await Promise.all(processes.map((each) => each.stop()));
      await retention.stop();
      await transparency.close();
      await accessTransparency.close();
      await projector.close();
      database.close();
      lock.close();
      await ledger.close();
    },
  };
};
