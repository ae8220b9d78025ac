import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { addReadModel, builtReadModelExists, readModelExists, replaceReadModel } from '../../projections/database.ts';
import { READ_MODELS } from '../../projections/read-models.ts';
import { type Config, loadConfig } from '../config.ts';
import { openEventLogReader } from '../event-log/open.ts';
import { eventLogLocation, lockReadModels, readModelDirectory } from '../places.ts';
import { holdLock, LockHeld } from '../process-lock.ts';
import { startProjector } from '../projecting/projector.ts';
import { readKeyEncryptionKeys } from '../sealing/key-encryption-key.ts';
import type { Command } from './command.ts';

/** Builds the views from the log, which may go on being written meanwhile. */
export const rebuild: Command = {
  summary: 'build the views from the log: anew, with the service stopped, or ahead of the start of a new release',
  options: {
    ahead: { type: 'boolean', help: 'only the versions that are not there yet, beside a running older release' },
  },
  run: async ({ ahead }) => {
    const config = loadConfig(process.env);
    await (ahead === true ? buildAhead(config) : buildAnew(config));
    return true;
  },
};

/**
 * The versions of this release, under names that no older release reads. Beside a service only what has no file at all: the file of a
 * view that is being built is the service's own.
 */
const buildAhead = async (config: Config): Promise<void> => {
  const directory = readModelDirectory(config);
  const lock = lockUnlessServed(directory);
  const [isThere, putIntoPlace] =
    lock === undefined ? [readModelExists, addReadModel] : [builtReadModelExists, replaceReadModel];
  try {
    const missing = READ_MODELS.filter((model) => !isThere(directory, model));
    if (missing.length === 0) process.stderr.write('Every view of this release is there already.\n');
    else await buildApart(config, directory, missing, putIntoPlace);
  } finally {
    lock?.close();
  }
};

const buildAnew = async (config: Config): Promise<void> => {
  const directory = readModelDirectory(config);
  const lock = orRefuse(
    () => lockReadModels(directory),
    (holder) => `${holder} serves these views: stop it first, or build those of a new release with --ahead`,
  );
  try {
    await buildApart(config, directory, READ_MODELS, replaceReadModel);
  } finally {
    lock.close();
  }
};

/** Builds views in a directory apart, and puts them into place when they are whole. */
const buildApart = async (
  config: Config,
  directory: string,
  models: typeof READ_MODELS,
  putIntoPlace: typeof replaceReadModel,
): Promise<void> => {
  const apart = join(directory, 'rebuilding');
  const lock = orRefuse(
    () => holdLock(join(directory, 'rebuilding.lock')),
    (holder) => `${holder} builds these views already`,
  );
  try {
    // What a build that was killed has left holds names.
    rmSync(apart, { recursive: true, force: true });
    await build(config, apart, models);
    for (const model of models) putIntoPlace(directory, model, apart);
  } finally {
    rmSync(apart, { recursive: true, force: true });
    lock.close();
  }
};

const orRefuse = <Lock>(hold: () => Lock, refusal: (holder: string) => string): Lock => {
  try {
    return hold();
  } catch (error) {
    throw error instanceof LockHeld ? new Error(refusal(error.holder)) : error;
  }
};

/** Undefined where a service holds the lock. */
const lockUnlessServed = (directory: string): { close(): void } | undefined => {
  try {
    return lockReadModels(directory);
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    return undefined;
  }
};

const build = async (config: Config, directory: string, models: typeof READ_MODELS): Promise<void> => {
  await assertReadable(config);
  const began = performance.now();
  const projector = startProjector({
    directory,
    log: eventLogLocation(config),
    keyEncryptionKeyFile: config.keyEncryptionKey.file,
    readModels: models,
  });
  const report = setInterval(() => {
    const where = projector
      .statuses()
      .map(({ name, position, failure }) => `${name} ${failure ?? `at ${position || 'the beginning'}`}`);
    process.stderr.write(`Building: ${where.join(', ')}\n`);
  }, 2_000);
  try {
    await projector.caughtUp();
  } finally {
    clearInterval(report);
    await projector.close();
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stderr.write(
    `Built ${models.map(({ name, version }) => `${name} v${version}`).join(', ')} in ${seconds} s\n`,
  );
};

/** What is wrong from the start is said at once; what fails later is tried again until it passes. */
const assertReadable = async (config: Config): Promise<void> => {
  const log = await openEventLogReader(eventLogLocation(config));
  try {
    await log.head();
    readKeyEncryptionKeys(config.keyEncryptionKey.file);
  } finally {
    await log.close();
  }
};
