import { once } from 'node:events';
import type { ReadModel } from '../../projections/database.ts';
import { type ProjectedReadModel, READ_MODELS } from '../../projections/read-models.ts';
import type { Order } from '../background/orders.ts';
import { startInBackground } from '../background/start.ts';
import type { EventLogLocation } from '../event-log/open.ts';
import type { FoundView } from './found-view.ts';
import type { ProjectionReport, ProjectionTask } from './keep-view.ts';

export interface ReadModelStatus {
  readonly name: string;
  readonly version: number;
  /** Everything up to here is in the rows; empty before the first event. */
  readonly position: string;
  readonly caughtUp: boolean;
  /** It was built to its end at some time, and can be asked. */
  readonly built: boolean;
  /** Why it does not go on; undefined while it does. */
  readonly failure: string | undefined;
  /** It is not tried again: an event cannot be applied, or its thread has died. */
  readonly stopped: boolean;
  /** Position of an event that cannot be applied. */
  readonly haltedAt: string | undefined;
}

/** Keeps every read model up to date, each in a thread of its own, and knows how far each is. */
export interface Projector {
  statuses(): readonly ReadModelStatus[];
  /** The position that every read model of what is recorded has reached; who has read what waits for none of it. */
  scanned(): string;
  /** Whether every read model can be asked: it was built to its end, now or by an earlier process. */
  built(): boolean;
  /** Waits until every read model can be asked; false where the time is over before. */
  waitUntilBuilt(timeoutMs: number): Promise<boolean>;
  /** Waits until these have reached a position; false where the time is over before. */
  waitUntilScanned(position: string, timeoutMs: number): Promise<boolean>;
  /** Waits until every read model shows the present; throws with the reason where one has stopped, and is not tried again. */
  caughtUp(): Promise<void>;
  /** Calls back whenever a read model has gone on, until the returned function is called. */
  onProgress(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Starts to keep the read models of a directory up to date: all of them, unless some are given. */
export const startProjector = ({
  directory,
  log,
  keyEncryptionKeyFile,
  readModels = READ_MODELS,
  onKeyReplaced = () => {},
  found = async () => undefined,
}: {
  readonly directory: string;
  readonly log: EventLogLocation;
  readonly keyEncryptionKeyFile: string;
  readonly readModels?: readonly ProjectedReadModel[];
  /** Told of each key in whose place another one comes. */
  readonly onKeyReplaced?: (keyId: string) => void;
  /** How far an earlier process has come with a view: it can be asked before its thread has begun. */
  readonly found?: (model: ReadModel) => Promise<FoundView | undefined>;
}): Projector => {
  // What SQLite sorts for an index it writes to a file for so long: beside the views there is room for that.
  process.env['SQLITE_TMPDIR'] ??= directory;
  const listeners = new Set<() => void>();
  const running = readModels.map((model) => {
    const { name, version, of } = model;
    const task: ProjectionTask = { readModel: name, directory, log, keyEncryptionKeyFile };
    const worker = startInBackground(new URL('./keep-view.ts', import.meta.url), task, `read-model-${name}`);
    const entry = {
      of,
      worker,
      ended: once(worker, 'exit').catch(() => {}),
      status: {
        name,
        version,
        position: '',
        caughtUp: false,
        built: false,
        failure: undefined,
        stopped: false,
        haltedAt: undefined,
      } as ReadModelStatus,
    };
    const update = (change: Partial<ReadModelStatus>): void => {
      entry.status = { ...entry.status, ...change };
      for (const listener of [...listeners]) listener();
    };
    let hasBegun = false;
    found(model).then(
      (view) => {
        if (view !== undefined && !hasBegun) update({ ...view, built: true });
      },
      // Its thread meets the same, and says why.
      () => {},
    );
    worker.on('message', (report: ProjectionReport) => {
      hasBegun = true;
      if (report.kind === 'key-replaced') onKeyReplaced(report.keyId);
      else if (report.kind === 'progress') {
        const { built, position } = report;
        // A thread that begins has not looked yet; what was found to show the present does so until it is seen to be behind.
        const caughtUp = report.caughtUp || (entry.status.caughtUp && position >= entry.status.position);
        update({ built, position, caughtUp, failure: undefined });
      } else {
        const { built, message, haltedAt } = report;
        update({
          built: built ?? entry.status.built,
          failure: message,
          haltedAt,
          stopped: haltedAt !== undefined,
          caughtUp: false,
        });
      }
    });
    worker.on('error', (error) => {
      hasBegun = true;
      update({ failure: error.message, stopped: true, caughtUp: false });
    });
    return entry;
  });

  const ofRecords = running.filter(({ of }) => of === 'records');
  const scanned = (): string => ofRecords.map(({ status }) => status.position).sort()[0] ?? '';

  const tellAll = (order: Order): void => {
    for (const { worker } of running) worker.postMessage(order);
  };

  const onProgress = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  const built = (): boolean => running.every(({ status }) => status.built);

  const waitUntil = (holds: () => boolean, timeoutMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      if (holds()) {
        resolve(true);
        return;
      }
      const finish = (reached: boolean): void => {
        clearTimeout(timer);
        stopListening();
        resolve(reached);
      };
      const timer = setTimeout(() => finish(false), timeoutMs);
      const stopListening = onProgress(() => {
        if (holds()) finish(true);
      });
    });

  return {
    statuses: () => running.map(({ status }) => status),
    scanned,
    onProgress,
    built,
    waitUntilBuilt: (timeoutMs) => waitUntil(built, timeoutMs),
    waitUntilScanned: (position, timeoutMs) => {
      if (scanned() < position) tellAll('hurry');
      return waitUntil(() => scanned() >= position, timeoutMs);
    },
    caughtUp: () =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const statuses = running.map(({ status }) => status);
          const failed = statuses.find(({ stopped }) => stopped);
          if (failed === undefined && !statuses.every(({ caughtUp }) => caughtUp)) return;
          stopListening();
          if (failed === undefined) resolve();
          else reject(new Error(`${failed.name}: ${failed.failure}`));
        };
        const stopListening = onProgress(look);
        look();
      }),
    close: async () => {
      tellAll('stop');
      await Promise.all(running.map(({ ended }) => ended));
    },
  };
};
