import type { RecordedEvent } from '../../domain/kernel/fold.ts';
import { type RecordOfStream, recordOf } from '../../domain/stream-kinds.ts';
import type { ProjectedEvent, ProjectionSources } from '../../projections/projection.ts';
import type { SourceEvent, SourceMessage } from '../../projections/runner.ts';
import { decodeEvent, unsealEvent } from '../event-log/codec.ts';
import type { EventLogReader, LoggedEvent } from '../event-log/port.ts';
import { unsealAll } from '../event-log/unsealed.ts';
import { isReplacementStream } from '../sealing/replacement.ts';
import { isVaultStream, type KeyRing, keyIdOf } from '../sealing/vault.ts';
import type { Pace } from './pace.ts';

/** Fewer than either log delivers at once while more is waiting. */
const MANY_AT_ONCE = 16;

/** The events of records of a log after a position, as projections take them; keys that pass by are taken note of; `onKeyReplaced` is told of those that are. */
export async function* recordedEventsOf(
  log: EventLogReader,
  keys: KeyRing,
  after: string | undefined,
  signal: AbortSignal,
  pace: Pace,
  onKeyReplaced: (keyId: string) => void = () => {},
): AsyncGenerator<SourceMessage, void, undefined> {
  let isLive = false;
  for await (const message of log.subscribe({ after, signal })) {
    if (message.kind !== 'events') {
      isLive ||= message.kind === 'caught-up';
      yield message;
      continue;
    }
    const deliveredAt = performance.now();
    const events: SourceEvent[] = [];
    for (const event of message.events) {
      if (isVaultStream(event.stream)) {
        keys.learn(event);
        if (isReplacementStream(event.stream)) onKeyReplaced(keyIdOf(event.stream));
      } else {
        const record = recordOf(event.stream);
        if (record !== undefined) events.push(asSourceEvent(event, record, keys));
      }
    }
    const position = (message.events.at(-1) as LoggedEvent).position;
    yield events.length > 0 ? { kind: 'events', events, position } : { kind: 'scanned', position };
    // Where many came at once more may be waiting already: no rest before they are in.
    if (isLive && message.events.length < MANY_AT_ONCE) await pace.rest(deliveredAt);
  }
}

const asSourceEvent = (logged: LoggedEvent, { kind, id }: RecordOfStream, keys: KeyRing): SourceEvent => ({
  stream: logged.stream,
  category: kind.category,
  recordId: id,
  position: logged.position,
  id: logged.id,
  type: logged.type,
  decode: () => {
    const decoded = decodeEvent(logged);
    return { event: decoded.event, unseal: () => unsealEvent(logged.stream, decoded, keys) };
  },
  data: logged.data,
  metadata: logged.metadata,
});

/** What projections may ask for besides the events: from the log and the vault. */
export const projectionSources = (log: EventLogReader, keys: KeyRing): ProjectionSources => ({
  history: async <E extends RecordedEvent>(
    { stream, event }: ProjectedEvent<E>,
    { unsealed }: { readonly unsealed: boolean },
  ) => {
    const logged = await log.readStream(stream, { limit: event.revision + 1 });
    return unsealed ? unsealAll<E>(logged, keys) : logged.map((each) => decodeEvent<E>(each).event);
  },
  unsealedBefore: async <E extends RecordedEvent>(stream: string, position: string) =>
    unsealAll<E>(
      (await log.readStream(stream)).filter((each) => each.position < position),
      keys,
    ),
});
