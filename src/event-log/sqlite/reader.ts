import type { EventLogReader, LoggedEvent, Position, ReadStreamOptions, SubscribeOptions } from '../port.ts';
import { LogClosed, type SubscriptionMessage } from '../port.ts';
import { CommitNews } from './commit-news.ts';
import { fromPosition, toPosition } from './position.ts';
import type { Chunk, Range } from './reads.ts';
import { openThreadRowSource, type RowSource } from './row-source.ts';

/** The reading half of the port over rows from this thread or another one. */
export class SqliteEventLogReader implements EventLogReader {
  readonly #source: RowSource;
  readonly #news: CommitNews;
  readonly #closing = new AbortController();
  #closed: Promise<void> | undefined;

  constructor(file: string, source: RowSource) {
    this.#source = source;
    this.#news = new CommitNews(file);
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly LoggedEvent[]> {
    this.#assertOpen();
    return this.#source.stream(stream, options);
  }

  async *readAll(after?: Position): AsyncGenerator<readonly LoggedEvent[], void, undefined> {
    this.#assertOpen();
    let position = fromPosition(after);
    const until = (await this.#source.head()) ?? 0;
    while (position < until) {
      this.#assertOpen();
      const chunk = await this.#source.after({ after: position, until });
      if (chunk.events.length > 0) yield chunk.events;
      if (chunk.atEnd) return;
      position = chunk.scanned;
    }
  }

  async *subscribe(options: SubscribeOptions = {}): AsyncGenerator<SubscriptionMessage, void, undefined> {
    this.#assertOpen();
    const closing = this.#closing.signal;
    const ended = options.signal === undefined ? closing : AbortSignal.any([options.signal, closing]);
    let position = fromPosition(options.after);
    let isCaughtUp = false;
    while (!ended.aborted) {
      const seen = this.#news.commits;
      const chunk = await this.#chunkUnlessEnded(
        { after: position, until: Number.MAX_SAFE_INTEGER, streams: options.streams },
        ended,
      );
      if (chunk === undefined) return;
      if (chunk.events.length > 0) yield { kind: 'events', events: chunk.events };
      if (chunk.scanned > chunk.last) yield { kind: 'scanned', position: toPosition(chunk.scanned) };
      position = chunk.scanned;
      if (!chunk.atEnd) continue;
      if (!isCaughtUp) yield { kind: 'caught-up' };
      isCaughtUp = true;
      await this.#news.wait(seen, ended);
    }
  }

  async head(): Promise<Position | undefined> {
    this.#assertOpen();
    const head = await this.#source.head();
    return head === undefined ? undefined : toPosition(head);
  }

  close(): Promise<void> {
    this.#closing.abort();
    this.#closed ??= this.#source.close().finally(() => this.#news.close());
    return this.#closed;
  }

  async #chunkUnlessEnded(range: Range, ended: AbortSignal): Promise<Chunk | undefined> {
    try {
      const chunk = await this.#source.after(range);
      return ended.aborted ? undefined : chunk;
    } catch (error) {
      if (ended.aborted) return undefined;
      throw error;
    }
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw new LogClosed();
  }
}

/**
 * A reader on the calling thread, for a worker thread or another process: several times as fast as one that crosses
 * threads, and it blocks its thread while it reads a chunk. The log's writer may run meanwhile, or not run at all.
 * `file` is that of `eventLogFile`. Throws LogUnavailable where there is no log yet.
 */
export const openSqliteEventLogReader = (file: string): EventLogReader =>
  new SqliteEventLogReader(file, openThreadRowSource(file));
