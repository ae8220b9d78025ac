import canonicalize from 'canonicalize';
import type { Recorder } from '../../domain/kernel/event.ts';
import { foldHistory, type History, type RecordedEvent } from '../../domain/kernel/fold.ts';
import type { Command, Context, EffectiveEvent, RecordState } from '../../domain/kernel/record.ts';
import type { Refusal } from '../../domain/kernel/refusal.ts';
import { fail, ok, type Result } from '../../domain/kernel/result.ts';
import { type StreamKind, streamOf } from '../../domain/kernel/stream-kind.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import { deriveUuid } from '../derived-id.ts';
import type { EventLog, Position } from '../event-log/port.ts';
import { fingerprint } from '../sealing/cipher.ts';
import { type DataKey, findUnlessDestroyed } from '../sealing/key-ring.ts';
import type { Vault } from '../sealing/vault.ts';
import { createAppending } from './appending.ts';
import { idAfter } from './ids.ts';
import { type LoadedRecord, NO_RECORD, revisionOf } from './loaded-record.ts';
import { createNamedRecords } from './named-records.ts';
import type { Records } from './records.ts';
import { createTurns } from './turns.ts';

/** Who sends a command, and under which id it can be repeated. */
export interface Envelope {
  /** The same command has the same id, however often and to whichever node it is sent. */
  readonly commandId: string;
  readonly recordedBy: Recorder;
  readonly correlationId: string;
  /** The event that this follows on, of a command that the ledger gives itself; left out: the command. */
  readonly causationId?: string | undefined;
  /** The revision that the sender has seen; another one refuses the command. */
  readonly expectedRevision?: number | undefined;
  /** The key that takes the place of the one under which the record is sealed; left out: that one. */
  readonly sealUnder?: string | undefined;
  /** Only of an import: when it was recorded at first, and the id that its event had. */
  readonly imported?: { readonly recordedAt: Instant; readonly eventId: string } | undefined;
}

export interface CommandAnswer<State, E, R = RecordedEvent> {
  readonly id: string;
  /** The open history as it was right after the command. */
  readonly history: History<State, E, R> & { readonly state: State };
  readonly position: Position;
  /** The command had been carried out before; nothing was written now. */
  readonly repeated: boolean;
}

export type CommandFailure =
  /** There is no such record, or none for this sender. */
  | { readonly reason: 'not-found' }
  /** The sender sees the record, but may not record events of it. */
  | { readonly reason: 'not-allowed' }
  | { readonly reason: 'refused'; readonly refusals: readonly Refusal[] }
  /** The record has gone on since the sender saw it. */
  | { readonly reason: 'stale'; readonly expected: number; readonly actual: number }
  /** The same command id came with another content before; or, where what it said then is `erased` by order, that cannot be told any more. */
  | { readonly reason: 'command-id-reused'; readonly erased?: true }
  /** Others kept writing the record; nothing was written. Worth another try. */
  | { readonly reason: 'contended' };

/** The commands of one kind of records. */
export interface Commands<State, E, R = RecordedEvent> {
  /** Throws what the event log throws: LogUnavailable (the outcome is unknown; send it again), LogOverloaded, EventTooLarge. */
  execute(
    id: string,
    command: Command,
    envelope: Envelope,
  ): Promise<Result<CommandAnswer<State, E, R>, CommandFailure>>;
}

/** Of nodes that race for one record one wins each time; one that loses so often lets go. */
const ATTEMPTS = 32;

/** Longer than an append takes by far. Of those that go ahead all the same the log lets one win. */
const PATIENCE_MS = 1_000;

/** A command on its way, with its canonical text, by which a repeated one is known. */
interface Order {
  readonly id: string;
  readonly command: Command;
  readonly envelope: Envelope;
  readonly body: string;
}

/** What came of one try; `behind` where the record had gone on, and nothing was written. */
type Attempt<State, E, R> = Result<CommandAnswer<State, E, R>, CommandFailure> | 'behind';

/** What came of a command; `elsewhere` where the record that stands there leaves room for the one that is opened. */
type Outcome<State, E, R> = Exclude<Attempt<State, E, R>, 'behind'> | 'elsewhere';

export interface CommandDependencies {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly clock: () => Date;
  readonly records: Records;
  /** For how long a command may keep those that come after it to the same record; left out: a second. */
  readonly patienceMs?: number;
}

