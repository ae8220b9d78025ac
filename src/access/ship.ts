import { accessStream, READS_RECORDED } from '../../domain/access/streams.ts';
import type { PlainDate } from '../../domain/kernel/time.ts';
import { deriveUuid } from '../derived-id.ts';
import { type EventLog, type EventToAppend, type Revision, StreamTombstoned } from '../event-log/port.ts';
import { freshBytes } from '../sealing/random.ts';
import type { ReadsMetadata } from './reads-metadata.ts';
import type { GroupText } from './segment.ts';
import type { ClosedSegment, SegmentName, Spool } from './spool.ts';

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

/** Where the stream of a day ends: with which part of which segment. */
interface StreamEnd extends Pick<ReadsMetadata, 'segment' | 'part'> {
  readonly revision: Revision;
}

interface Shipping {
  readonly log: Pick<EventLog, 'append' | 'readStream'>;
  readonly node: string;
  readonly clock: () => Date;
}

/**
 * Appends what the segments of a day hold to the stream of their node and day, each once, and forgets each before the next one is begun.
 *
 * What is in the log already, since the process ended or failed before it was forgotten here, is therefore always the segment that the
 * stream ends with; nobody else writes to it. That one is gone on with first: what came meanwhile may have an earlier name. Of a day whose
 * stream is gone after the time for which it is kept, nothing is appended. Throws what the log and the spool throw.
 */
export const shipDay = async (
  shipping: Shipping,
  spool: Pick<Spool, 'read' | 'forget'>,
  day: PlainDate,
  names: readonly SegmentName[],
): Promise<void> => {
  const stream = accessStream(shipping.node, day);
  let end = await unlessGone(endOf(shipping.log, stream));
  const begun = end === 'gone' ? undefined : end?.segment;
  for (const name of [...names.filter((each) => each === begun), ...names.filter((each) => each !== begun)]) {
    const segment = await spool.read(name);
    if (end !== 'gone') end = await unlessGone(append(shipping, stream, segment, end));
    await spool.forget(segment);
  }
};

const unlessGone = async <Answer>(answer: Promise<Answer>): Promise<Answer | 'gone'> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof StreamTombstoned) return 'gone';
    throw error;
  }
};

const endOf = async (log: Pick<EventLog, 'readStream'>, stream: string): Promise<StreamEnd | undefined> => {
  const [last] = await log.readStream(stream, { direction: 'backwards', limit: 1 });
  return last && { ...(JSON.parse(last.metadata) as ReadsMetadata), revision: last.revision };
};

/** Appends the parts of a segment that the stream does not end with yet; gives how it ends then. */
const append = async (
  { log, node, clock }: Shipping,
  stream: string,
  { name, groups }: ClosedSegment,
  end: StreamEnd | undefined,
): Promise<StreamEnd | undefined> => {
  let last = end;
  for (const [part, data] of partsOf(groups).entries()) {
    if (last?.segment === name && part <= last.part) continue;
    const id = deriveUuid('reads', node, name, String(part));
    const event = readsRecorded(id, { segment: name, part }, data, clock());
    const { revision } = await log.append(stream, last?.revision ?? 'no-stream', [event]);
    last = { segment: name, part, revision };
  }
  return last;
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
