import type { PlainDate } from '../../domain/kernel/time.ts';

/** The category of the streams that hold who has read what. They are no records, and no leaves of the tree of the records. */
export const ACCESS_CATEGORY = 'access';

/** What a node has put on record within a day, in UTC. */
export const accessStream = (node: string, day: PlainDate): string => `${ACCESS_CATEGORY}-${node}-${day}`;

export const isAccessStream = (stream: string): boolean => stream.startsWith(`${ACCESS_CATEGORY}-`);

/** The day of a stream of records of reading; undefined of another stream. */
export const dayOfAccessStream = (stream: string): PlainDate | undefined =>
  /^access-[0-9a-f]{8}-(?<day>\d{4}-\d\d-\d\d)$/.exec(stream)?.groups?.day;

/** The type of an event that holds records of reading, many in each. */
export const READS_RECORDED = 'reads-recorded';

/** What is kept beside such an event: where on its node the records come from, so that none is taken twice. */
export interface ReadsMetadata {
  readonly recordedAt: string;
  readonly salt: string;
  readonly segment: string;
  /** The place of the event among those of the segment. */
  readonly part: number;
}
