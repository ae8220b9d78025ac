import type { Projector } from '../projecting/projector.ts';

export interface ProcessRun {
  /** Ids of the records with which something is to be done, as the views have them; few at a time. */
  readonly waiting: () => readonly string[];
  /** Does it; whether nothing is left. Throws where it is to be tried again later. */
  readonly workOff: (id: string) => Promise<boolean>;
  readonly progress: Pick<Projector, 'onProgress'>;
  readonly onFault: (error: unknown) => void;
}

/** Each pass does a part; one that gets nowhere after so many is a fault, and may not keep the others waiting. */
const MOST_PASSES = 200;

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 30_000;

/**
 * Keeps at what a view says is to be done: whenever the views go on, and again after a while where something failed. Ends with
 * `stop`, when what is under way is done.
 */
export const runProcess = ({ waiting, workOff, progress, onFault }: ProcessRun): { stop(): Promise<void> } => {
  let stopped = false;
  let again = false;
  let working: Promise<void> | undefined;
  let retryMs = FIRST_RETRY_MS;
  let timer: NodeJS.Timeout | undefined;

  const workOffWholly = async (id: string): Promise<void> => {
    for (let passes = 0; !stopped && !(await workOff(id)); passes++) {
      if (passes >= MOST_PASSES) throw new Error(`${id} is not worked off after ${MOST_PASSES} passes`);
    }
  };

  const work = async (): Promise<void> => {
    const faults: unknown[] = [];
    for (const id of waiting()) {
      try {
        await workOffWholly(id);
      } catch (error) {
        // The next one may be worked off all the same.
        faults.push(error);
      }
    }
    if (faults.length > 0) throw faults[0];
    retryMs = FIRST_RETRY_MS;
  };

  const wake = (): void => {
    if (stopped) return;
    if (working !== undefined) {
      again = true;
      return;
    }
    timer = undefined;
    again = false;
    working = work()
      .then(
        () => again,
        (error: unknown) => {
          onFault(error);
          timer = setTimeout(wake, retryMs);
          retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
          return false;
        },
      )
      .then((more) => {
        working = undefined;
        if (more) wake();
      });
  };

  // What failed waits for its time, however often the views go on meanwhile.
  const stopListening = progress.onProgress(() => {
    if (timer === undefined) wake();
  });
  wake();
  return {
    stop: async () => {
      stopped = true;
      stopListening();
      clearTimeout(timer);
      await working;
    },
  };
};
