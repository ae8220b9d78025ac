import type { RecordedEvent } from '../../domain/kernel/fold.ts';
import { decodeEvent, type Keys, unsealEvent } from './codec.ts';
import type { LoggedEvent } from './port.ts';

/**
 * Events of one stream with what is sealed beside what is open, as far as its key still opens it; `types` are those that are opened, left
 * out: all. Throws as `unsealEvent` does.
 */
export const unsealAll = <E extends RecordedEvent>(
  logged: readonly LoggedEvent[],
  keys: Keys,
  types?: readonly string[],
): Promise<readonly E[]> =>
  Promise.all(
    logged.map(async (each) => {
      const decoded = decodeEvent<E>(each);
      if (types?.includes(decoded.event.type) === false) return decoded.event;
      return (await unsealEvent(each.stream, decoded, keys)) ?? decoded.event;
    }),
  );
