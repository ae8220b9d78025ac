import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Config, loadConfig } from '../config.ts';
import { openEventLogReader } from '../event-log/open.ts';
import { backUp } from '../event-log/sqlite/backup.ts';
import { eventLogLocation } from '../places.ts';
import { describeTreeHead, followTreeOfEvents, type TreeHead } from '../transparency/tree-head.ts';
import { type Command, UsageError } from './command.ts';

/** The file of the embedded log. Throws UsageError where the ledger is on a server. */
export const embeddedLogFile = (config: Config): string => {
  const location = eventLogLocation(config);
  if (location.kind === 'sqlite') return location.file;
  throw new UsageError(
    'the log is on EventStoreDB, which has backups of its own; `export --stored` takes it to another log',
  );
};

/** Events and tree of a file with an embedded log. */
export const headOfFile = async (file: string): Promise<{ readonly events: number; readonly head: TreeHead }> => {
  const log = await openEventLogReader({ kind: 'sqlite', file });
  const tree = followTreeOfEvents();
  let events = 0;
  try {
    for await (const chunk of log.readAll()) {
      for (const event of chunk) tree.add(event);
      events += chunk.length;
    }
  } finally {
    await log.close();
  }
  return { events, head: tree.head() };
};

export const backup: Command = {
  summary:
    'copy the embedded log as it is at one moment, also while a service writes it; keys of cases stay wrapped in it',
  parameters: 'FILE',
  options: {},
  run: async (_values, [given, ...more]) => {
    if (given === undefined || more.length > 0) throw new UsageError('give one file, which is not there yet');
    const file = resolve(given);
    if (existsSync(file)) throw new UsageError(`${file} is there already`);
    backUp(embeddedLogFile(loadConfig(process.env)), file);
    const { events, head } = await headOfFile(file);
    process.stderr.write(`${file}: ${events} events, ${describeTreeHead(head)}\n`);
    return true;
  },
};
