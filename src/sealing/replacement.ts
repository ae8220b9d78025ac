import type { EventLogReader } from '../event-log/port.ts';
import type { Box } from './cipher.ts';
import { replacementStream } from './streams.ts';

/** What took the place of a key: another one, and what is sealed anew under that one. */
export interface Replacement {
  /** The id of the key that takes the place. */
  readonly by: string;
  /** The id of the order by which it was destroyed. */
  readonly order: string;
  /** What is sealed anew, by its place. */
  readonly boxes: ReadonlyMap<string, Box>;
}

/** An event of the stream after its first: a box that is sealed anew. */
export interface ResealedBox {
  readonly place: string;
  readonly box: Box;
}

/** The place of a box: its event, and of what is sealed of an entry with a key of its own the entry. */
export const boxPlace = (eventId: string, ...entry: readonly number[]): string => [eventId, ...entry].join('/');

/** Undefined where a key was not replaced. Throws what the event log throws. */
export const readReplacement = async (
  log: Pick<EventLogReader, 'readStream'>,
  keyId: string,
): Promise<Replacement | undefined> => {
  const [first, ...rest] = await log.readStream(replacementStream(keyId));
  if (first === undefined) return undefined;
  const { by, order } = JSON.parse(first.data) as Pick<Replacement, 'by' | 'order'>;
  const boxes = rest.map(({ data }) => JSON.parse(data) as ResealedBox);
  return { by, order, boxes: new Map(boxes.map(({ place, box }) => [place, box])) };
};
