import { ACCESS_CATEGORY, ACCESS_STREAMS, isAccessStream } from '../../domain/access/streams.ts';
import { erasures, KEY_DESTROYED } from '../../domain/erasure/kind.ts';
import { LEDGER_ITSELF } from '../../domain/kernel/access.ts';
import type { RecordedEvent } from '../../domain/kernel/fold.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import { type RecordOfStream, recordOf } from '../../domain/stream-kinds.ts';
import type { ProjectedEvent, ProjectionSources } from '../../projections/projection.ts';
import type { ProjectedReadModel } from '../../projections/read-models.ts';
import type { SourceEvent, SourceMessage } from '../../projections/runner.ts';
import type { Pace } from '../background/pace.ts';
import { decodeEvent, unsealEvent } from '../event-log/codec.ts';
import type { EventLogReader, LoggedEvent } from '../event-log/port.ts';
import { unsealAll } from '../event-log/unsealed.ts';
import type { KeyRing } from '../sealing/key-ring.ts';
import { isReplacementStream, isVaultStream, keyIdOf } from '../sealing/streams.ts';
import { gathered, MOST_TOGETHER } from './gathered.ts';

/** An event of the log as a projection takes it; undefined where it is not for it. */
type AsSource = (event: LoggedEvent) => SourceEvent | undefined;

/**
 * The events of records; keys that pass by are taken note of, and `onKeyReplaced` is told of those in whose place another one comes: when
 * it begins, and once more when the key is destroyed, as it may have been read again in between.
 */
const recordedEvents =
  (keys: KeyRing, onKeyReplaced: (keyId: string) => void = () => {}): AsSource =>
  (event) => {
    if (isVaultStream(event.stream)) {
      keys.learn(event);
      if (isReplacementStream(event.stream)) onKeyReplaced(keyIdOf(event.stream));
      return undefined;
    }
    const record = recordOf(event.stream);
    const source = record && asSourceEvent(event, record, keys);
    if (source?.category === erasures.category && source.type === KEY_DESTROYED) {
      const { destroyedKey } = source.decode().event.data as { readonly destroyedKey: string };
      keys.forget(destroyedKey);
      onKeyReplaced(destroyedKey);
    }
    return source;
  };

/** The events that tell who has read what, which are of no record, and of which nothing is sealed. */
const readEvents: AsSource = (event) => {
  const { stream, position, id, type, revision, data, metadata } = event;
  if (!isAccessStream(stream)) return undefined;
  const decode = () => {
    const { recordedAt } = JSON.parse(metadata) as { readonly recordedAt: Instant };
    const recordedBy = { subject: LEDGER_ITSELF, office: '', side: 'CN', role: LEDGER_ITSELF } as const;
    const decoded = { id, revision, type, occurredAt: recordedAt, data: {}, recordedAt, recordedBy } as RecordedEvent;
    return { event: decoded, unseal: async () => decoded };
  };
  return { stream, category: ACCESS_CATEGORY, recordId: stream, position, id, type, decode, data, metadata };
};

/** How the events of a log are given to a read model, and of which streams they are: all, unless their names are said to begin so. */
interface Source {
  readonly asSource: AsSource;
  readonly streams?: readonly string[];
}

export const sourceFor = (
  { of }: Pick<ProjectedReadModel, 'of'>,
  keys: KeyRing,
  onKeyReplaced?: (keyId: string) => void,
): Source =>
  of === 'records'
    ? { asSource: recordedEvents(keys, onKeyReplaced) }
    : { asSource: readEvents, streams: [ACCESS_STREAMS] };

/** The events of a log after a position that are for a projection. */
export async function* sourceEventsOf(
  log: EventLogReader,
  { asSource, streams }: Source,
  after: string | undefined,
  signal: AbortSignal,
  pace: Pace,
): AsyncGenerator<SourceMessage, void, undefined> {
  let isLive = false;
  for await (const message of gathered(log.subscribe({ after, streams, signal }))) {
    if (message.kind === 'caught-up') {
      isLive = true;
      yield message;
      continue;
    }
    const deliveredAt = performance.now();
    yield message.kind === 'events' ? asSourceMessage(message.events, asSource) : message;
    // Where so many came, more may be waiting already: no rest before they are in.
    const isMore = message.kind === 'events' && message.events.length >= MOST_TOGETHER;
    if (isLive && !isMore) await pace.rest(deliveredAt);
  }
}

const asSourceMessage = (logged: readonly LoggedEvent[], asSource: AsSource): SourceMessage => {
  const events = logged.map(asSource).filter((event) => event !== undefined);
  const position = (logged.at(-1) as LoggedEvent).position;
  return events.length > 0 ? { kind: 'events', events, position } : { kind: 'scanned', position };
};

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
