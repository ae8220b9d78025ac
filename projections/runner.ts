import { erasures, KEY_DESTROYED } from '../domain/erasure/kind.ts';
import { EventUnreadable } from '../domain/kernel/event.ts';
import type { Instant } from '../domain/kernel/time.ts';
import { emptyWriteAheadLog, finishBuilding, isBuilt, type ReadModel, type ReadModelDatabase } from './database.ts';
import { resultCode } from './file-damage.ts';
import type { ProjectedEvent, Projection, ProjectionSources } from './projection.ts';
import type { QueryDatabase } from './query-database.ts';

/** An event of a record as it comes from the log. */
export interface SourceEvent extends Omit<ProjectedEvent, 'knownAt' | 'event' | 'unseal'> {
  readonly id: string;
  readonly type: string;
  /** Throws where this program cannot read the event. */
  readonly decode: () => Pick<ProjectedEvent, 'event' | 'unseal'>;
}

/** What comes from the log: events, how far it has been scanned without any, and that the past is over. */
export type SourceMessage =
  | { readonly kind: 'events'; readonly events: readonly SourceEvent[]; readonly position: string }
  | { readonly kind: 'scanned'; readonly position: string }
  | { readonly kind: 'caught-up' };

/** Where a projection is. */
export interface Progress {
  /** Everything up to here is in the rows; empty before the first event. */
  readonly position: string;
  readonly caughtUp: boolean;
}

/** An event that a projection cannot apply. The projection stands still until a person has looked. */
export class ProjectionHalted extends Error {
  override readonly name = 'ProjectionHalted';
  readonly position: string;
  constructor(name: string, { position, id, type }: SourceEvent, cause: unknown) {
    super(
      `read model ${name} cannot apply event ${id} (${type}) at position ${position}: ${(cause as Error).message}`,
      { cause },
    );
    this.position = position;
  }
}

export interface Checkpoint {
  readonly position: string;
  readonly known_at: Instant;
  readonly first_stream: string;
  readonly first_event: string;
}

export const readCheckpoint = (database: Pick<QueryDatabase, 'prepare'>, schema = 'main'): Checkpoint =>
  database
    .prepare(`SELECT position, known_at, first_stream, first_event FROM ${schema}.checkpoint`)
    .get() as Checkpoint;

