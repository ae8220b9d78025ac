/** The thread that reads for the thread that serves HTTP. It answers one question after the other, in their order. */
import { parentPort, workerData } from 'node:worker_threads';
import { damageOfLog, isDamage } from '../../../projections/file-damage.ts';
import { type LoggedEvent, type ReadStreamOptions, StreamTombstoned } from '../port.ts';
import { openForReading } from './database.ts';
import { type Chunk, type ChunkLimits, type Range, Reads } from './reads.ts';

export type ToReader =
  | { readonly kind: 'stream'; readonly stream: string; readonly options: ReadStreamOptions }
  | { readonly kind: 'after'; readonly range: Range }
  | { readonly kind: 'head' }
  | { readonly kind: 'close' };

/** Events as one flat list of their fields: cheaper to copy between threads than objects with names. */
export type FlatEvents = readonly (string | number)[];

export type FromReader =
  | { readonly kind: 'stream'; readonly events: FlatEvents }
  | { readonly kind: 'after'; readonly chunk: Omit<Chunk, 'events'>; readonly events: FlatEvents }
  | { readonly kind: 'head'; readonly head: number | undefined }
  | { readonly kind: 'tombstoned'; readonly stream: string }
  | { readonly kind: 'failed'; readonly message: string; readonly damage: string | undefined };

/** Small, since the receiving thread spends its time on copies: a few milliseconds a chunk at most. */
const LIMITS: ChunkLimits = { events: 500, characters: 1024 * 1024 };

const flatten = (events: readonly LoggedEvent[]): FlatEvents =>
  events.flatMap((event) => [
    event.stream,
    event.revision,
    event.position,
    event.id,
    event.type,
    event.data,
    event.metadata,
  ]);

const reply = (reads: Reads, question: Exclude<ToReader, { kind: 'close' }>): FromReader => {
  switch (question.kind) {
    case 'stream':
      return { kind: 'stream', events: flatten(reads.stream(question.stream, question.options)) };
    case 'after': {
      const { events, ...chunk } = reads.after(question.range, LIMITS);
      return { kind: 'after', chunk, events: flatten(events) };
    }
    case 'head':
      return { kind: 'head', head: reads.head() };
  }
};

const failure = (question: ToReader, error: unknown): FromReader => {
  if (question.kind === 'stream' && error instanceof StreamTombstoned) {
    return { kind: 'tombstoned', stream: question.stream };
  }
  const damage = isDamage(error) ? damageOfLog(error) : undefined;
  return { kind: 'failed', message: damage ?? String(error), damage };
};

const port = parentPort;
if (port === null) throw new Error('the reader runs as a worker thread');

const database = openForReading((workerData as { file: string }).file);
const reads = new Reads(database);

port.on('message', (question: ToReader) => {
  if (question.kind === 'close') {
    database.close();
    port.close();
    return;
  }
  try {
    port.postMessage(reply(reads, question));
  } catch (error) {
    port.postMessage(failure(question, error));
  }
});
