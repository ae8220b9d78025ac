import type { Side } from './sides.ts';
import type { Instant, OccurredAt } from './time.ts';

/** Data of which no more is known here than that they are fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** An office whose word an event is, where it is not the recording office's own, with the document that it stands in. */
export interface StatedBy {
  readonly office: string;
  /** Free text, so it is sealed in the log: absent where it was not unsealed. */
  readonly document?: string | undefined;
}

/** What happened, in the words of the field. */
export interface Event<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly occurredAt: OccurredAt;
  readonly statedBy?: StatedBy | undefined;
  readonly data: Data;
}

/** Who recorded an event. */
export interface Recorder {
  readonly subject: string;
  readonly office: string;
  readonly side: Side;
  readonly role: string;
}

/** What the ledger knows of an event besides its content. */
export interface Recording {
  readonly id: string;
  /** Number in its stream; the first has 0. */
  readonly revision: number;
  readonly recordedAt: Instant;
  readonly recordedBy: Recorder;
}

export type Recorded<E extends Event> = E & Recording;

/** What is recorded cannot be read, however often it is tried: this program does not know its version, or it was changed. */
export class EventUnreadable extends Error {
  override readonly name = 'EventUnreadable';
}
