import { Worker } from 'node:worker_threads';
import { AppendBudget, charactersOf } from '../append-budget.ts';
import { LogClosed, LogLocked, LogUnavailable } from '../port.ts';
import { packRequests } from './packed-requests.ts';
import { unpackResults, type WriteOutcome } from './packed-results.ts';
import type { WriteRequest, WriteResult } from './writer.ts';
import type { FromWriter, ToWriter } from './writer-worker.ts';

/** About a second's work for the disk. */
const LIMITS = { appends: 10_000, characters: 64 * 1024 * 1024 };

/** The largest group: a larger one gains nothing more. */
const LARGEST_GROUP = 512;

/** After a write that failed the disk is tried so often, until it takes one: nobody may write meanwhile because of what readiness says. */
const PROBE_MS = 1_000;

interface Waiting {
  readonly characters: number;
  readonly resolve: (result: WriteResult) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The way to the writer's thread: a bounded queue. Group commit: what comes while a group is written and synced makes up the next one. There is one
 * group under way: two by turns would be half as large, and cost more in wake-ups and syncs than they gain by overlapping.
 */
export class WriteQueue {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  readonly #exited: Promise<void>;
  readonly #budget = new AppendBudget(LIMITS);
  #unsent: WriteRequest[] = [];
  #isUnderWay = false;
  #isSendingSoon = false;
  #isClosing = false;
  #end: Error | undefined;
  #failure: string | undefined;
  #probing: NodeJS.Timeout | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    worker.on('message', (message: FromWriter) => {
      if (message.kind === 'results') this.#settle(unpackResults(message.results));
      if (message.kind === 'results' || message.kind === 'probed') this.#note(message.failure);
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

  /** Why nothing can be written now; undefined where the last write went well. */
  get failure(): string | undefined {
    return this.#end?.message ?? this.#failure;
  }

  /** Rejects with LogOverloaded, LogUnavailable, LogClosed. */
  async write(request: WriteRequest): Promise<WriteResult> {
    if (this.#end !== undefined) throw this.#end;
    const characters = request.kind === 'append' ? charactersOf(request.events) : 0;
    this.#budget.take(characters);
    this.#unsent.push(request);
    const answer = new Promise<WriteResult>((resolve, reject) => this.#waiting.push({ characters, resolve, reject }));
    this.#sendSoon();
    return answer;
  }

  /** Lets what waits be written, then ends the thread. Harmless when repeated. */
  close(): Promise<void> {
    if (!this.#isClosing) {
      this.#isClosing = true;
      clearInterval(this.#probing);
      this.#end ??= new LogClosed();
      if (this.#unsent.length > 0) this.#sendGroup(this.#unsent.splice(0));
      this.#worker.postMessage('close' satisfies ToWriter);
    }
    return this.#exited;
  }

  /** At the end of this turn of the event loop, with what else comes in it. */
  #sendSoon(): void {
    if (this.#isSendingSoon || this.#isUnderWay) return;
    this.#isSendingSoon = true;
    setImmediate(() => {
      this.#isSendingSoon = false;
      this.#send();
    });
  }

  #send(): void {
    if (this.#unsent.length > 0 && !this.#isUnderWay) this.#sendGroup(this.#unsent.splice(0, LARGEST_GROUP));
  }

  #sendGroup(requests: readonly WriteRequest[]): void {
    this.#isUnderWay = true;
    this.#worker.postMessage(packRequests(requests) satisfies ToWriter);
  }

  /** The writer answers in the order in which it was asked. */
  #settle(outcomes: readonly WriteOutcome[]): void {
    this.#isUnderWay = false;
    const answered = this.#waiting.splice(0, outcomes.length);
    for (const [index, { characters, resolve, reject }] of answered.entries()) {
      this.#budget.giveBack(characters);
      const outcome = outcomes[index];
      if (outcome === undefined || outcome.kind === 'failed') reject(new LogUnavailable(outcome?.message));
      else resolve(outcome);
    }
    this.#sendSoon();
  }

  /** Takes note of how the last write went, and goes on trying where it failed. */
  #note(failure: string | undefined): void {
    this.#failure = failure;
    if (failure === undefined) {
      clearInterval(this.#probing);
      this.#probing = undefined;
    } else if (!this.#isClosing) {
      this.#probing ??= setInterval(() => this.#worker.postMessage('probe' satisfies ToWriter), PROBE_MS).unref();
    }
  }

  #fail(error: Error): void {
    this.#end ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
