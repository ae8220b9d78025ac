import type { Recorder, StatedBy } from '../kernel/event.ts';
import type { Instant, OccurredAt } from '../kernel/time.ts';
import type { OtherCase } from './guards.ts';

/** Opens a case: with what it is about, and with the event that it begins with. */
export interface OpenCase {
  readonly name: 'open';
  /** Left out: the first of the events that can open this kind of case. */
  readonly type?: string | undefined;
  readonly occurredAt: OccurredAt;
  readonly statedBy?: StatedBy | undefined;
  /** The opening particulars, with the person, as in the body of the request; checked by `decide`. */
  readonly particulars: Readonly<Record<string, unknown>>;
  /** Further data of the opening event. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Records an event of an open case. */
export interface RecordEvent {
  readonly name: 'record';
  readonly type: string;
  readonly occurredAt: OccurredAt;
  readonly statedBy?: StatedBy | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

export type CaseCommand = OpenCase | RecordEvent;

/** What a decision needs to know besides the case. */
export interface CaseContext {
  readonly now: Instant;
  readonly recordedBy: Recorder;
  /** The id that the event will have. */
  readonly eventId: string;
  /** For `merged`: the case that it names, if there is one. */
  readonly other?: OtherCase | undefined;
}
