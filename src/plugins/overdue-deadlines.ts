import fp from 'fastify-plugin';
import { Gauge, type Registry } from 'prom-client';
import type { DeadlineQueries } from '../../projections/deadlines/query.ts';
import type { Projector } from '../projecting/projector.ts';

interface Measured {
  readonly registry: Registry;
  readonly deadlines: Pick<DeadlineQueries, 'countOverdue'>;
  readonly progress: Pick<Projector, 'built'>;
  readonly clock: () => Date;
}

/** Measures how many deadlines are overdue, whenever that is asked. */
export const overdueDeadlines = fp<Measured>(
  async (_app, { registry, deadlines, progress, clock }) => {
    new Gauge({
      name: 'handover_ledger_deadlines_overdue',
      help: 'Deadlines that went by and that nothing has ended since, by kind of record',
      labelNames: ['kind'],
      registers: [registry],
      collect() {
        // A view that is being built for the first time is not asked.
        if (!progress.built()) return;
        const counts = Object.entries(deadlines.countOverdue(clock().toISOString()));
        for (const [kind, overdue] of counts) this.set({ kind }, overdue);
      },
    });
  },
  { name: 'overdue-deadlines' },
);
