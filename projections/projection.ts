import type { RecordedEvent } from '../domain/kernel/fold.ts';
import type { Instant } from '../domain/kernel/time.ts';
import type { ReadModelDatabase } from './database.ts';

/** An event of a record on its way into views, with what is sealed still in its box. */
export interface ProjectedEvent<E extends RecordedEvent = RecordedEvent> {
  readonly stream: string;
  /** The kind of its stream, and the id of the record in it. */
  readonly category: string;
  readonly recordId: string;
  readonly position: string;
  /** The latest `recordedAt` of all events up to this one. */
  readonly knownAt: Instant;
  readonly event: E;
  /** The event with what was sealed; undefined where its key was destroyed. Throws EventUnreadable, and what the log throws. */
  readonly unseal: () => Promise<E | undefined>;
  /** JSON text as the log has it. */
  readonly data: string;
  readonly metadata: string;
}

/** What a projection may ask for while it prepares a batch. Throws EventUnreadable, and what the log throws. */
export interface ProjectionSources {
  /** The events of a record up to one of them, from the log; unsealed where asked for and where the key still opens them. */
  history<E extends RecordedEvent>(
    upTo: ProjectedEvent<E>,
    options: { readonly unsealed: boolean },
  ): Promise<readonly E[]>;
  /** The events of a stream that stand before a position, unsealed as far as they still open. */
  unsealedBefore<E extends RecordedEvent>(stream: string, position: string): Promise<readonly E[]>;
}

/**
 * How events become the rows of a view. `prepare` fetches what a batch needs besides the events; `apply` writes the
 * rows within the transaction of the batch. An event that cannot be applied throws, and stops the projection.
 */
export interface Projection<Prepared = unknown, E extends RecordedEvent = RecordedEvent> {
  readonly prepare: (events: readonly ProjectedEvent<E>[], sources: ProjectionSources) => Promise<Prepared>;
  readonly open: (database: ReadModelDatabase) => (events: readonly ProjectedEvent<E>[], prepared: Prepared) => void;
}

/** A projection that is given the events of some kinds of streams only. */
export const ofCategories = <Prepared, E extends RecordedEvent>(
  categories: readonly string[],
  { prepare, open }: Projection<Prepared, E>,
): Projection => {
  const its = (events: readonly ProjectedEvent[]) =>
    events.filter(({ category }) => categories.includes(category)) as unknown as readonly ProjectedEvent<E>[];
  return {
    prepare: (events, sources) => prepare(its(events), sources),
    open: (database) => {
      const apply = open(database);
      return (events, prepared) => apply(its(events), prepared as Prepared);
    },
  };
};

/** A projection that is given the events of one kind of streams only. */
export const ofCategory = <Prepared, E extends RecordedEvent>(
  category: string,
  projection: Projection<Prepared, E>,
): Projection => ofCategories([category], projection);

/** Several projections as one: the rows of all of them are written together. */
export const together = (projections: readonly Projection[]): Projection<readonly unknown[]> => ({
  prepare: (events, sources) => Promise.all(projections.map(({ prepare }) => prepare(events, sources))),
  open: (database) => {
    const applies = projections.map(({ open }) => open(database));
    return (events, prepared) => {
      for (const [index, apply] of applies.entries()) apply(events, prepared[index]);
    };
  },
});
