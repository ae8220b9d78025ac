import type { EventLogReader } from '../event-log/port.ts';
import type { Box } from './cipher.ts';

/**
 * What took the place of a key that was destroyed: another key, and what was sealed anew under it. It stands in a stream of its own beside that
 * of the key, so that no event that was recorded is touched.
 */
export interface Replacement {
  /** The key that took its place. */
  readonly by: string;
  /** The id of the order by which it was destroyed. */
  readonly order: string;
  /** What is sealed anew, by its place. */
  readonly boxes: ReadonlyMap<string, Box>;
}

const PREFIX = 'resealed-';

export const replacementStream = (keyId: string): string => PREFIX + keyId;

export const isReplacementStream = (stream: string): boolean => stream.startsWith(PREFIX);

/** The place of a box: its event, and of what is sealed of an entry with a key of its own the entry. */
export const boxPlace = (eventId: string, ...entry: readonly number[]): string => [eventId, ...entry].join('/');

/** Undefined where a key was not replaced. Throws what the event log throws. */
export const readReplacement = async (
  log: Pick<EventLogReader, 'readStream'>,
  keyId: string,
): Promise<Replacement | undefined> => {
  const [first, ...rest] = await log.readStream(replacementStream(keyId));
  if (first === undefined) return undefined;
  const { by, order } = JSON.parse(first.data) as { readonly by: string; readonly order: string };
  const boxes = rest.map(({ data }) => JSON.parse(data) as { readonly place: string; readonly box: Box });
  return { by, order, boxes: new Map(boxes.map(({ place, box }) => [place, box])) };
};
