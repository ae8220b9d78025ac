import type { z } from 'zod';
import type { Viewer } from './access.ts';
import type { Claims } from './claims.ts';
import type { RegisterContribution } from './contribution.ts';
import type { Fields } from './event.ts';
import type { EntriesOfOthers, EventShape } from './event-shapes.ts';
import type { Input } from './input.ts';
import type { AnyLifecycle, EffectiveEvent, Guard, RecordState } from './record.ts';
import type { NamingFields } from './reference.ts';
import type { Refusal } from './refusal.ts';
import type { Side } from './sides.ts';
import type { StreamKind } from './stream-kind.ts';

/**
 * A register is a kind of records of which the ledger keeps what they were opened with, what later events set anew, and what they add
 * to lists. It is described by a table; rules, shapes, documents and routes are made from it.
 */
export interface Register {
  /** Its streams are `<category>-<id>`. */
  readonly category: string;
  /** What one of them is called in sentences, and several. */
  readonly noun: string;
  readonly plural: string;
  /** Where they are, after `/v1/`, and where the list of them is; left out: by the plural. */
  readonly path?: string;
  readonly listPath?: string;
  /** What it is opened with: open fields, which lists are filtered by, and sealed ones. */
  readonly opening: {
    readonly type: string;
    readonly open: z.ZodRawShape;
    readonly sealed: z.ZodRawShape;
    readonly entries?: EntriesOfOthers;
  };
  /**
   * Fields of the opening of which two records that stand have not the same, the one to be named first; `fixed` lets none of them be
   * corrected. Left out: any two may be alike.
   */
  readonly identifiedBy?: readonly string[];
  /** The events that may follow, by their stored names. */
  readonly events: Readonly<Record<string, RegisterEvent>>;
  readonly lifecycle: AnyLifecycle;
  /** The sides that a role of the table means, besides `either`. */
  readonly sidesOf: (state: RegisterState, role: string) => readonly Side[];
  /** Its records are there for everybody with an account; the offices of a record are then those that write it. Left out: for its offices alone. */
  readonly forEverybody?: true;
  /** The offices that are let in by the opening, besides the one that opens it. */
  readonly letIn: (opening: Fields) => readonly string[];
  readonly guards?: Readonly<Record<string, Guard<RegisterState, EffectiveEvent>>>;
  /** What else must hold of what one is opened with, as it is sent; undefined where it does. */
  readonly checkOpening?: (particulars: Fields) => Refusal | undefined;
  /** Why an event may not be annulled now; see `Rules`. */
  readonly kept?: (state: RegisterState, event: EffectiveEvent) => string | undefined;
  /** Why a correction may not change a field: `changes` as they are sent, to an event of which only the open fields are known. */
  readonly fixed?: (event: EffectiveEvent, changes: Fields) => Refusal | undefined;
  /** What else must hold of an event; only its open fields are always there. */
  readonly check?: (state: RegisterState, event: EffectiveEvent) => readonly (Refusal | undefined)[];
  /** Whether one who works on records and sees this one may read what is sealed of it. */
  readonly maySeeSealed: (viewer: Viewer, entries: Fields) => boolean;
  /** How many events can be added to each of its lists, which are shown whole with their record. Left out: 200. */
  readonly longestList?: number;
  /** Version of the shapes in which its events are stored, from 1, and how earlier ones are lifted; see `StreamKind`. */
  readonly schemaVersion?: number;
  readonly upcast?: StreamKind<RegisterState, EffectiveEvent>['upcast'];
  /** Fields with ids of other records, which must be there. */
  readonly names?: NamingFields;
  /** Events that let go of what they name: it need not be there any more. */
  readonly letGo?: readonly string[];
  /** Fields of events with the date of something that had been done when the event happened. */
  readonly datesBefore?: readonly string[];
  /** What lists are filtered by besides the status: each with the values that can be asked for ... */
  readonly filters: Readonly<Record<string, z.ZodType<string, string>>>;
  /** ... and with those that a record has. */
  readonly references: (entries: Fields, state: RegisterState) => Readonly<Record<string, readonly string[]>>;
  /** What a record contributes to figures, unless it was annulled; see counting/figures.ts. Left out: nothing. */
  readonly contributes?: (entries: Fields, state: RegisterState) => readonly RegisterContribution[];
  /** What documents show that is worked out from the entries. */
  readonly derived?: Derived;
  /** Fields of the opening of which sources may differ; see claims.ts. Claims are there for everybody, as their records must be. */
  readonly claimable?: readonly string[];
}

/** What a document shows that follows from its entries: it is worked out when the document is made, and stored nowhere else. */
export interface Derived {
  readonly fields: z.ZodRawShape;
  readonly of: (entries: Fields, state: RegisterState) => Fields;
  /** Entries that `fields` tell in a better way, and that are not shown themselves. */
  readonly insteadOf: readonly string[];
}

export interface RegisterEvent {
  readonly shape: EventShape;
  readonly effect: Effect;
}

/** What becomes of the fields of an event: they take the place of earlier ones, are added to a list, or change entries in a way of their own. */
export type Effect =
  | 'none'
  | 'sets'
  | { readonly addsTo: string }
  | { readonly changes: (entries: Fields, event: EffectiveEvent) => Fields };

export interface RegisterState extends RecordState {
  readonly entries: Fields;
  /** The office whose word opened it; the one that recorded it unless another stated it. */
  readonly openedBy: string;
  /** The event that opened it. */
  readonly openingId: string;
  readonly claims?: Claims | undefined;
}

/** A register with what is made from its table. */
export interface RegisterKind extends StreamKind<RegisterState, EffectiveEvent> {
  readonly register: Register;
  readonly input: Input;
  /** What one is opened with, as it is to be sent. */
  readonly openSchema: z.ZodObject;
  readonly documentSchema: z.ZodObject;
  /** Every status in which one can be seen. */
  readonly statuses: readonly string[];
  /** A record as it is shown; of what is sealed only what the state was folded from. */
  readonly document: (id: string, revision: number, state: RegisterState) => Fields;
}