/** Load, decide, append; when somebody else was faster, once more from the start. */
export const createCommands = <State extends RecordState, E extends EffectiveEvent, R extends RecordedEvent>(
  kind: StreamKind<State, E, R>,
  { log, vault, clock, records, patienceMs = PATIENCE_MS }: CommandDependencies,
): Commands<State, E, R> => {
  type Loaded = LoadedRecord<State, E, R>;
  const { rules, decider } = kind;
  const named = createNamedRecords(kind, { log, records, vault });
  const append = createAppending(kind, { log, records, named });
  // Each decides by what the one before has written, and none of this process finds that another was faster.
  const inTurn = createTurns(patienceMs);

  /**
   * A new record is decided without reading first: its id is derived from the command, so if it is there, the append finds out. (An
   * import brings its ids along, whatever the content, so it looks first.)
   * A record at hand may be behind what another node wrote; the append finds that out as well. Only what fails before it comes to
   * an append is looked at again in the log.
   */
  const begin = async (id: string, command: Command, envelope: Envelope): Promise<Loaded> =>
    records.atHand(kind, id) ??
    (command.name === 'open' && envelope.imported === undefined ? NO_RECORD : records.load(kind, id));

  const execute: Commands<State, E, R>['execute'] = async (id, command, envelope) => {
    for (let place = id; ; place = idAfter(place)) {
      const outcome = await inTurn(streamOf(kind, place), () => executeAt(place, command, envelope));
      if (outcome !== 'elsewhere') return outcome;
    }
  };

  const executeAt = async (id: string, command: Command, envelope: Envelope): Promise<Outcome<State, E, R>> => {
    const order: Order = { id, command, envelope, body: canonicalize(command) as string };
    let loaded = await begin(id, command, envelope);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const tried = await attemptOnce(order, loaded);
      if (tried !== 'behind' && (attempt > 0 || (tried !== 'elsewhere' && tried.ok))) return tried;
      loaded = await records.load(kind, id, loaded);
    }
    return fail({ reason: 'contended' });
  };

  const attemptOnce = async (order: Order, loaded: Loaded): Promise<Attempt<State, E, R> | 'elsewhere'> => {
    const { command, envelope } = order;
    const { state } = loaded.history;
    const beside = state && openBeside(order, loaded, state);
    if (beside !== undefined) return beside;
    if (state === undefined && command.name === 'record') return fail({ reason: 'not-found' });
    // One that was carried out gets its first answer again, also where what it did ended its sender's right: its id is of that sender alone.
    const forbidden = loaded.commands.has(envelope.commandId) ? undefined : forbiddenTo(kind, envelope, command, state);
    if (forbidden !== undefined) return fail(forbidden);
    const keyId = envelope.sealUnder ?? loaded.keyId;
    // A record at hand may be from before its key was destroyed, and one that was annulled goes on under no other.
    if (keyId !== undefined) return attemptWith(await vault.inPlaceOf(keyId), order, loaded);
    const key = await vault.take();
    const tried = await attemptWith(key, order, loaded);
    // Where the outcome is unknown, that throws, and the key is not used for another record.
    if (tried === 'behind' || !tried.ok) vault.giveBack(key);
    return tried;
  };

  /** What comes of the opening of a record where one stands that others have opened; undefined where that is not so. */
  const openBeside = (
    { command, envelope }: Order,
    { commands }: Loaded,
    state: State,
  ): Outcome<State, E, R> | undefined => {
    const { identity } = kind;
    const { commandId, imported } = envelope;
    if (identity === undefined || command.name !== 'open' || imported !== undefined || commands.has(commandId)) {
      return undefined;
    }
    const forbidden = forbiddenTo(kind, envelope, command, undefined);
    if (forbidden !== undefined) return fail(forbidden);
    const taken = identity.taken(state);
    return taken === undefined ? 'elsewhere' : fail({ reason: 'refused', refusals: [taken] });
  };

  const attemptWith = async (
    key: DataKey,
    { id, command, envelope, body }: Order,
    loaded: Loaded,
  ): Promise<Attempt<State, E, R>> => {
    const written = loaded.commands.get(envelope.commandId);
    if (written !== undefined) {
      const itsKey = written.keyId === key.id ? key : await findUnlessDestroyed(vault, written.keyId);
      if (itsKey === undefined) return fail({ reason: 'command-id-reused', erased: true });
      if (written.fingerprint !== fingerprint(itsKey.key, body)) return fail({ reason: 'command-id-reused' });
      return ok(
        answer(id, foldHistory(rules, loaded.history.recorded.slice(0, written.revision + 1)), written.position, true),
      );
    }
    const print = fingerprint(key.key, body);

    const { expectedRevision } = envelope;
    const revision = revisionOf(loaded);
    if (expectedRevision !== undefined && expectedRevision !== revision) {
      const actual = revision === 'no-stream' ? -1 : revision;
      return fail({ reason: 'stale', expected: expectedRevision, actual });
    }

    const now = clock().toISOString();
    const { imported } = envelope;
    if (imported !== undefined && imported.recordedAt > now) {
      // What was known then is told by the latest `recordedAt` so far: one that is ahead would hide all that comes after it.
      const message = `${imported.recordedAt} is in the future; it is ${now} now`;
      return fail({ reason: 'refused', refusals: [{ code: 'in-the-future', message, pointer: '/recordedAt' }] });
    }
    // What is imported could not know more than was known when it was recorded.
    const recordedAt = imported?.recordedAt ?? now;
    const eventId = imported?.eventId ?? deriveUuid('event', envelope.commandId, print);
    const context: Context = {
      now: recordedAt,
      eventId,
      recordedBy: envelope.recordedBy,
      others: await named.lookUp(id, command, envelope),
    };
    const decision = decider.decide(command, loaded.history, context);
    if (!decision.ok) return fail({ reason: 'refused', refusals: decision.error });
    const appended = await append(id, decision.value, envelope, { key, print, now, recordedAt, eventId }, loaded);
    return appended === 'behind' ? 'behind' : ok(answer(id, appended.record.history, appended.position, false));
  };

  return { execute };
};

const forbiddenTo = <State extends RecordState, E extends EffectiveEvent>(
  { maySee, mayOpen, mayRecord }: Pick<StreamKind<State, E>, 'maySee' | 'mayOpen' | 'mayRecord'>,
  { recordedBy, imported }: Envelope,
  command: Command,
  state: State | undefined,
): CommandFailure | undefined => {
  if (imported !== undefined) return undefined;
  if (state === undefined) {
    const particulars = command.name === 'open' ? command.particulars : {};
    return mayOpen(recordedBy, particulars) ? undefined : { reason: 'not-allowed' };
  }
  if (!maySee(recordedBy, state)) return { reason: 'not-found' };
  return mayRecord(recordedBy, state) ? undefined : { reason: 'not-allowed' };
};

const answer = <State, E, R>(
  id: string,
  history: History<State, E, R>,
  position: Position,
  repeated: boolean,
): CommandAnswer<State, E, R> => {
  if (history.state === undefined) throw new Error(`record ${id} was written and has no state`);
  return { id, history: { ...history, state: history.state }, position, repeated };
};
