import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command as RecordCommand } from '../../domain/kernel/record.ts';
import { refusalsOf } from '../../domain/kernel/shape.ts';
import type { CommandFailure } from '../application/commands.ts';
import { type Ledger, openLedger } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { deriveUuid } from '../derived-id.ts';
import { hasFiniteNumbers } from '../finite-numbers.ts';
import { type Command, progressOf, UsageError } from './command.ts';
import { importStored } from './import-stored.ts';
import { type PortableEvent, portableEventSchema } from './portable-event.ts';

type Outcome = 'written' | 'was there already' | { readonly fault: string };

/**
 * Takes events in the order of their lines through the same decisions as everybody's. Who recorded an event and when is kept;
 * when it was imported is added. A line that was imported before is not written again, so a file may be sent as often as needed.
 */
export const importEvents: Command = {
  summary: 'record the events of an NDJSON file as `export` writes it; safe to run again',
  parameters: 'FILE',
  options: { stored: { type: 'boolean', help: 'events as `export --stored` writes them, into a log without others' } },
  run: async ({ stored }, [file, ...more]) => {
    if (file === undefined || more.length > 0) throw new UsageError('give one file, or - for standard input');
    const config = loadConfig(process.env);
    const input = file === '-' ? process.stdin : await openFile(file);
    if (stored === true) return importStored(config, input);
    const ledger = await openLedger(config, () => new Date());
    const progress = progressOf('Imported lines');
    const count = { written: 0, 'was there already': 0, faulty: 0 };
    let number = 0;
    try {
      for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
        number++;
        if (line.trim() === '') continue;
        const outcome = await importLine(ledger, line);
        if (typeof outcome === 'string') count[outcome]++;
        else {
          count.faulty++;
          process.stderr.write(`line ${number}: ${outcome.fault}\n`);
        }
        progress.at(number);
      }
    } finally {
      await ledger.close();
    }
    process.stderr.write(
      `${count.written} written, ${count['was there already']} there already, ${count.faulty} not accepted\n`,
    );
    return count.faulty === 0;
  },
};

const openFile = (file: string): Promise<NodeJS.ReadableStream> =>
  new Promise((resolve, reject) => {
    const stream = createReadStream(file);
    stream.once('open', () => resolve(stream));
    stream.once('error', (error) => reject(new UsageError(`${file} cannot be read: ${error.message}`)));
  });

const importLine = async (ledger: Ledger, line: string): Promise<Outcome> => {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    // What the parser says repeats the text, which holds a person's data.
    return { fault: 'is not JSON' };
  }
  if (!hasFiniteNumbers(line, json)) return { fault: 'holds a number that is too large to be kept' };
  const parsed = portableEventSchema.safeParse(json);
  if (!parsed.success) return { fault: describe(refusalsOf(parsed.error, '')) };
  const { category, recordId, eventId, recordedAt, recordedBy } = parsed.data;
  const executed = await ledger.commandsOf(category).execute(recordId, commandOf(parsed.data), {
    commandId: deriveUuid('import', eventId),
    recordedBy,
    correlationId: `import-${eventId}`,
    imported: { recordedAt: new Date(recordedAt).toISOString(), eventId },
  });
  if (!executed.ok) return { fault: faultOf(executed.error) };
  return executed.value.repeated ? 'was there already' : 'written';
};

const commandOf = ({ type, occurredAt, statedBy, particulars, data }: PortableEvent): RecordCommand =>
  particulars === undefined
    ? { name: 'record', type, occurredAt, statedBy, data }
    : { name: 'open', type, occurredAt, statedBy, data, particulars };

const describe = (faults: readonly { readonly pointer?: string; readonly message: string }[]): string =>
  faults.map(({ pointer, message }) => (pointer ? `${pointer}: ${message}` : message)).join('; ');

const faultOf = (failure: CommandFailure): string => {
  switch (failure.reason) {
    case 'refused':
      return describe(failure.refusals);
    case 'not-found':
      return 'there is no such record; the event that opens it must come first';
    case 'command-id-reused':
      return failure.erased
        ? 'an event of this id was imported before, and what it said is erased by order'
        : 'an event of this id was imported before with another content';
    default:
      return failure.reason;
  }
};
