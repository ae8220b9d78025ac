import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { openForQueries } from '../../projections/database.ts';
import { createHandoverQueries } from '../../projections/handovers/query.ts';
import { HISTORY_READ_MODEL } from '../../projections/read-models.ts';
import { loadConfig } from '../config.ts';
import { openEventLogReader } from '../event-log/open.ts';
import { eventLogLocation, readCheckpointKey, readModelDirectory, treeDirectory } from '../places.ts';
import { parseCheckpoint } from '../transparency/checkpoint.ts';
import { formatVerifierKey } from '../transparency/note.ts';
import { openTree, withCosignatures } from '../transparency/tree-file.ts';
import { writeBundle } from '../verify/bundle.ts';
import { type Command, progressOf, UsageError } from './command.ts';

/** Reads beside a service that runs. What it writes holds nothing that is sealed. */
export const bundle: Command = {
  summary:
    'write what an auditor takes along and `verify` checks: events as stored, entries, tiles, checkpoint, yearly figures',
  parameters: 'FOLDER',
  options: {},
  run: async (_values, [given, ...more]) => {
    if (given === undefined || more.length > 0) throw new UsageError('give one folder, which is empty or not there');
    const folder = resolve(given);
    if (existsSync(folder) && readdirSync(folder).length > 0) throw new UsageError(`${folder} is not empty`);
    const config = loadConfig(process.env);
    const log = await openEventLogReader(eventLogLocation(config));
    const tree = openTree(treeDirectory(config));
    const views = openForQueries(readModelDirectory(config), [HISTORY_READ_MODEL]);
    try {
      const latest = tree.latestCheckpoint();
      if (latest === undefined) throw new Error('no checkpoint is signed yet: start the service, which does so');
      const position = tree.positions(latest.size - 1, 1)[0] as string;
      const handovers = createHandoverQueries(views);
      if (handovers.position() < position) throw new Error('the views are behind the checkpoint: start the service');
      const rows = handovers.yearly({ asOf: { position } }, ['year', 'direction', 'kind']);
      const content = {
        checkpoint: withCosignatures(latest),
        key: formatVerifierKey(readCheckpointKey(config).verifier),
        yearly: { rows },
      };
      const progress = progressOf('Events in the bundle');
      await writeBundle(folder, log, content, (done) => progress.at(done, latest.size));
      const { root } = parseCheckpoint(latest.note);
      process.stderr.write(`${folder}: ${latest.size} leaves, root ${root.toString('base64')}\n`);
      return true;
    } finally {
      views.close();
      tree.close();
      await log.close();
    }
  },
};
