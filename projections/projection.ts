import type { RecordedCaseEvent } from '../domain/case/history.ts';
import type { Instant } from '../domain/kernel/time.ts';
import type { ReadModelDatabase } from './database.ts';

/** An event of a case on its way into views, with what is sealed still in its box. */
export interface ProjectedEvent {
  readonly caseId: string;
  readonly position: string;
  /** The latest `recordedAt` of all events up to this one. */
  readonly knownAt: Instant;
  readonly event: RecordedCaseEvent;
  /** The event with what was sealed; undefined where its key was destroyed. Throws EventUnreadable, and what the log throws. */
  readonly unseal: () => Promise<RecordedCaseEvent | undefined>;
  /** JSON text as the log has it. */
  readonly data: string;
  readonly metadata: string;
}

/** What a projection may ask for while it prepares a batch. Throws EventUnreadable, and what the log throws. */
export interface ProjectionSources {
  /** The events of a case up to a revision, from the log; unsealed where asked for and where the key still opens them. */
  history(caseId: string, upTo: number, options: { readonly unsealed: boolean }): Promise<readonly RecordedCaseEvent[]>;
}

/**
 * How events become the rows of a view. `prepare` fetches what a batch needs besides the events; `apply` writes the
 * rows within the transaction of the batch. An event that cannot be applied throws, and stops the projection.
 */
export interface Projection<Prepared = unknown> {
  readonly prepare: (events: readonly ProjectedEvent[], sources: ProjectionSources) => Promise<Prepared>;
  readonly open: (database: ReadModelDatabase) => (events: readonly ProjectedEvent[], prepared: Prepared) => void;
}

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