interface ProjectionRun<Prepared> {
  readonly readModel: Pick<ReadModel, 'name' | 'indexes'> & { readonly projection: Projection<Prepared> };
  readonly database: ReadModelDatabase;
  readonly sources: ProjectionSources;
  readonly subscribe: (after: string | undefined) => AsyncIterable<SourceMessage>;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Runs a projection over what comes from the log until it ends. Rows and checkpoint are written in one transaction, so that an
 * event counts exactly once however often the process ends in between.
 *
 * `subscribe` is called with the position to go on from. Throws ProjectionHalted where an event cannot be read or applied, and
 * whatever passes by itself as it is: what the subscription, the log or the database throws. The read model is built, and can be asked,
 * once the past is over or the projection has halted.
 */
export const runProjection = async <Prepared>(run: ProjectionRun<Prepared>): Promise<void> => {
  try {
    await follow(run, EVENTS_PER_COMMIT);
  } catch (error) {
    if (!(error instanceof CannotApply)) throw error;
    // Once more from the last checkpoint, event by event, so that all before the faulty one is applied and that one is named.
    await follow(run, 1).catch((halt: unknown) => {
      // What stands before the faulty event can be asked. What ended the pass otherwise is tried again, and nothing is whole yet.
      if (halt instanceof ProjectionHalted) finishBuilding(run.database, run.readModel);
      throw halt;
    });
  }
};

/** After which a write-ahead log is tried to be emptied again, where somebody's reading kept it from that. */
const EMPTYING_RETRY_MS = 500;

/** Events that go into one transaction while the past is caught up with: the more, the less often a page is written. */
const EVENTS_PER_COMMIT = 5_000;

/** Some event of a batch cannot be read or applied. */
class CannotApply extends Error {}

const follow = async <Prepared>(
  { readModel, database, sources, subscribe, onProgress }: ProjectionRun<Prepared>,
  eventsPerCommit: number,
): Promise<void> => {
  const { name, projection } = readModel;
  const apply = projection.open(database);
  const saveCheckpoint = database.prepare(
    'UPDATE checkpoint SET position = ?, known_at = ?, first_stream = ?, first_event = ?',
  );
  let { position, known_at: knownAt, first_stream: firstStream, first_event: firstEvent } = readCheckpoint(database);
  let caughtUp = false;
  let committed = position;
  let uncommitted = 0;
  /** Something was erased from the rows, and may still stand in the write-ahead log: perhaps by a process that ended before it was emptied. */
  let erased = isBuilt(database);
  const leaveNothingErased = (): void => {
    if (erased && !database.isTransaction) erased = !emptyWriteAheadLog(database);
  };
  leaveNothingErased();
  // Whoever reads an earlier state may do so for long, and it may be long until the next commit.
  const emptying = setInterval(() => {
    try {
      leaveNothingErased();
    } catch {
      // It stays to be done; what the database cannot do for long ends the projection at its next commit.
    }
  }, EMPTYING_RETRY_MS).unref();
  onProgress({ position, caughtUp });

  const faultOf = ([first, ...more]: readonly SourceEvent[], cause: unknown): unknown => {
    if (first === undefined) return cause;
    return more.length > 0 ? new CannotApply() : new ProjectionHalted(name, first, cause);
  };

  /** What an event cannot do is its own fault; what the database cannot do may pass. */
  const blaming = <Answer>(events: readonly SourceEvent[], work: () => Answer): Answer => {
    try {
      return work();
    } catch (cause) {
      throw isOfDatabase(cause) ? cause : faultOf(events, cause);
    }
  };

  const applyEvents = async (given: readonly SourceEvent[]): Promise<void> => {
    if (given.length === 0) return;
    const events = blaming(given, () => decodeAll(given, knownAt));
    const prepared = await projection.prepare(events, sources).catch((cause: unknown) => {
      // What the log or the vault cannot give now may pass.
      throw cause instanceof EventUnreadable ? faultOf(given, cause) : cause;
    });
    if (!database.isTransaction) database.exec('BEGIN IMMEDIATE');
    blaming(given, () => apply(events, prepared));
    const [first, last] = [events[0], events.at(-1)] as [ProjectedEvent, ProjectedEvent];
    if (firstEvent === '') [firstStream, firstEvent] = [first.stream, first.event.id];
    ({ knownAt } = last);
    erased ||= events.some(({ category, event }) => category === erasures.category && event.type === KEY_DESTROYED);
    uncommitted += events.length;
  };

  const commit = (): void => {
    if (!database.isTransaction) database.exec('BEGIN IMMEDIATE');
    saveCheckpoint.run(position, knownAt, firstStream, firstEvent);
    database.exec('COMMIT');
    committed = position;
    uncommitted = 0;
    leaveNothingErased();
  };

  try {
    for await (const message of subscribe(position === '' ? undefined : position)) {
      if (message.kind === 'caught-up') caughtUp = true;
      for (const batch of batchesOf(message, eventsPerCommit)) {
        await applyEvents(batch.events);
        ({ position } = batch);
        if (uncommitted >= eventsPerCommit) commit();
      }
      if (uncommitted > 0 && !caughtUp) continue;
      if (committed !== position) commit();
      if (caughtUp) finishBuilding(database, readModel);
      onProgress({ position, caughtUp });
    }
    if (uncommitted > 0) commit();
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  } finally {
    clearInterval(emptying);
  }
};

/** Errors of node:sqlite carry SQLite's result code. */
const isOfDatabase = (error: unknown): boolean => resultCode(error) !== undefined;

/** What a message brings, in parts of at most so many events, each with the position that is reached after it. */
function* batchesOf(
  message: SourceMessage,
  size: number,
): Generator<{ events: readonly SourceEvent[]; position: string }> {
  if (message.kind === 'caught-up') return;
  let rest = message.kind === 'events' ? message.events : [];
  while (rest.length > size) {
    const events = rest.slice(0, size);
    yield { events, position: (events.at(-1) as SourceEvent).position };
    rest = rest.slice(size);
  }
  yield { events: rest, position: message.position };
}

/** Each event decoded, with the latest `recordedAt` up to it. Instants of one form order as text. */
const decodeAll = (events: readonly SourceEvent[], before: Instant): readonly ProjectedEvent[] => {
  let knownAt = before;
  return events.map(({ stream, category, recordId, position, data, metadata, decode }) => {
    const { event, unseal } = decode();
    if (event.recordedAt > knownAt) knownAt = event.recordedAt;
    return { stream, category, recordId, position, knownAt, event, unseal, data, metadata };
  });
};
