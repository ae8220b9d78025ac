import { open, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { recordOf } from '../../domain/stream-kinds.ts';
import { recordExport } from '../access/command-line.ts';
import { type Config, loadConfig } from '../config.ts';
import { decodeEvent, unsealEvent } from '../event-log/codec.ts';
import { openEventLogReader } from '../event-log/open.ts';
import type { EventLogReader } from '../event-log/port.ts';
import { storedEventLine } from '../event-log/stored-event.ts';
import { accessDirectory, eventLogLocation } from '../places.ts';
import { readKeyEncryptionKeys } from '../sealing/key-encryption-key.ts';
import { openKeyRing } from '../sealing/key-ring.ts';
import { describeTreeHead, followTreeOfEvents } from '../transparency/tree-head.ts';
import { type Command, progressOf } from './command.ts';
import { portableEvent } from './portable-event.ts';

/** Lines, and what there is to say when all of them are written. */
interface Export {
  readonly lines: AsyncIterable<string>;
  readonly summary: () => string;
}

/** Reads beside a service that runs. */
export const exportEvents: Command = {
  summary: 'write every event in log order as NDJSON that `import` takes: in the clear, or as it is stored',
  options: {
    out: { type: 'string', help: 'a file; standard output when left out' },
    stored: {
      type: 'boolean',
      help: 'as it is stored: sealed, with keys and checkpoints; for another log of the same ledger',
    },
  },
  run: async ({ out, stored }) => {
    const config = loadConfig(process.env);
    const location = eventLogLocation(config);
    const log = await openEventLogReader(location);
    try {
      const { lines, summary } = stored === true ? storedEvents(log) : plainEvents(log, config);
      const file = typeof out === 'string' ? await newFile(out) : undefined;
      try {
        // What is written in the clear is put on record first.
        if (stored !== true) {
          await recordExport('export', { directory: accessDirectory(config), log: location, side: config.ledger.side });
        }
        await pipeline(lines, file ?? process.stdout, { end: file !== undefined });
      } catch (error) {
        // Half an export is none.
        file?.destroy();
        if (file !== undefined) await rm(String(out), { force: true });
        throw error;
      }
      process.stderr.write(`Exported ${summary()}\n`);
      return true;
    } finally {
      await log.close();
    }
  },
};

/** Its owner's alone, and none that is there already: that may be read by others. */
const newFile = async (file: string): Promise<Writable> => {
  try {
    return (await open(file, 'wx', 0o600)).createWriteStream();
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new Error(
      isThere
        ? `${file} is there already: nothing is overwritten`
        : `${file} cannot be written: ${(error as Error).message}`,
    );
  }
};

/** With what is sealed, so with persons' data in the clear. */
const plainEvents = (log: EventLogReader, config: Config): Export => {
  const keys = openKeyRing(log, readKeyEncryptionKeys(config.keyEncryptionKey.file));
  const progress = progressOf('Exported events');
  let done = 0;
  let withoutPerson = 0;
  const lines = async function* (): AsyncGenerator<string> {
    for await (const chunk of log.readAll()) {
      for (const logged of chunk) {
        const record = recordOf(logged.stream);
        if (record === undefined) continue;
        const decoded = decodeEvent(logged);
        const plain = await unsealEvent(logged.stream, decoded, keys);
        if (plain === undefined) withoutPerson++;
        const event = plain ?? decoded.event;
        yield `${JSON.stringify(portableEvent(record.kind, record.id, event))}\n`;
        progress.at(++done);
      }
    }
  };
  const expunged = () => (withoutPerson > 0 ? `, ${withoutPerson} of expunged persons` : '');
  return { lines: lines(), summary: () => `${done} events${expunged()}` };
};

const storedEvents = (log: EventLogReader): Export => {
  const progress = progressOf('Exported events');
  const tree = followTreeOfEvents();
  let done = 0;
  const lines = async function* (): AsyncGenerator<string> {
    for await (const chunk of log.readAll()) {
      for (const event of chunk) {
        tree.add(event);
        yield storedEventLine(event);
        progress.at(++done);
      }
    }
  };
  return { lines: lines(), summary: () => `${done} events as they are stored: ${describeTreeHead(tree.head())}` };
};
