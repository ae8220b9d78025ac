import { loadConfig } from '../config.ts';
import { openEventLogReader } from '../event-log/open.ts';
import type { EventLogReader, LoggedEvent } from '../event-log/port.ts';
import { eventLogLocation, treeDirectory } from '../places.ts';
import { proveConsistency, proveEvent } from '../transparency/proof-documents.ts';
import { openTree, type TreeQueries } from '../transparency/tree-file.ts';
import { isRecordLeaf } from '../transparency/tree-streams.ts';
import { type Command, UsageError } from './command.ts';

/** Reads beside a service that runs. */
export const proof: Command = {
  summary: 'prove that an event is in the signed log, or that the log has only grown since; `verify` checks either',
  options: {
    event: { type: 'string', help: 'the id of an event, as the history of its record gives it' },
    from: { type: 'string', help: 'the size of an earlier tree, as its checkpoint gives it' },
    to: { type: 'string', help: 'the size of a later tree; left out: that of the latest checkpoint' },
  },
  run: async ({ event, from, to }) => {
    if ((event === undefined) === (from === undefined)) throw new UsageError('give either --event or --from');
    if (event !== undefined && to !== undefined) throw new UsageError('--to goes with --from');
    const sizes = { from: sizeOf('--from', from), to: sizeOf('--to', to) };
    const config = loadConfig(process.env);
    const log = await openEventLogReader(eventLogLocation(config));
    try {
      const tree = openTree(treeDirectory(config));
      try {
        const proved = event === undefined ? growth(tree, sizes) : await inclusion(log, tree, String(event));
        process.stdout.write(`${JSON.stringify(proved, null, 2)}\n`);
        return true;
      } finally {
        tree.close();
      }
    } finally {
      await log.close();
    }
  },
};

const sizeOf = (option: string, given: unknown): number | undefined => {
  if (given === undefined) return undefined;
  if (!/^(0|[1-9]\d{0,14})$/.test(String(given)))
    throw new UsageError(`${option} is to be the size of a tree: a whole number`);
  return Number(given);
};

const growth = (
  tree: TreeQueries,
  { from = 0, to }: { readonly from: number | undefined; readonly to: number | undefined },
) => {
  const signed = tree.latestCheckpoint()?.size;
  if (signed === undefined) throw new Error('no checkpoint is signed yet: start the service, which does so');
  if ((to ?? 0) > signed) throw new UsageError(`--to is to be a size that is signed, at most ${signed}`);
  if (from > (to ?? signed)) throw new UsageError(`--from is to be a size that is not larger than ${to ?? signed}`);
  return proveConsistency(tree, from, to ?? signed);
};

const inclusion = async (log: EventLogReader, tree: TreeQueries, id: string) => {
  const event = await findEvent(log, id.toLowerCase());
  if (event === undefined) throw new Error(`there is no event ${id} in the log`);
  const proved = proveEvent(tree, event);
  if (proved === undefined)
    throw new Error('no checkpoint that is signed has this event yet: the running service signs it');
  return proved;
};

const findEvent = async (log: EventLogReader, id: string): Promise<LoggedEvent | undefined> => {
  for await (const chunk of log.readAll()) {
    const found = chunk.find((event) => event.id === id && isRecordLeaf(event.stream));
    if (found !== undefined) return found;
  }
  return undefined;
};
