import { openForProjection, openForQueries } from '../../projections/database.ts';
import { createHandoverQueries, type YearlyRow } from '../../projections/handovers/query.ts';
import { HISTORY_READ_MODEL } from '../../projections/read-models.ts';
import { runProjection } from '../../projections/runner.ts';
import { Pace } from '../background/pace.ts';
import type { EventLogReader } from '../event-log/port.ts';
import { projectionSources, sourceEventsOf, sourceFor } from '../projecting/source.ts';
import { KeyDestroyed, type KeyRing } from '../sealing/key-ring.ts';

/** Whoever verifies has no keys: what counts is open. */
const NO_KEYS: KeyRing = {
  find: async (keyId) => {
    throw new KeyDestroyed(`no keys are at hand, ${keyId} neither`);
  },
  replacement: async () => undefined,
  learn: () => {},
  forget: () => {},
};

/**
 * Builds the view of what was recorded and counts, of a log, in an empty directory from the beginning. Throws ProjectionHalted at an event
 * that cannot be counted, and what the log throws.
 */
export const buildHistory = async (log: EventLogReader, directory: string): Promise<void> => {
  const database = openForProjection(directory, HISTORY_READ_MODEL);
  const end = new AbortController();
  try {
    await runProjection({
      readModel: HISTORY_READ_MODEL,
      database,
      sources: projectionSources(log, NO_KEYS),
      subscribe: (after) => sourceEventsOf(log, sourceFor(HISTORY_READ_MODEL, NO_KEYS), after, end.signal, new Pace()),
      onProgress: ({ caughtUp }) => {
        if (caughtUp) end.abort();
      },
    });
  } finally {
    database.close();
  }
};

/** The yearly figures by year, direction and kind that follow from a log. Throws as `buildHistory` does. */
export const yearlyFiguresOf = async (log: EventLogReader, directory: string): Promise<readonly YearlyRow[]> => {
  await buildHistory(log, directory);
  const queries = openForQueries(directory, [HISTORY_READ_MODEL]);
  try {
    return createHandoverQueries(queries).yearly({}, ['year', 'direction', 'kind']);
  } finally {
    queries.close();
  }
};
