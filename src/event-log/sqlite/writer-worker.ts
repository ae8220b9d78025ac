/**
 * The thread that writes the log, so that the thread that serves HTTP never waits for a disk. It commits each group of
 * requests in one transaction and answers after its sync.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openCommitTeller } from './commit-news.ts';
import { openForWriting } from './database.ts';
import { lockForWriting } from './lock.ts';
import { type PackedRequests, unpackRequests } from './packed-requests.ts';
import { type PackedResults, packResults, type WriteFailure, type WriteOutcome } from './packed-results.ts';
import { type WriteRequest, type WriteResult, Writer } from './writer.ts';

/** A group; its requests are answered together, in their order. */
export type ToWriter = PackedRequests | 'close';

export type FromWriter =
  | { readonly kind: 'open' }
  | { readonly kind: 'not-open'; readonly locked: boolean; readonly message: string }
  | { readonly kind: 'results'; readonly results: PackedResults };

const NOT_ERASED: WriteFailure = {
  kind: 'failed',
  message: 'the stream is tombstoned, but a reader of the log keeps its bytes in the write-ahead log: repeat it',
};

const port = parentPort;
if (port === null) throw new Error('the writer runs as a worker thread');

const answer = (message: FromWriter): void => port.postMessage(message);

const write = (writer: Writer, requests: readonly WriteRequest[]): readonly WriteOutcome[] => {
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

    port.on('message', (message: ToWriter) => {
      if (message !== 'close') {
        const outcomes = write(writer, unpackRequests(message));
        answer({ kind: 'results', results: packResults(outcomes) });
        commits.tell();
        return;
      }
      commits.close();
      // So that the one file is the whole log, also where somebody still reads and SQLite itself would leave it as it is.
      writer.emptyWriteAheadLog();
      database.close();
      lock.close();
      port.close();
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
