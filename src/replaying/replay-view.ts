import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import { compareViews, type RecordOfRow, recordOfRow } from '../../projections/compare.ts';
import { openForProjection, openSnapshot, type ReadModelDatabase } from '../../projections/database.ts';
import { type ProjectedReadModel, READ_MODELS } from '../../projections/read-models.ts';
import { readCheckpoint, runProjection } from '../../projections/runner.ts';
import type { AsOf } from '../../projections/times.ts';
import { Pace } from '../background/pace.ts';
import { decodeEvent } from '../event-log/codec.ts';
import { type EventLogLocation, openEventLogReader } from '../event-log/open.ts';
import type { EventLogReader } from '../event-log/port.ts';
import { eventually } from '../eventually.ts';
import { projectionSources, sourceEventsOf, sourceFor } from '../projecting/source.ts';
import { readKeyEncryptionKeys } from '../sealing/key-encryption-key.ts';
import { openKeyRing } from '../sealing/key-ring.ts';
import { type Difference, differenceOf, type EventOfDifference } from './difference.ts';
import type { ReplayedView, ReplayProgress } from './outcome.ts';
import { positionOf } from './position-of.ts';
import { toldOf } from './told.ts';
import { type Replayed, upTo } from './up-to.ts';

/** What a thread is to do: build one read model anew in a scratch directory, and hold it against the live one. */
export interface ReplayTask {
  readonly readModel: string;
  /** Of the live read models. */
  readonly directory: string;
  readonly scratch: string;
  readonly log: EventLogLocation;
  readonly keyEncryptionKeyFile: string;
  readonly to?: AsOf | undefined;
}

export type ReplayReport =
  | ({ readonly kind: 'progress' } & ReplayProgress)
  | { readonly kind: 'done'; readonly replayed: ReplayedView }
  | { readonly kind: 'failed'; readonly message: string };

/** Differences of one view that are told. */
const MOST_DIFFERENCES = 100;

/** Events of one difference that are told, the latest. */
const MOST_EVENTS = 20;

const REPORT_MS = 200;

/** A view is behind what was recorded a moment ago by less, also under load. */
const VIEW_WITHIN_MS = 5_000;

const KEYS_AT_HAND = 1_000;

type Report = (report: ReplayReport) => void;

const replayView = async (
  task: ReplayTask,
  readModel: ProjectedReadModel,
  signal: AbortSignal,
  report: Report,
): Promise<ReplayedView> => {
  const scratch = openForProjection(task.scratch, readModel);
  const log = await openEventLogReader(task.log);
  let live: ReadModelDatabase | undefined;
  try {
    const asked = task.to && (await positionOf(log, task.to, readModel.of, signal));
    const hasCome = (to: string): boolean => positionNow(task.directory, readModel) >= to;
    if (asked !== undefined) await eventually(() => hasCome(asked), { withinMs: VIEW_WITHIN_MS, signal });
    const liveNow = positionNow(task.directory, readModel);
    if (asked !== undefined && asked > liveNow) {
      throw new Error(`${readModel.name} has come to ${liveNow || 'the beginning'}, and not to ${asked} yet`);
    }
    const replayed: Replayed = { events: 0 };
    const buildTo = (position: string): Promise<void> =>
      build(task, readModel, { log, scratch, position, replayed, signal, report });
    await buildTo(asked ?? liveNow);
    signal.throwIfAborted();
    // As long as a state of the live view is held, what was erased from it stays in its write-ahead log: so not while all is built, but from
    // here on, when only what has come meanwhile is left.
    live = openSnapshot(task.directory, readModel);
    const { position: livePosition } = readCheckpoint(live);
    const position = asked ?? livePosition;
    if (position > liveNow) await buildTo(position);
    signal.throwIfAborted();
    const { name: view, version } = readModel;
    const comparison = position < livePosition ? 'since' : 'same-position';
    const about = { view, version, comparison, position, livePosition, ...replayed } as const;
    return { ...about, ...(await compare({ live, scratch, log }, about, signal, report)) };
  } finally {
    await log.close();
    scratch.close();
    live?.close();
  }
};

