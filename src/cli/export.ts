import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { recordOf } from '../../domain/stream-kinds.ts';
import { recordExport } from '../access/command-line.ts';
import { accessDirectory, eventLogLocation } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { decodeEvent, unsealEvent } from '../event-log/codec.ts';
import { openEventLogReader } from '../event-log/open.ts';
import { readKeyEncryptionKey } from '../sealing/key-encryption-key.ts';
import { openKeyRing } from '../sealing/vault.ts';
import { type Command, progressOf } from './command.ts';
import { portableEvent } from './portable-event.ts';

/** Reads beside a service that runs. What it writes holds persons' data in the clear, and that is put on record first. */
export const exportEvents: Command = {
  name: 'export',
  summary: 'write every event with what is sealed, in log order, as NDJSON that `import` takes',
  options: { out: { type: 'string', help: 'a file; standard output when left out' } },
  run: async ({ out }) => {
    const config = loadConfig(process.env);
    const location = eventLogLocation(config);
    const log = await openEventLogReader(location);
    const keys = openKeyRing(log, readKeyEncryptionKey(config.keyEncryptionKey.file));
    const output = typeof out === 'string' ? createWriteStream(out, { mode: 0o600 }) : process.stdout;
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
    try {
      await recordExport('export', { directory: accessDirectory(config), log: location, side: config.ledger.side });
      await pipeline(lines, output, { end: output !== process.stdout });
    } finally {
      await log.close();
    }
    process.stderr.write(
      `Exported ${done} events${withoutPerson > 0 ? `, ${withoutPerson} of expunged persons` : ''}\n`,
    );
    return true;
  },
};
