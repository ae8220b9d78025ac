import { firstKeptDay } from '../../domain/access/retention.ts';
import { LEAVES_KEPT, READS_REMOVED, RETENTION_STREAM } from '../../domain/access/streams.ts';
import type { AccessQueries } from '../../projections/access/query.ts';
import { deriveUuid } from '../derived-id.ts';
import {
  type EventLog,
  type EventToAppend,
  type LoggedEvent,
  RevisionConflict,
  StreamTombstoned,
} from '../event-log/port.ts';
import { freshBytes } from '../sealing/random.ts';
import { leavesOf } from '../transparency/removed.ts';

const SALT_BYTES = 16;

/** Events of a stream that are read at once; their leaves go into one event. */
const EVENTS_AT_ONCE = 500;
const STREAMS_AT_ONCE = 100;
const ATTEMPTS = 8;

interface Removing {
  readonly log: Pick<EventLog, 'append' | 'readStream' | 'tombstone'>;
  readonly clock: () => Date;
  /** For how many days records of reading are kept. */
  readonly days: number;
}

/** Appends to the stream of removals, where other nodes may append too. */
const appendRemoval = async ({ log, clock }: Removing, id: string, type: string, data: object): Promise<void> => {
  const salt = freshBytes(SALT_BYTES).toString('base64url');
  const metadata = JSON.stringify({ recordedAt: clock().toISOString(), salt });
  const event: EventToAppend = { id, type, data: JSON.stringify(data), metadata };
  for (let attempts = 1; ; attempts += 1) {
    const [last] = await log.readStream(RETENTION_STREAM, { direction: 'backwards', limit: 1 });
    try {
      await log.append(RETENTION_STREAM, last?.revision ?? 'no-stream', [event]);
      return;
    } catch (error) {
      if (!(error instanceof RevisionConflict) || attempts >= ATTEMPTS) throw error;
    }
  }
};

/** Gives the events of a stream, some at a time; none of one that is gone already. */
async function* eventsOf(log: Removing['log'], stream: string): AsyncGenerator<readonly LoggedEvent[]> {
  try {
    for (let from = -1; ; ) {
      const events = await log.readStream(stream, { from, limit: EVENTS_AT_ONCE });
      const last = events.at(-1);
      if (last === undefined) return;
      yield events;
      from = last.revision;
    }
  } catch (error) {
    if (!(error instanceof StreamTombstoned)) throw error;
  }
}

/**
 * Removes a stream of records of reading for good: keeps the leaves of its events, takes it away, then says so, by which the views learn of
 * it. Harmless when repeated, wherever it was interrupted. Throws what the log throws.
 */
const removeStream = async (removing: Removing, stream: string): Promise<void> => {
  const { log, days } = removing;
  for await (const events of eventsOf(log, stream)) {
    const first = events[0] as LoggedEvent;
    await appendRemoval(removing, deriveUuid('leaves kept', first.id), LEAVES_KEPT, leavesOf(stream, events));
  }
  await log.tombstone(stream);
  await appendRemoval(removing, deriveUuid('reads removed', stream), READS_REMOVED, { stream, days });
};

const LOOK_EVERY_MS = 3_600_000;

export interface RetentionOptions extends Removing {
  readonly reads: Pick<AccessQueries, 'streamsBefore'>;
  /** Whether the views can be asked. */
  readonly built: () => boolean;
  readonly onFault: (error: unknown) => void;
  readonly lookEveryMs?: number;
}

/** Removes, from now on, what is older than it is to be kept: whole days, of whichever node. */
export const startRetention = ({
  reads,
  built,
  onFault,
  lookEveryMs = LOOK_EVERY_MS,
  ...removing
}: RetentionOptions): { stop(): Promise<void> } => {
  /** The views learn of it a moment later. */
  const removed = new Set<string>();
  let working: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    if (!built()) return;
    const { clock, days } = removing;
    for (const stream of reads.streamsBefore(firstKeptDay(clock(), days), STREAMS_AT_ONCE)) {
      if (removed.has(stream)) continue;
      await removeStream(removing, stream);
      removed.add(stream);
    }
  };
  const timer = setInterval(() => {
    working ??= work()
      .catch(onFault)
      .finally(() => {
        working = undefined;
      });
  }, lookEveryMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await working;
    },
  };
};
