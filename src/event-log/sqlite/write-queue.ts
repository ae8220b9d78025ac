import { Worker } from 'node:worker_threads';
import { AppendBudget, charactersOf } from '../append-budget.ts';
import { LogClosed, LogLocked, LogUnavailable } from '../port.ts';
import { packRequests } from './packed-requests.ts';
import type { WriteRequest, WriteResult } from './writer.ts';
import type { FromWriter, ToWriter, WriteFailure } from './writer-worker.ts';

/** About a second's work for the disk. */
const LIMITS = { appends: 10_000, characters: 64 * 1024 * 1024 };

/**
 * Otherwise requests go at the end of a turn of the event loop. When many come in one turn, the writer begins with the
 * first of them, so that it syncs one group while this thread deals with another: two groups under way, none waiting.
 */
const SENT_AT_ONCE = 32;

interface Waiting {
  readonly characters: number;
  readonly resolve: (result: WriteResult) => void;
  readonly reject: (error: Error) => void;
}

/** The way to the writer's thread: a bounded queue. */
export class WriteQueue {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  readonly #exited: Promise<void>;
  readonly #budget = new AppendBudget(LIMITS);
  #unsent: WriteRequest[] = [];
  #end: Error | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    worker.on('message', (message: FromWriter) => {
      if (message.kind === 'results') this.#settle(message.results);
    });
    worker.once('error', (cause) => this.#fail(new LogUnavailable('the writer of the event log failed', { cause })));
  }

  /** Starts the writer's thread. Throws LogLocked, LogUnavailable. */
  static async open(file: string): Promise<WriteQueue> {
    const worker = new Worker(new URL('./writer-worker.ts', import.meta.url), { workerData: { file }, execArgv: [] });
    const queue = new WriteQueue(worker);
    const answer = await new Promise<FromWriter>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    if (answer.kind !== 'not-open') return queue;
    await queue.#exited;
    throw answer.locked ? new LogLocked(answer.message) : new LogUnavailable(answer.message);
  }

  /** Rejects with LogOverloaded, LogUnavailable, LogClosed. */
  async write(request: WriteRequest): Promise<WriteResult> {
    if (this.#end !== undefined) throw this.#end;
    const characters = request.kind === 'append' ? charactersOf(request.events) : 0;
    this.#budget.take(characters);
    if (this.#unsent.length === 0) setImmediate(() => this.#send());
    this.#unsent.push(request);
    if (this.#unsent.length === SENT_AT_ONCE) this.#send();
    return new Promise((resolve, reject) => this.#waiting.push({ characters, resolve, reject }));
  }

  /** Lets what waits be written, then ends the thread. */
  async close(): Promise<void> {
    this.#end ??= new LogClosed();
    this.#send();
    this.#worker.postMessage('close' satisfies ToWriter);
    await this.#exited;
  }

  #send(): void {
    if (this.#unsent.length === 0) return;
    this.#worker.postMessage(packRequests(this.#unsent) satisfies ToWriter);
    this.#unsent = [];
  }

  /** The writer answers in the order in which it was asked. */
  #settle(results: readonly (WriteResult | WriteFailure)[]): void {
    const answered = this.#waiting.splice(0, results.length);
    for (const [index, { characters, resolve, reject }] of answered.entries()) {
      this.#budget.giveBack(characters);
      const result = results[index];
      if (result === undefined || result.kind === 'failed') reject(new LogUnavailable(result?.message));
      else resolve(result);
    }
  }

  #fail(error: Error): void {
    this.#end = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