const positionNow = (directory: string, readModel: ProjectedReadModel): string => {
  const live = openSnapshot(directory, readModel);
  try {
    return readCheckpoint(live).position;
  } finally {
    live.close();
  }
};

const build = async (
  { keyEncryptionKeyFile }: ReplayTask,
  readModel: ProjectedReadModel,
  {
    log,
    scratch: database,
    position,
    replayed,
    signal,
    report,
  }: {
    readonly log: EventLogReader;
    readonly scratch: ReadModelDatabase;
    readonly position: string;
    readonly replayed: Replayed;
    readonly signal: AbortSignal;
    readonly report: Report;
  },
): Promise<void> => {
  if (position === '') return;
  const keys = openKeyRing(log, readKeyEncryptionKeys(keyEncryptionKeyFile), KEYS_AT_HAND);
  const progress = setInterval(
    () => report({ kind: 'progress', view: readModel.name, step: 'replaying', done: replayed.events }),
    REPORT_MS,
  );
  try {
    await runProjection({
      readModel,
      database,
      sources: projectionSources(log, keys),
      subscribe: (after) => {
        if (after === undefined) replayed.events = 0;
        return upTo(sourceEventsOf(log, sourceFor(readModel, keys), after, signal, new Pace()), position, replayed);
      },
      onProgress: () => {},
    });
  } finally {
    clearInterval(progress);
  }
};

interface Compared {
  readonly live: ReadModelDatabase;
  readonly scratch: ReadModelDatabase;
  readonly log: EventLogReader;
}

const compare = async (
  { live, scratch, log }: Compared,
  about: Pick<ReplayedView, 'view' | 'comparison' | 'position' | 'livePosition'>,
  signal: AbortSignal,
  report: Report,
): Promise<Pick<ReplayedView, 'tables' | 'differences' | 'first'>> => {
  const tables: { table: string; rows: number; differences: number }[] = [];
  const first: Difference[] = [];
  let inTable = 0;
  let compared = 0;
  for (const { table, rows, differences, ended } of compareViews(live, scratch)) {
    for (const row of differences.slice(0, MOST_DIFFERENCES - first.length)) {
      const record = recordOfRow([live, scratch], toldOf(table, row.live ?? row.replayed ?? {}));
      first.push(differenceOf(row, record, record === undefined ? [] : await eventsBehind(log, record, about)));
    }
    inTable += differences.length;
    if (ended) {
      tables.push({ table, rows, differences: inTable });
      compared += rows;
      inTable = 0;
    }
    report({ kind: 'progress', view: about.view, step: 'comparing', done: compared + (ended ? 0 : rows) });
    await nextTurn();
    signal.throwIfAborted();
  }
  return { tables, differences: tables.reduce((sum, { differences }) => sum + differences, 0), first };
};

/** The last event of a record that is in the view; of a view as it was then, the events of the record since. */
const eventsBehind = async (
  log: EventLogReader,
  { category, id }: RecordOfRow,
  { comparison, position, livePosition }: Pick<ReplayedView, 'comparison' | 'position' | 'livePosition'>,
): Promise<readonly EventOfDifference[]> => {
  const ofRecord = (await log.readStream(streamOf({ category }, id))).filter((event) => event.position <= livePosition);
  const wanted = comparison === 'since' ? ofRecord.filter((event) => event.position > position) : ofRecord.slice(-1);
  return wanted.slice(-MOST_EVENTS).map((logged) => ({
    eventId: logged.id,
    type: logged.type,
    position: logged.position,
    recordedAt: decodeEvent(logged).event.recordedAt,
  }));
};

export const run = async (task: ReplayTask, port: MessagePort): Promise<void> => {
  const stopping = new AbortController();
  port.once('message', () => stopping.abort(new Error('it was stopped')));
  const report: Report = (message) => port.postMessage(message);
  const readModel = READ_MODELS.find(({ name }) => name === task.readModel);
  if (readModel === undefined) throw new Error(`there is no read model ${task.readModel}`);
  try {
    report({ kind: 'done', replayed: await replayView(task, readModel, stopping.signal, report) });
  } catch (error) {
    report({ kind: 'failed', message: (error as Error).message });
  }
  port.close();
};
