/**
 * The thread that writes the log, so that the thread that serves HTTP never waits for a disk. It commits together all
 * that arrived while the last commit was being synced (group commit) and answers after the sync.
 */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { openCommitTeller } from './commit-news.ts';
import { openForWriting } from './database.ts';
import { lockForWriting } from './lock.ts';
import { type PackedRequests, unpackRequests } from './packed-requests.ts';
import { type WriteRequest, type WriteResult, Writer } from './writer.ts';

/** Several requests that were made in one turn of the event loop; all are answered in the order they came in. */
export type ToWriter = PackedRequests | 'close';

export type FromWriter =
  | { readonly kind: 'open' }
  | { readonly kind: 'not-open'; readonly locked: boolean; readonly message: string }
  | { readonly kind: 'results'; readonly results: readonly (WriteResult | WriteFailure)[] };

/** Nothing of it is answered as written; whether it was is unknown. */
export interface WriteFailure {
  readonly kind: 'failed';
  readonly message: string;
}

const NOT_ERASED: WriteFailure = {
  kind: 'failed',
  message: 'the stream is tombstoned, but a reader of the log keeps its bytes in the write-ahead log: repeat it',
};

const port = parentPort;
if (port === null) throw new Error('the writer runs as a worker thread');

const answer = (message: FromWriter): void => port.postMessage(message);

const write = (writer: Writer, requests: readonly WriteRequest[]): readonly (WriteResult | WriteFailure)[] => {
  let results: readonly WriteResult[];
  try {
    results = writer.commit(requests);
  } catch (error) {
    const failure: WriteFailure = { kind: 'failed', message: `the event log could not be written: ${error}` };
    return requests.map(() => failure);
  }
  const erases = requests.some(({ kind }) => kind === 'tombstone');
  if (!erases || writer.emptyWriteAheadLog()) return results;
  return results.map((result, index) => (requests[index]?.kind === 'tombstone' ? NOT_ERASED : result));
};

const serve = (file: string): void => {
  const lock = lockForWriting(file);
  try {
    const database = openForWriting(file);
    const writer = new Writer(database);
    const commits = openCommitTeller(file);

    port.on('message', (first: ToWriter) => {
      const requests: WriteRequest[] = [];
      let closing = false;
      let message: ToWriter | undefined = first;
      while (message !== undefined) {
        if (message === 'close') closing = true;
        else requests.push(...unpackRequests(message));
        message = receiveMessageOnPort(port)?.message;
      }
      if (requests.length > 0) {
        answer({ kind: 'results', results: write(writer, requests) });
        commits.tell();
      }
      if (closing) {
        commits.close();
        database.close();
        lock.close();
        port.close();
      }
    });
  } catch (error) {
    lock.close();
    throw error;
  }
  answer({ kind: 'open' });
};

try {
  serve((workerData as { file: string }).file);
} catch (error) {
  const locked = error instanceof Error && error.name === 'LogLocked';
  answer({ kind: 'not-open', locked, message: error instanceof Error ? error.message : String(error) });
  port.close();
}
