import type { RecordedCaseEvent } from '../../domain/case/history.ts';
import { EventUnreadable, type ProjectedEvent, type ProjectionSources } from '../../projections/projection.ts';
import type { SourceEvent, SourceMessage } from '../../projections/runner.ts';
import { CASE_STREAM_PREFIX, caseStream } from '../application/streams.ts';
import { type DecodedEvent, decodeCaseEvent, unsealEvent } from '../event-log/codec.ts';
import type { EventLogReader, LoggedEvent } from '../event-log/port.ts';
import { isVaultStream, KeyDestroyed, type KeyRing } from '../sealing/vault.ts';
import type { Pace } from './pace.ts';

/** The case events of a log after a position, as projections take them; keys that pass by are taken note of. */
export async function* caseEventsOf(
  log: EventLogReader,
  keys: KeyRing,
  after: string | undefined,
  signal: AbortSignal,
  pace: Pace,
): AsyncGenerator<SourceMessage, void, undefined> {
  let isLive = false;
  for await (const message of log.subscribe({ after, signal })) {
    if (message.kind !== 'events') {
      isLive ||= message.kind === 'caught-up';
      yield message;
      continue;
    }
    const deliveredAt = performance.now();
    for (const event of message.events) if (isVaultStream(event.stream)) keys.learn(event);
    const position = (message.events.at(-1) as LoggedEvent).position;
    const events = message.events.filter(({ stream }) => stream.startsWith(CASE_STREAM_PREFIX)).map(asSourceEvent);
    yield events.length > 0 ? { kind: 'events', events, position } : { kind: 'scanned', position };
    if (isLive) await pace.rest(deliveredAt);
  }
}

const asSourceEvent = (logged: LoggedEvent): SourceEvent => ({
  caseId: logged.stream.slice(CASE_STREAM_PREFIX.length),
  position: logged.position,
  id: logged.id,
  type: logged.type,
  decode: () => decodeCaseEvent(logged).event,
  data: logged.data,
  metadata: logged.metadata,
});

/** What projections may ask for, from the log and the vault. */
export const projectionSources = (log: EventLogReader, keys: KeyRing): ProjectionSources => {
  const unseal = async (stream: string, decoded: DecodedEvent): Promise<RecordedCaseEvent | undefined> => {
    const key = await keys.find(decoded.metadata.keyId).catch((error: unknown) => {
      if (error instanceof KeyDestroyed) return undefined;
      throw error;
    });
    return key && readable(() => unsealEvent(stream, decoded, key));
  };

  return {
    history: async (caseId, upTo, { unsealed }) => {
      const stream = caseStream(caseId);
      const logged = await log.readStream(stream, { limit: upTo + 1 });
      const decoded = readable(() => logged.map(decodeCaseEvent));
      return unsealed
        ? Promise.all(decoded.map(async (each) => (await unseal(stream, each)) ?? each.event))
        : decoded.map(({ event }) => event);
    },
    unseal: ({ caseId, event, data, metadata, position }: ProjectedEvent) => {
      const stream = caseStream(caseId);
      const { id, type, revision } = event;
      return unseal(stream, decodeCaseEvent({ id, type, revision, stream, position, data, metadata }));
    },
  };
};

const readable = <Answer>(read: () => Answer): Answer => {
  try {
    return read();
  } catch (cause) {
    throw new EventUnreadable((cause as Error).message, { cause });
  }
};
