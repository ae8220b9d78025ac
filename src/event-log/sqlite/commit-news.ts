import { realpathSync } from 'node:fs';
import { BroadcastChannel } from 'node:worker_threads';

/** How long news of a commit by another process can take. Within the process it comes at once. */
const POLL_MS = 200;

const channelName = (file: string): string => `event-log ${realpathSync(file)}`;

/** Commits that come sooner after one that was told are told together: each news wakes every thread that waits for events. */
const TOLD_AGAIN_AFTER_MS = 10;

/** Told by the writer after each commit; heard by all threads of the process that wait for events. */
export const openCommitTeller = (file: string): { tell(): void; close(): void } => {
  const channel = new BroadcastChannel(channelName(file));
  let pause: NodeJS.Timeout | undefined;
  let isToTell = false;
  const tell = (): void => {
    isToTell = pause !== undefined;
    if (isToTell) return;
    channel.postMessage(null);
    pause = setTimeout(() => {
      pause = undefined;
      if (isToTell) tell();
    }, TOLD_AGAIN_AFTER_MS);
  };
  return {
    tell,
    close: () => {
      clearTimeout(pause);
      if (isToTell) channel.postMessage(null);
      channel.close();
    },
  };
};

/** Waits for commits to a log. */
export class CommitNews {
  readonly #channel: BroadcastChannel;
  readonly #waiting = new Set<() => void>();
  #commits = 0;

  constructor(file: string) {
    this.#channel = new BroadcastChannel(channelName(file));
    this.#channel.onmessage = () => {
      this.#commits += 1;
      this.#wakeAll();
    };
    this.#channel.unref(); // Whoever waits has a timer that keeps the process alive.
  }

  /** To be taken before the log is read, so that a commit during the reading is not missed. */
  get commits(): number {
    return this.#commits;
  }

  /** Until there was a commit after `seen`, or it is time to look for those of other processes, or it is over. */
  wait(seen: number, signal: AbortSignal): Promise<void> {
    if (this.#commits !== seen || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, POLL_MS);
      signal.addEventListener('abort', wake);
      this.#waiting.add(wake);
    });
  }

  close(): void {
    this.#channel.close();
    this.#wakeAll();
  }

  #wakeAll(): void {
    for (const wake of this.#waiting) wake();
  }
}
