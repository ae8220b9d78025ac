import { LRUCache } from 'lru-cache';
import type { REPLAY_STATUS_LABELS } from '../../domain/labels/replay-codes.ts';
import { READ_MODELS } from '../../projections/read-models.ts';
import type { AsOf } from '../../projections/times.ts';
import type { ReplayedView, ReplayProgress } from './outcome.ts';
import { type ReplaySources, replay, sweepReplays } from './replay.ts';

export type ReplayStatus = keyof typeof REPLAY_STATUS_LABELS;

/** A replay as it was asked for, and what came of it so far. */
export interface Replay {
  readonly id: string;
  readonly status: ReplayStatus;
  /** As it was asked for: the same text for the same. */
  readonly asked: string;
  /** The names of the views. */
  readonly views: readonly string[];
  readonly startedAt: string;
  readonly endedAt?: string | undefined;
  /** How far each view is, while it is under way. */
  readonly progress: readonly ReplayProgress[];
  readonly replayed: readonly ReplayedView[];
  /** Why it failed. */
  readonly failure?: string | undefined;
}

/** Replays of one node: one at a time; what came of the last of them is kept as long as the node runs. */
export interface Replays {
  /** The replay that is under way. */
  running(): Replay | undefined;
  find(id: string): Replay | undefined;
  /** Begins one; only where none is under way. Views without a name are all. */
  start(
    asked: Pick<Replay, 'id' | 'asked'> & { readonly view: string | undefined; readonly to: AsOf | undefined },
  ): Replay;
  /** Stops the one that is under way, and waits until nothing is left of it. */
  close(): Promise<void>;
}

const MOST_KEPT = 20;

export const createReplays = (sources: ReplaySources, clock: () => Date): Replays => {
  sweepReplays(sources.directory);
  const kept = new LRUCache<string, Replay>({ max: MOST_KEPT });
  const stopping = new AbortController();
  let current: { readonly id: string; readonly ended: Promise<void> } | undefined;
  const now = (): string => clock().toISOString();

  const update = (id: string, change: Partial<Replay>): void => {
    const known = kept.get(id);
    if (known !== undefined) kept.set(id, { ...known, ...change });
  };

  const run = async (id: string, view: string | undefined, to: AsOf | undefined): Promise<void> => {
    const progress = new Map<string, ReplayProgress>();
    try {
      const replayed = await replay(sources, {
        readModels: READ_MODELS.filter(({ name }) => view === undefined || name === view),
        to,
        signal: stopping.signal,
        onProgress: (report) => {
          progress.set(report.view, report);
          update(id, { progress: [...progress.values()] });
        },
      });
      const status = replayed.every(({ differences }) => differences === 0) ? 'equal' : 'differences';
      update(id, { status, replayed, progress: [], endedAt: now() });
    } catch (error) {
      update(id, { status: 'failed', failure: (error as Error).message, progress: [], endedAt: now() });
    } finally {
      current = undefined;
    }
  };

  return {
    running: () => (current === undefined ? undefined : kept.get(current.id)),
    find: (id) => kept.get(id),
    start: ({ id, asked, view, to }) => {
      if (current !== undefined) throw new Error(`the replay ${current.id} is under way`);
      const views = READ_MODELS.map(({ name }) => name).filter((name) => view === undefined || name === view);
      const begun: Replay = { id, asked, status: 'running', views, startedAt: now(), progress: [], replayed: [] };
      kept.set(id, begun);
      current = { id, ended: run(id, view, to) };
      return begun;
    },
    close: async () => {
      stopping.abort(new Error('the node was shut down'));
      await current?.ended;
    },
  };
};
