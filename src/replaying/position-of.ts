import { isAccessStream } from '../../domain/access/streams.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import { recordOf } from '../../domain/stream-kinds.ts';
import type { ProjectedReadModel } from '../../projections/read-models.ts';
import type { AsOf } from '../../projections/times.ts';
import type { EventLogReader, LoggedEvent } from '../event-log/port.ts';

/** Whether an event is of those of which a view is made. */
const IS_OF: Readonly<Record<ProjectedReadModel['of'], (stream: string) => boolean>> = {
  records: (stream) => recordOf(stream) !== undefined,
  reads: isAccessStream,
};

const recordedAt = ({ metadata }: LoggedEvent): Instant =>
  (JSON.parse(metadata) as { readonly recordedAt: Instant }).recordedAt;

/**
 * The position in a log up to which something was known of records, or of who read: of an instant, that of the last such event before the first
 * that was recorded later; empty where nothing was, undefined where all of them were. Throws the reason of `signal` where that ends it.
 */
export const positionOf = async (
  log: EventLogReader,
  asOf: AsOf,
  of: ProjectedReadModel['of'],
  signal?: AbortSignal,
): Promise<string | undefined> => {
  if ('position' in asOf) return asOf.position;
  let position = '';
  for await (const chunk of log.readAll()) {
    signal?.throwIfAborted();
    for (const logged of chunk) {
      if (!IS_OF[of](logged.stream)) continue;
      if (recordedAt(logged) > asOf.instant) return position;
      ({ position } = logged);
    }
  }
  return undefined;
};
