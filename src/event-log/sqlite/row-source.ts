import { damageOfLog, isDamage, resultCode } from '../../../projections/file-damage.ts';
import { LogClosed, type LoggedEvent, LogUnavailable, type ReadStreamOptions } from '../port.ts';
import { openForReading } from './database.ts';
import { type Chunk, type ChunkLimits, type Range, Reads } from './reads.ts';

/** Where a reader gets its rows: a connection on its own thread, or one on another thread. */
export interface RowSource {
  /** Rejects with StreamTombstoned, LogUnavailable. No question may be asked after `close()`. */
  stream(stream: string, options: ReadStreamOptions): Promise<readonly LoggedEvent[]>;
  after(range: Range): Promise<Chunk>;
  head(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** A rebuild reads millions: larger chunks would only outlive the young generation of the heap. */
const LIMITS: ChunkLimits = { events: 150, characters: 2 * 1024 * 1024 };

/** Lets the thread's other work go on: promises alone would never give the event loop a turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Says of an error of SQLite that it is the log's, since whoever reads it may have files of its own. */
const reading = <Answer>(read: () => Answer): Answer => {
  try {
    return read();
  } catch (error) {
    if (resultCode(error) === undefined) throw error;
    throw new LogUnavailable(isDamage(error) ? `the event log: ${damageOfLog(error)}` : String(error), {
      cause: error,
    });
  }
};

/** Reads on the thread that asks, for a worker or a process that has nothing else to answer meanwhile. */
export const openThreadRowSource = (file: string): RowSource => {
  const database = openForReading(file);
  const reads = new Reads(database);
  return {
    stream: async (stream, options) => reading(() => reads.stream(stream, options)),
    after: async (range) => {
      await turn();
      if (!database.isOpen) throw new LogClosed();
      return reading(() => reads.after(range, LIMITS));
    },
    head: async () => reading(() => reads.head()),
    close: async () => database.close(),
  };
};
