import { z } from 'zod';
import type { EventToAppend, LoggedEvent } from './port.ts';

/**
 * One line of an export as it is stored: an event of any stream, keys and checkpoints included, with its texts byte for byte and what is
 * sealed still in its box. Where it stood in the log is told by the order of the lines.
 */
const storedEventSchema = z.strictObject({
  stream: z.string().min(1),
  revision: z.int().min(0),
  id: z.uuid(),
  type: z.string().min(1),
  data: z.string(),
  metadata: z.string(),
});

export type StoredEvent = Omit<LoggedEvent, 'position'>;

export const storedEventLine = ({ stream, revision, id, type, data, metadata }: StoredEvent): string =>
  `${JSON.stringify({ stream, revision, id, type, data, metadata } satisfies StoredEvent)}\n`;

/** Throws where a line is none; the message says what would be right. */
export const parseStoredEvent = (line: string): StoredEvent => {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new Error('is not JSON');
  }
  const parsed = storedEventSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Error(
    `is no event as \`export --stored\` writes it: ${parsed.error.issues
      .map(({ path, message }) => `/${path.join('/')}: ${message}`)
      .join('; ')}`,
  );
};

export const toAppend = ({ id, type, data, metadata }: StoredEvent): EventToAppend => ({ id, type, data, metadata });
