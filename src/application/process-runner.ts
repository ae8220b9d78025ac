import type { Projector } from '../projecting/projector.ts';

export interface ProcessRun {
  /** Ids of so many records at most with which something is to be done, as the views have them, the longest there first. */
  readonly waiting: (most: number) => readonly string[];
  /** Does it; whether nothing is left. Throws where it is to be tried again later. */
  readonly workOff: (id: string) => Promise<boolean>;
  readonly progress: Pick<Projector, 'onProgress'>;
  readonly onFault: (error: unknown) => void;
}

/** Records that are looked at together; the next ones follow when these are done. */
const AT_ONCE = 20;

/** Each pass does a part; one that gets nowhere after so many is a fault, and may not keep the others waiting. */
const MOST_PASSES = 200;

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 30_000;

/** What is tried again where the views themselves cannot be asked. */
const THE_VIEWS = 'the views';

/**
 * Keeps at what a view says is to be done: whenever the views go on. What failed is tried again after a while of its own, twice as long each
 * time, and is passed over meanwhile, so that it holds up no other. Ends with `stop`, when what is under way is done.
 */
export const runProcess = ({ waiting, workOff, progress, onFault }: ProcessRun): { stop(): Promise<void> } => {
  let stopped = false;
  let again = false;
  let working: Promise<void> | undefined;
  /** What failed, and waits for its time. */
  const resting = new Map<string, NodeJS.Timeout>();
  /** How long what failed rests when it fails once more. */
  const nextRestMs = new Map<string, number>();

  const rest = (what: string): void => {
    const restMs = nextRestMs.get(what) ?? FIRST_RETRY_MS;
    nextRestMs.set(what, Math.min(restMs * 2, LONGEST_RETRY_MS));
    const end = (): void => {
      resting.delete(what);
      wake();
    };
    resting.set(what, setTimeout(end, restMs));
  };

  /** Undefined where it rests, or fails. */
  const attempt = async <T>(what: string, does: () => T | Promise<T>): Promise<T | undefined> => {
    if (stopped || resting.has(what)) return undefined;
    try {
      const done = await does();
      nextRestMs.delete(what);
      return done;
    } catch (error) {
      onFault(error);
      rest(what);
      return undefined;
    }
  };

  const workOffWholly = async (id: string): Promise<void> => {
    for (let passes = 0; !stopped && !(await workOff(id)); passes++) {
      if (passes >= MOST_PASSES) throw new Error(`${id} is not worked off after ${MOST_PASSES} passes`);
    }
  };

  const work = async (): Promise<void> => {
    const restingBefore = resting.size;
    const most = AT_ONCE + restingBefore;
    const ids = await attempt(THE_VIEWS, () => waiting(most));
    if (ids === undefined) return;
    // What rested, and is waiting no more, another node has done.
    for (const what of nextRestMs.keys()) if (!resting.has(what) && !ids.includes(what)) nextRestMs.delete(what);
    for (const id of ids) await attempt(id, () => workOffWholly(id));
    // The views do not go on by what failed, and others may be waiting behind it.
    if (ids.length === most && resting.size > restingBefore) again = true;
  };

  const wake = (): void => {
    if (stopped) return;
    if (working !== undefined) {
      again = true;
      return;
    }
    again = false;
    working = work().then(() => {
      working = undefined;
      if (again) wake();
    });
  };

  const stopListening = progress.onProgress(wake);
  wake();
  return {
    stop: async () => {
      stopped = true;
      stopListening();
      await working;
      for (const timer of resting.values()) clearTimeout(timer);
    },
  };
};
