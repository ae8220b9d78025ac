import type { Event, Fields, Recorder, Recording, StatedBy } from './event.ts';
import type { EventShapes } from './event-shapes.ts';
import type { OpeningShape } from './input.ts';
import type { Lifecycle, Standing } from './lifecycle.ts';
import type { OtherRecord, Reference } from './reference.ts';
import type { Refusal } from './refusal.ts';
import type { Result } from './result.ts';
import type { Side } from './sides.ts';
import type { Instant, OccurredAt } from './time.ts';

/**
 * A record is one thing that the ledger keeps, each in a stream of its own: a case, a request, an agreement. What follows on what is
 * a lifecycle table; `Rules` say what is particular to a kind of records, and the rest of the kernel does with them what is the same
 * for all: it decides, folds, puts right, and tells what may come next.
 */
export interface RecordState<Status extends string = string> {
  readonly standing: Standing<Status>;
  /** The office that opened it. */
  readonly office: string;
  /** Offices that were let in later. */
  readonly sharedWith: readonly string[];
  readonly openedAt: OccurredAt;
  /** When what gave it its status happened. */
  readonly since: OccurredAt;
  /** The latest time of all its events; what follows cannot have happened before it. */
  readonly latestAt: OccurredAt;
  /** Whose word that was. */
  readonly latestBy: Side;
}

/** An event of the effective history of whatever kind of record. */
export type EffectiveEvent = Event<string, Fields> & Recording & { readonly correctedBy: readonly string[] };

/** A table of whatever vocabulary. */
export type AnyLifecycle = Lifecycle<string, string, string, string>;

/** Opens a record: with what it is about, and with the event that it begins with. */
export interface OpenRecord {
  readonly name: 'open';
  /** Left out: the first of the events that can open it. */
  readonly type?: string | undefined;
  readonly occurredAt: OccurredAt;
  readonly statedBy?: StatedBy | undefined;
  /** What it is about, as in the body of the request; checked by `decide`. */
  readonly particulars: Fields;
  /** Further data of the opening event. */
  readonly data: Fields;
}

/** Records an event of a record that is open. */
export interface RecordEvent {
  readonly name: 'record';
  readonly type: string;
  readonly occurredAt: OccurredAt;
  readonly statedBy?: StatedBy | undefined;
  readonly data: Fields;
}

export type Command = OpenRecord | RecordEvent;

/** What a decision needs to know besides the record. */
export interface Context {
  readonly now: Instant;
  readonly recordedBy: Recorder;
  /** The id that the event will have. */
  readonly eventId: string;
  /** The records that the command names; see `Rules.named`. */
  readonly others?: readonly OtherRecord[] | undefined;
}

export interface Guarded<State, E> {
  /** The record before the event. */
  readonly state: State;
  readonly event: E;
  /** What the command names, and what was found by it; left out when a history is checked that was accepted before. */
  readonly references?: readonly Reference[];
  readonly others?: readonly OtherRecord[] | undefined;
}

/** What must be on record, or hold of an event, before a row of a lifecycle table lets it through. */
export type Guard<State, E> = (guarded: Guarded<State, E>) => Refusal | undefined;

/** A record as it is opened, checked: what it is called, the events that can open it, and the data that the opening adds. */
export interface Opening {
  readonly noun: string;
  readonly types: readonly string[];
  readonly data: Fields;
}

export interface DateInEvent {
  readonly pointer: string;
  readonly time: string | undefined;
}

/** What is particular to one kind of records. */
export interface Rules<State extends RecordState, E extends EffectiveEvent> {
  /** What a record of the kind is called where nothing is known of it yet. */
  readonly noun: string;
  readonly shapes: EventShapes;
  readonly opening: OpeningShape;
  readonly parseOpening: (command: OpenRecord) => Result<Opening, readonly Refusal[]>;
  /** The record as its opening event describes it, apart from what every record has; `sharedWith` where others are let in at once. */
  readonly particularsOf: (event: E) => Omit<State, keyof RecordState> & Partial<Pick<RecordState, 'sharedWith'>>;
  /** What such a record is called, such as `fugitive case`. */
  readonly nounOf: (state: State) => string;
  readonly lifecycleOf: (state: State) => AnyLifecycle;
  /** The sides that a role of the table means. */
  readonly sidesOf: (state: State, role: string) => readonly Side[];
  readonly guards: Readonly<Record<string, Guard<State, E>>>;
  /** What else must hold of an event. */
  readonly check: (state: State, event: E) => readonly (Refusal | undefined)[];
  /** Dates in an event of what had been done when it happened. */
  readonly datesBefore: (event: E) => readonly DateInEvent[];
  /** What an event changes besides the status. */
  readonly effectOf: (state: State, event: E) => Partial<State>;
  /** Events that are a matter of now, between records as they stand: they are not brought in late. */
  readonly presentOnly: readonly string[];
  /** Why an event may not be annulled now, of the whole record where it is that which opened it; undefined where it may. */
  readonly kept?: ((state: State, event: E) => string | undefined) | undefined;
  /** Why a correction may not change a field; undefined where it may. */
  readonly fixed: (event: E, changes: Fields) => Refusal | undefined;
  /** Other records that a command names, of whichever kind: they are looked up, and must be there. */
  readonly named: (command: Command) => readonly Reference[];
  /**
   * Of events that name other records in what is sealed: by their types, and the ids of those that are named now as an event of a type would
   * name one. The history is unsealed as far as these events go.
   */
  readonly namedInSealed?: {
    readonly types: readonly string[];
    readonly of: (type: string, effective: readonly E[]) => readonly string[];
  };
}
