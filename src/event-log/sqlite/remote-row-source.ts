import { Worker } from 'node:worker_threads';
import type { LoggedEvent } from '../port.ts';
import { LogUnavailable, StreamTombstoned } from '../port.ts';
import type { FlatEvents, FromReader, ToReader } from './reader-worker.ts';
import type { RowSource } from './row-source.ts';

interface Waiting {
  readonly resolve: (answer: FromReader) => void;
  readonly reject: (error: Error) => void;
}

const FIELDS = 7;

const toEvents = (flat: FlatEvents): readonly LoggedEvent[] =>
  Array.from({ length: flat.length / FIELDS }, (_, index) => {
    const at = index * FIELDS;
    return {
      stream: flat[at] as string,
      revision: flat[at + 1] as number,
      position: flat[at + 2] as string,
      id: flat[at + 3] as string,
      type: flat[at + 4] as string,
      data: flat[at + 5] as string,
      metadata: flat[at + 6] as string,
    };
  });

export interface RemoteRowSource extends RowSource {
  /** What is wrong with the file, as a question came upon it. */
  damage(): string | undefined;
}

/** Reads on a thread of its own, so that the thread that asks never waits for a disk. */
export const openRemoteRowSource = (file: string): RemoteRowSource => {
  const worker = new Worker(new URL('./reader-worker.ts', import.meta.url), { workerData: { file }, execArgv: [] });
  const waiting: Waiting[] = [];
  let failure: LogUnavailable | undefined;
  let damage: string | undefined;

  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('message', (answer: FromReader) => waiting.shift()?.resolve(answer));
  worker.once('error', (cause) => {
    failure = new LogUnavailable('the reader of the event log failed', { cause });
    for (const { reject } of waiting.splice(0)) reject(failure);
  });

  /** The answer to a question is of the question's kind. */
  const ask = async <Kind extends FromReader['kind']>(
    question: ToReader & { readonly kind: Kind },
  ): Promise<FromReader & { readonly kind: Kind }> => {
    if (failure !== undefined) throw failure;
    const answer = await new Promise<FromReader>((resolve, reject) => {
      waiting.push({ resolve, reject });
      worker.postMessage(question);
    });
    if (answer.kind === 'tombstoned') throw new StreamTombstoned(answer.stream);
    if (answer.kind === 'failed') {
      damage ??= answer.damage;
      throw new LogUnavailable(answer.message);
    }
    return answer as FromReader & { readonly kind: Kind };
  };

  return {
    stream: async (stream, options) => toEvents((await ask({ kind: 'stream', stream, options })).events),
    after: async (range) => {
      const { chunk, events } = await ask({ kind: 'after', range });
      return { ...chunk, events: toEvents(events) };
    },
    damage: () => damage,
    head: async () => (await ask({ kind: 'head' })).head,
    close: async () => {
      worker.postMessage({ kind: 'close' } satisfies ToReader);
      await exited;
    },
  };
};
