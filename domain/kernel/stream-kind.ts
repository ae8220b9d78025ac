import type { Viewer } from './access.ts';
import type { Decider } from './decider.ts';
import type { Event, Fields } from './event.ts';
import type { History, RecordedEvent } from './fold.ts';
import type { Identity } from './identity.ts';
import type { Sent } from './output.ts';
import type { Command, Context, EffectiveEvent, RecordState, Rules } from './record.ts';

/** One kind of streams of the log, and of what the ledger keeps in them: how it is decided on, stored and seen. */
export interface StreamKind<
  State extends RecordState,
  E extends EffectiveEvent,
  R extends RecordedEvent = RecordedEvent,
> {
  /** Each of its streams is `<category>-<id>`. */
  readonly category: string;
  readonly rules: Rules<State, E>;
  readonly decider: Decider<History<State, E, R>, Command, Event<string, Fields>, Context>;
  /** The version of the shapes in which its events are written now. */
  readonly schemaVersion: number;
  /** Lifts the type and the open data of an event of an earlier version to the shapes of today. */
  readonly upcast: (type: string, version: number, open: Fields) => { readonly type: string; readonly open: Fields };
  /** The content of an unsealed event as it was sent in. */
  readonly sentData: (event: R) => Sent;
  /** How records of the kind are told apart; undefined where any two may be alike. */
  readonly identity?: Identity<State> | undefined;
  /** Whether the record is there for somebody at all. */
  readonly maySee: (viewer: Viewer, state: State) => boolean;
  /** Whether somebody whose role works on records may open one of these. */
  readonly mayOpen: (viewer: Viewer, particulars: Fields) => boolean;
  /** Whether somebody who sees the record may record events of it. */
  readonly mayRecord: (viewer: Viewer, state: State) => boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: a kind of whatever state and events
export type AnyStreamKind = StreamKind<any, any, any>;

/** The stream of a record. */
export const streamOf = ({ category }: Pick<AnyStreamKind, 'category'>, id: string): string => `${category}-${id}`;

/** The type and the open data of a stored event in the shapes of today. Throws where a newer program has written it. */
export const lift = (
  { category, schemaVersion, upcast }: AnyStreamKind,
  type: string,
  version: number,
  open: Fields,
): { readonly type: string; readonly open: Fields } => {
  if (version > schemaVersion) {
    throw new Error(
      `${type} was written in version ${version} of the ${category} events; this program knows ${schemaVersion}`,
    );
  }
  return upcast(type, version, open);
};
