import { createInterface } from 'node:readline';
import type { Config } from '../config.ts';
import { openEventLog } from '../event-log/open.ts';
import { type EventLog, MAX_EVENT_BYTES, RevisionConflict } from '../event-log/port.ts';
import { parseStoredEvent, type StoredEvent, toAppend } from '../event-log/stored-event.ts';
import { eventLogLocation } from '../places.ts';
import { describeTreeHead, followTreeOfEvents } from '../transparency/tree-head.ts';
import { progressOf } from './command.ts';
import { tellFaultsOf } from './tell-faults-of.ts';

/** Events of one stream that follow each other go in together; so many at most. */
const LARGEST_APPEND = 64;

const bytesOf = ({ data, metadata }: StoredEvent): number => Buffer.byteLength(data) + Buffer.byteLength(metadata);

/**
 * Appends events as they are stored, in the order of their lines, one append after the other: so the log gets the same order, and the same
 * tree. What is there already is not written again. Throws with the line that cannot be appended; what stands before it is.
 */
export const importStored = async (config: Config, input: NodeJS.ReadableStream): Promise<boolean> => {
  const log = await openEventLog(eventLogLocation(config));
  const progress = progressOf('Imported events');
  const tree = followTreeOfEvents();
  let number = 0;
  let done = 0;
  let waiting: StoredEvent[] = [];
  let waitingBytes = 0;

  const append = async (): Promise<void> => {
    if (waiting.length === 0) return;
    await appendTo(log, waiting);
    for (const event of waiting) tree.add(event);
    done += waiting.length;
    progress.at(done);
    waiting = [];
    waitingBytes = 0;
  };

  try {
    const isEmpty = (await log.head()) === undefined;
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (line.trim() === '') continue;
      const event = parseStoredEvent(line);
      if (!isEmpty && done + waiting.length === 0) await assertBegins(log, event);
      const last = waiting.at(-1);
      const goesWithThem =
        last?.stream === event.stream &&
        last.revision + 1 === event.revision &&
        waiting.length < LARGEST_APPEND &&
        waitingBytes + bytesOf(event) <= MAX_EVENT_BYTES;
      if (!goesWithThem) await append();
      waiting.push(event);
      waitingBytes += bytesOf(event);
    }
    await append();
  } catch (error) {
    await log.close();
    throw new Error(`line ${number} or before it: ${(error as Error).message}`, { cause: error });
  }
  try {
    if (done === 0) throw new Error('there are no events in it');
    process.stderr.write(`${done} events are there as they were stored: ${describeTreeHead(tree.head())}\n`);
    return await tellFaultsOf(log);
  } finally {
    await log.close();
  }
};

/** Events of two ledgers in one log would be the history of neither. */
const assertBegins = async (log: EventLog, { stream, id }: StoredEvent): Promise<void> => {
  const [first] = await log.readStream(stream, { limit: 1 });
  if (first?.id !== id) throw new Error('the log holds other events already: import into an empty one');
};

const appendTo = async (log: EventLog, events: readonly StoredEvent[]): Promise<void> => {
  const [first] = events as readonly [StoredEvent, ...StoredEvent[]];
  try {
    await log.append(first.stream, first.revision === 0 ? 'no-stream' : first.revision - 1, events.map(toAppend));
  } catch (error) {
    if (!(error instanceof RevisionConflict)) throw error;
    throw new Error(`revision ${first.revision} of ${first.stream} cannot follow: ${error.message}, with other events`);
  }
};
