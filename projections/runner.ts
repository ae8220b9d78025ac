import type { RecordedCaseEvent } from '../domain/case/history.ts';
import type { Instant } from '../domain/kernel/time.ts';
import type { ReadModelDatabase } from './database.ts';
import type { ProjectedEvent, Projection, ProjectionSources } from './projection.ts';

/** Events of cases in log order as they come from the log, without what the runner adds. */
export type SourceEvent = Omit<ProjectedEvent, 'knownAt'>;

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
  constructor(projection: string, { position, event }: SourceEvent, cause: unknown) {
    super(
      `projection ${projection} cannot apply event ${event.id} (${event.type}) at position ${position}: ${(cause as Error).message}`,
      { cause },
    );
    this.position = position;
  }
}

interface Checkpoint {
  readonly position: string;
  readonly known_at: Instant;
}

export const readCheckpoint = (database: ReadModelDatabase, schema = 'main'): Checkpoint =>
  database.prepare(`SELECT position, known_at FROM ${schema}.checkpoint`).get() as unknown as Checkpoint;

/**
 * Runs a projection over what comes from the log until it ends. Each batch applies its rows and its checkpoint in one
 * transaction, so that an event counts exactly once however often the process ends in between.
 *
 * `subscribe` is called once with the position to go on from. Throws ProjectionHalted, and whatever the subscription throws.
 */
export const runProjection = async <Prepared>({
  projection,
  database,
  sources,
  subscribe,
  onProgress,
}: {
  readonly projection: Projection<Prepared>;
  readonly database: ReadModelDatabase;
  readonly sources: ProjectionSources;
  readonly subscribe: (after: string | undefined) => AsyncIterable<SourceMessage>;
  readonly onProgress: (progress: Progress) => void;
}): Promise<void> => {
  const apply = projection.open(database);
  const saveCheckpoint = database.prepare('UPDATE checkpoint SET position = ?, known_at = ?');
  let { position, known_at: knownAt } = readCheckpoint(database);
  let caughtUp = false;
  onProgress({ position, caughtUp });

  const commit = (rows: () => void, next: Checkpoint): void => {
    database.exec('BEGIN IMMEDIATE');
    try {
      rows();
      saveCheckpoint.run(next.position, next.known_at);
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
    ({ position, known_at: knownAt } = next);
  };

  const applyBatch = async (events: readonly ProjectedEvent[], upTo: string): Promise<void> => {
    const prepared = await projection.prepare(events, sources);
    commit(() => apply(events, prepared), { position: upTo, known_at: events.at(-1)?.knownAt ?? knownAt });
  };

  /** A batch that fails is tried event by event, so that all before the faulty one is applied and that one is named. */
  const applyOneByOne = async (events: readonly ProjectedEvent[]): Promise<void> => {
    for (const event of events) {
      try {
        await applyBatch([event], event.position);
      } catch (cause) {
        throw new ProjectionHalted(projection.name, event, cause);
      }
    }
  };

  for await (const message of subscribe(position === '' ? undefined : position)) {
    if (message.kind === 'caught-up') caughtUp = true;
    else if (message.kind === 'scanned') commit(() => {}, { position: message.position, known_at: knownAt });
    else {
      const events = withKnownAt(message.events, knownAt);
      await applyBatch(events, message.position).catch(() => applyOneByOne(events));
    }
    onProgress({ position, caughtUp });
  }
};

const withKnownAt = (events: readonly SourceEvent[], before: Instant): readonly ProjectedEvent[] => {
  let knownAt = before;
  return events.map((event) => {
    knownAt = latest(knownAt, event.event);
    return { ...event, knownAt };
  });
};

/** Instants of one form order as text. */
const latest = (knownAt: Instant, { recordedAt }: RecordedCaseEvent): Instant =>
  recordedAt > knownAt ? recordedAt : knownAt;
