import { constants, setPriority } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { emptyReadModel, openForProjection, type ReadModelDatabase } from '../../projections/database.ts';
import { READ_MODELS } from '../../projections/read-models.ts';
import { type Progress, ProjectionHalted, readCheckpoint, runProjection } from '../../projections/runner.ts';
import { caseStream } from '../application/streams.ts';
import { type EventLogLocation, openEventLogReader } from '../event-log/open.ts';
import type { EventLogReader } from '../event-log/port.ts';
import { readKeyEncryptionKey } from '../sealing/key-encryption-key.ts';
import { openKeyRing } from '../sealing/vault.ts';
import { Pace } from './pace.ts';
import { caseEventsOf, projectionSources } from './source.ts';

/** What a thread is to do: build one read model from one log. */
export interface ProjectionTask {
  readonly readModel: string;
  readonly directory: string;
  readonly log: EventLogLocation;
  readonly keyEncryptionKeyFile: string;
}

/** What a thread is told while it runs: that somebody waits for the view, or that it is to end. */
export type ProjectionOrder = 'hurry' | 'stop';

/** What a thread tells: how far it is, or why it cannot go on. */
export type ProjectionReport =
  | ({ readonly kind: 'progress' } & Progress)
  | {
      readonly kind: 'failure';
      readonly message: string;
      /** Position of an event that cannot be applied; it is not tried again. Absent where another try follows. */
      readonly haltedAt?: string;
    };

const RETRY_MS = 1_000;

const run = async (
  task: ProjectionTask,
  report: (report: ProjectionReport) => void,
  signal: AbortSignal,
  pace: Pace,
): Promise<void> => {
  const readModel = READ_MODELS.find(({ name }) => name === task.readModel);
  if (readModel === undefined) throw new Error(`there is no read model ${task.readModel}`);
  const log = await openEventLogReader(task.log);
  try {
    const keys = openKeyRing(log, readKeyEncryptionKey(task.keyEncryptionKeyFile));
    const database = openForProjection(task.directory, readModel);
    try {
      if (!(await isOfLog(log, database))) emptyReadModel(database);
      await runProjection({
        name: readModel.name,
        projection: readModel.projection,
        database,
        sources: projectionSources(log, keys),
        subscribe: (after) => caseEventsOf(log, keys, after, signal, pace),
        onProgress: (progress) => report({ kind: 'progress', ...progress }),
      });
    } finally {
      database.close();
    }
  } finally {
    await log.close();
  }
};

/** Whether the rows were built from this log, and not from one that was lost or replaced. */
const isOfLog = async (log: EventLogReader, database: ReadModelDatabase): Promise<boolean> => {
  const { first_case: firstCase, first_event: firstEvent, position } = readCheckpoint(database);
  if (firstEvent === '') return position === '';
  const [event] = await log.readStream(caseStream(firstCase), { limit: 1 });
  return event?.id === firstEvent;
};

/** Runs until it is told to stop. What fails is tried again from the last checkpoint, except an event that cannot be applied. */
const runUntilStopped = async (task: ProjectionTask, port: NonNullable<typeof parentPort>): Promise<void> => {
  const stopping = new AbortController();
  const pace = new Pace();
  port.on('message', (order: ProjectionOrder) => {
    if (order === 'stop') stopping.abort();
    pace.hurry();
  });
  const report = (message: ProjectionReport): void => port.postMessage(message);
  while (!stopping.signal.aborted) {
    try {
      await run(task, report, stopping.signal, pace);
    } catch (error) {
      if (stopping.signal.aborted) break;
      const { message } = error as Error;
      if (error instanceof ProjectionHalted) {
        report({ kind: 'failure', message, haltedAt: error.position });
        break;
      }
      report({ kind: 'failure', message });
      await wait(RETRY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }
  port.close();
};

// Commands come first. On Linux a priority is that of the calling thread; elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

if (parentPort !== null) await runUntilStopped(workerData as ProjectionTask, parentPort);
