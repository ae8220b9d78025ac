import { recordOf } from '../../domain/stream-kinds.ts';
import type { AsOf } from '../../projections/times.ts';
import { decodeEvent } from '../event-log/codec.ts';
import type { EventLogReader } from '../event-log/port.ts';

/**
 * The position in a log up to which something was known: of an instant, that of the last event before the first that was recorded later;
 * empty where nothing was, undefined where all of the log was. Throws the reason of `signal` where that ends it.
 */
export const positionOf = async (
  log: EventLogReader,
  asOf: AsOf,
  signal?: AbortSignal,
): Promise<string | undefined> => {
  if ('position' in asOf) return asOf.position;
  let position = '';
  for await (const chunk of log.readAll()) {
    signal?.throwIfAborted();
    for (const logged of chunk) {
      if (recordOf(logged.stream) === undefined) continue;
      if (decodeEvent(logged).event.recordedAt > asOf.instant) return position;
      ({ position } = logged);
    }
  }
  return undefined;
};
