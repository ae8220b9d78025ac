import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { builtReadModelExists, replaceReadModel } from '../../projections/database.ts';
import { READ_MODELS } from '../../projections/read-models.ts';
import { eventLogLocation, lockReadModels, readModelDirectory } from '../compose.ts';
import { type Config, loadConfig } from '../config.ts';
import { LockHeld } from '../process-lock.ts';
import { startProjector } from '../projecting/projector.ts';
import type { Command } from './command.ts';

/** Builds the views from the log, which may go on being written meanwhile. */
export const rebuild: Command = {
  name: 'rebuild',
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

/** The versions of this release, under names that no older release reads. */
const buildAhead = async (config: Config): Promise<void> => {
  const directory = readModelDirectory(config);
  const missing = READ_MODELS.filter((model) => !builtReadModelExists(directory, model));
  if (missing.length === 0) process.stderr.write('Every view of this release is there already.\n');
  else await buildApart(config, directory, missing);
};

const buildAnew = async (config: Config): Promise<void> => {
  const directory = readModelDirectory(config);
  const lock = lockUnlessServed(directory);
  try {
    await buildApart(config, directory, READ_MODELS);
  } finally {
    lock.close();
  }
};

/** Builds views in a directory apart, and puts them into place when they are whole. */
const buildApart = async (config: Config, directory: string, models: typeof READ_MODELS): Promise<void> => {
  mkdirSync(directory, { recursive: true });
  const apart = mkdtempSync(join(directory, 'rebuilding-'));
  try {
    await build(config, apart, models);
    for (const model of models) replaceReadModel(directory, model, apart);
  } finally {
    rmSync(apart, { recursive: true });
  }
};

const lockUnlessServed = (directory: string): { close(): void } => {
  try {
    return lockReadModels(directory);
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    throw new Error(`${error.holder} serves these views: stop it first, or build those of a new release with --ahead`);
  }
};

const build = async (config: Config, directory: string, models: typeof READ_MODELS): Promise<void> => {
  const began = performance.now();
  const projector = startProjector({
    directory,
    log: eventLogLocation(config),
    keyEncryptionKeyFile: config.keyEncryptionKey.file,
    readModels: models,
  });
  const report = setInterval(() => {
    const where = projector.statuses().map(({ name, position }) => `${name} at ${position || 'the beginning'}`);
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
