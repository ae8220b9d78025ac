import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
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
import type { Config } from './config.ts';
import { openEventLog } from './event-log/open.ts';
import type { EventLog } from './event-log/port.ts';
import {
  accessDirectory,
  accessSignerOf,
  accessTreeDirectory,
  eventLogLocation,
  lockReadModels,
  readCheckpointKey,
  readModelDirectory,
  signedForFile,
  treeDirectory,
} from './places.ts';
import { findView } from './projecting/found-view.ts';
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
import { CHECKPOINT_COSIGNATURE } from './transparency/note.ts';
import { startTransparency, type Transparency, type TransparencyOptions } from './transparency/transparency.ts';
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
  /** What a person has to see to about the files of the views; undefined where nothing is known to be wrong. */
  readonly viewDamage: () => string | undefined;
  readonly transparency: Transparency;
  readonly access: AccessRecorder;
  /** Of who has read what. */
  readonly accessTransparency: Transparency;
  /** Undefined where this ledger witnesses no other. */
  readonly witness: Witness | undefined;
  readonly replays: Replays;
}

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

export interface NodeOptions {
  readonly clock: () => Date;
  readonly onFault: (error: unknown) => void;
}

/**
 * Adds the views to an open ledger: starts the projections, opens what they write for queries, and does what follows from what is recorded;
 * `onFault` is told of what is tried again. Closing the node closes the ledger; where the start fails, nothing stays open, the ledger neither.
 */
export const startNode = async (config: Config, ledger: Ledger, options: NodeOptions): Promise<Node> => {
  const open = new AsyncDisposableStack();
  open.defer(() => ledger.close());
  try {
    return startIn(open, config, ledger, options);
  } catch (error) {
    await open.disposeAsync();
    throw error;
  }
};

/** What is started is closed the other way round. */
const startIn = (open: AsyncDisposableStack, config: Config, ledger: Ledger, { clock, onFault }: NodeOptions): Node => {
  // Files that cannot be used are told before anything is started.
  const { signer, witnesses, witness } = readTransparency(config, ledger.log, clock);
  const directory = readModelDirectory(config);
  open.adopt(lockReadModels(directory), (lock) => lock.close());
  const database = open.adopt(openForQueries(directory, READ_MODELS), (queries) => queries.close());
  const sources = {
    directory,
    log: eventLogLocation(config),
    keyEncryptionKeyFile: config.keyEncryptionKey.file,
  };
  const projector = open.adopt(
    startProjector({
      ...sources,
      onKeyReplaced: ledger.vault.forget,
      found: (model) => findView(directory, model, ledger.log),
    }),
    (each) => each.close(),
  );
  const replays = open.adopt(createReplays(sources, clock), (each) => each.close());
  // Before any other listener: whoever is told that a view has gone on reads what it has gone on to.
  projector.onProgress(() => database.renew());
  // Once the views are up to date nobody goes back to those of an older release. Where one cannot go on, readiness says so.
  projector.caughtUp().then(
    () => {
      for (const model of READ_MODELS) deleteOlderVersions(directory, model);
    },
    () => {},
  );
  const lag = open.adopt(watchLag(ledger.log), (each) => each.stop());
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
  open.defer(() => Promise.all(processes.map((each) => each.stop())).then(() => {}));
  const keepTree = (tree: TransparencyOptions): Transparency =>
    open.adopt(startTransparency(tree), (each) => each.close());
  const transparency = keepTree({
    directory: treeDirectory(config),
    signedForFile: signedForFile(config, signer),
    location: eventLogLocation(config),
    log: ledger.log,
    signer,
    witnesses,
    clock,
  });
  const accessSigner = accessSignerOf(signer);
  const accessTransparency = keepTree({
    directory: accessTreeDirectory(config),
    signedForFile: signedForFile(config, accessSigner),
    location: eventLogLocation(config),
    log: ledger.log,
    signer: accessSigner,
    witnesses: [],
    clock,
    streams: ACCESS_TREE,
  });
  const access = open.adopt(
    startAccessRecorder({ directory: accessDirectory(config), log: ledger.log, clock }),
    (each) => each.close(),
  );
  const reads = createAccessQueries(database);
  const retention = startRetention({
    log: ledger.log,
    clock,
    days: config.accessRetentionDays,
    reads,
    built: projector.built,
    onFault,
  });
  open.defer(() => retention.stop());
  return {
    ...ledger,
    projector,
    lag,
    transparency,
    access,
    accessTransparency,
    witness,
    replays,
    viewDamage: () => database.damage(),
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
    close: () => open.disposeAsync(),
  };
};
