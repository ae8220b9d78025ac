import type { PlainDate } from '../kernel/time.ts';

/** The category of the streams that hold who has read what. They are no records, and no leaves of the tree of the records. */
export const ACCESS_CATEGORY = 'access';

/** How the names of all these streams begin. */
export const ACCESS_STREAMS = `${ACCESS_CATEGORY}-`;

/** What a node has put on record within a day, in UTC. */
export const accessStream = (node: string, day: PlainDate): string => `${ACCESS_STREAMS}${node}-${day}`;

export const isAccessStream = (stream: string): boolean => stream.startsWith(ACCESS_STREAMS);

/** The day of such a stream; undefined of another. */
export const dayOfAccessStream = (stream: string): PlainDate | undefined =>
  /^access-[0-9a-f]{8}-(?<day>\d{4}-\d\d-\d\d)$/.exec(stream)?.groups?.day;

/** The stream in which it stands what was removed of the others, after the time for which they are kept. */
export const RETENTION_STREAM = `${ACCESS_STREAMS}retention`;

/** Types of their events: many records of reading; the leaves of a stream that is about to be removed; that it was. */
export const READS_RECORDED = 'reads-recorded';
export const LEAVES_KEPT = 'leaves-kept';
export const READS_REMOVED = 'reads-removed';
