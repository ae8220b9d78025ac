/**
 * The thread that writes the log, so that the thread that serves HTTP never waits for a disk. It commits each group of
 * requests in one transaction and answers after its sync.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { damageOfLog, isDamage } from '../../../projections/file-damage.ts';
import { openCommitTeller } from './commit-news.ts';
import { openForWriting } from './database.ts';
import { lockForWriting } from './lock.ts';
import { type PackedRequests, unpackRequests } from './packed-requests.ts';
import { type PackedResults, packResults, type WriteFailure, type WriteOutcome } from './packed-results.ts';
import { type WriteRequest, type WriteResult, Writer } from './writer.ts';

/** A group; its requests are answered together, in their order. */
export type ToWriter = PackedRequests | 'probe' | 'close';

export type FromWriter =
  | { readonly kind: 'open' }
  | { readonly kind: 'not-open'; readonly locked: boolean; readonly message: string }
  | { readonly kind: 'results'; readonly results: PackedResults; readonly failure: string | undefined }
  /** Whether the disk takes writes. */
  | { readonly kind: 'probed'; readonly failure: string | undefined };

const NOT_ERASED: WriteFailure = {
  kind: 'failed',
  message: 'the stream is tombstoned, but a reader of the log keeps its bytes in the write-ahead log: repeat it',
};

const port = parentPort;
if (port === null) throw new Error('the writer runs as a worker thread');

const answer = (message: FromWriter): void => port.postMessage(message);

/** Stays: that another write goes well says nothing of the place that is damaged. */
let damage: string | undefined;

const failureOf = (error: unknown): string => {
  if (isDamage(error)) damage ??= damageOfLog(error);
  return damage ?? `the event log could not be written: ${error}`;
};

const probe = (writer: Writer): string | undefined => {
  try {
    writer.probe();
    return damage;
  } catch (error) {
    return failureOf(error);
  }
};

interface Written {
  readonly outcomes: readonly WriteOutcome[];
  /** Why nothing can be written now. */
  readonly failure: string | undefined;
}

const write = (writer: Writer, requests: readonly WriteRequest[]): Written => {
  let results: readonly WriteResult[];
  try {
    results = writer.commit(requests);
  } catch (error) {
    const message = failureOf(error);
    return { outcomes: requests.map(() => ({ kind: 'failed', message })), failure: message };
  }
  const erases = requests.some(({ kind }) => kind === 'tombstone');
  if (!erases || writer.emptyWriteAheadLog()) return { outcomes: results, failure: damage };
  const outcomes = results.map((result, index) => (requests[index]?.kind === 'tombstone' ? NOT_ERASED : result));
  return { outcomes, failure: damage };
};

/** Opens the log and begins to take requests. */
const serve = (file: string): Writer => {
  const lock = lockForWriting(file);
  try {
    const database = openForWriting(file);
    const writer = new Writer(database);
    const commits = openCommitTeller(file);

    port.on('message', (message: ToWriter) => {
      if (message === 'probe') {
        answer({ kind: 'probed', failure: probe(writer) });
        return;
      }
      if (message !== 'close') {
        const { outcomes, failure } = write(writer, unpackRequests(message));
        answer({ kind: 'results', results: packResults(outcomes), failure });
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
    return writer;
  } catch (error) {
    lock.close();
    throw error;
  }
};

try {
  const writer = serve((workerData as { file: string }).file);
  answer({ kind: 'open' });
  // A disk that is full, or may only be read, is told before anybody has tried to write.
  answer({ kind: 'probed', failure: probe(writer) });
} catch (error) {
  const locked = error instanceof Error && error.name === 'LogLocked';
  answer({ kind: 'not-open', locked, message: error instanceof Error ? error.message : String(error) });
  port.close();
}
