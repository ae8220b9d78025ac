import { findUnlawful } from '../../domain/kernel/lawful.ts';
import { recordOf } from '../../domain/stream-kinds.ts';
import { decodeEvent } from '../event-log/codec.ts';
import type { LoggedEvent } from '../event-log/port.ts';
import { faultsOfForm } from './well-formed.ts';

/**
 * What is wrong with a record, given all events of its stream: a revision that is not the next one, or an event that its lifecycle table
 * does not allow where it stands. Records with events that cannot be read are passed over; see `faultsOfForm`.
 */
export const faultsOfRecord = (stream: string, logged: readonly LoggedEvent[]): readonly string[] => {
  const record = recordOf(stream);
  if (record === undefined) return [];
  const gap = logged.find(({ revision }, index) => revision !== index);
  if (gap !== undefined) {
    return [
      `revision ${logged.indexOf(gap)} of ${stream} is not there: revision ${gap.revision} (event ${gap.id}) follows`,
    ];
  }
  try {
    const unlawful = findUnlawful(
      record.kind.rules,
      logged.map((event) => decodeEvent(event).event),
    );
    // A malformed event leads to what is no fault of its own, and is told by itself.
    if (unlawful === undefined || logged.some((event) => faultsOfForm(event).length > 0)) return [];
    return [`revision ${unlawful.event.revision} of ${stream}: ${unlawful.message}`];
  } catch {
    return [];
  }
};
