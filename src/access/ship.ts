import { accessStream, READS_RECORDED } from '../../domain/access/streams.ts';
import { deriveUuid } from '../derived-id.ts';
import { type EventLog, type EventToAppend, StreamTombstoned } from '../event-log/port.ts';
import { freshBytes } from '../sealing/random.ts';
import type { GroupText } from './segment.ts';
import { type ClosedSegment, dayOfSegment } from './spool.ts';
import type { ReadsMetadata } from './streams.ts';

/** Records that go into one event: so many characters, and one group. */
const LONGEST_PART = 200_000;
const SALT_BYTES = 16;

/** The groups of a segment as the data of events: the same each time. */
const partsOf = (groups: readonly GroupText[]): readonly string[] => {
  const parts: string[][] = [];
  let room = 0;
  for (const group of groups) {
    if (room <= 0) {
      parts.push([]);
      room = LONGEST_PART;
    }
    parts.at(-1)?.push(group.slice(1, -1));
    room -= group.length;
  }
  return parts.map((part) => `{"records":[${part.join(',')}]}`);
};

/**
 * Appends what a segment holds to the stream of its node and day. What is in the log already, since the process ended before it was
 * forgotten here, is known by the last event of the stream, and not appended again; nobody else writes to it. Of a day whose stream is
 * gone after the time for which it is kept, nothing is appended. Throws what the log throws.
 */
export const shipSegment = async (
  { log, node, clock }: { readonly log: Pick<EventLog, 'append' | 'readStream'>; node: string; clock: () => Date },
  { name, groups }: ClosedSegment,
): Promise<void> => {
  const stream = accessStream(node, dayOfSegment(name));
  try {
    const [last] = await log.readStream(stream, { direction: 'backwards', limit: 1 });
    const { segment, part: lastPart } = JSON.parse(last?.metadata ?? '{}') as Partial<ReadsMetadata>;
    let expected = last?.revision;
    for (const [part, data] of partsOf(groups).entries()) {
      if (segment === name && part <= (lastPart ?? -1)) continue;
      const id = deriveUuid('reads', node, name, String(part));
      const event = readsRecorded(id, { segment: name, part }, data, clock());
      ({ revision: expected } = await log.append(stream, expected ?? 'no-stream', [event]));
    }
  } catch (error) {
    if (!(error instanceof StreamTombstoned)) throw error;
  }
};

const readsRecorded = (
  id: string,
  { segment, part }: Pick<ReadsMetadata, 'segment' | 'part'>,
  data: string,
  now: Date,
): EventToAppend => {
  const salt = freshBytes(SALT_BYTES).toString('base64url');
  const metadata: ReadsMetadata = { recordedAt: now.toISOString(), salt, segment, part };
  return { id, type: READS_RECORDED, data, metadata: JSON.stringify(metadata) };
};
