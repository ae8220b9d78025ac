import canonicalize from 'canonicalize';
import { LRUCache } from 'lru-cache';
import { mayRecord, maySee } from '../../domain/case/access.ts';
import type { CaseCommand, CaseContext } from '../../domain/case/commands.ts';
import { caseDecider } from '../../domain/case/decide.ts';
import { type CaseEvent, splitData } from '../../domain/case/events.ts';
import { type CaseHistory, foldHistory, type RecordedCaseEvent } from '../../domain/case/history.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Recorder } from '../../domain/kernel/event.ts';
import type { Refusal } from '../../domain/kernel/refusal.ts';
import { fail, ok, type Result } from '../../domain/kernel/result.ts';
import type { Instant } from '../../domain/kernel/time.ts';
import { encodeCaseEvent, type Origin } from '../event-log/codec.ts';
import { type Appended, type EventLog, type Position, RevisionConflict } from '../event-log/port.ts';
import { fingerprint } from '../sealing/cipher.ts';
import type { DataKey, Vault } from '../sealing/vault.ts';
import { deriveUuid } from './ids.ts';
import { type LoadedCase, loadCase, NO_CASE, revisionOf, withCommand } from './loaded-case.ts';
import { caseStream } from './streams.ts';

/** Who sends a command, and under which id it can be repeated. */
export interface Envelope {
  /** The same command has the same id, however often and to whichever node it is sent. */
  readonly commandId: string;
  readonly recordedBy: Recorder;
  readonly correlationId: string;
  /** The revision that the sender has seen; another one refuses the command. */
  readonly expectedRevision?: number | undefined;
  /** Only of an import: when it was recorded at first, and the id that its event had. */
  readonly imported?: { readonly recordedAt: Instant; readonly eventId: string } | undefined;
}

export interface CommandAnswer {
  readonly caseId: string;
  /** The open history as it was right after the command. */
  readonly history: CaseHistory & { readonly state: CaseState };
  readonly position: Position;
  /** The command had been carried out before; nothing was written now. */
  readonly repeated: boolean;
}

export type CommandFailure =
  /** There is no such case, or none for this sender. */
  | { readonly reason: 'not-found' }
  /** The sender sees the case, but may not record events of it. */
  | { readonly reason: 'not-allowed' }
  | { readonly reason: 'refused'; readonly refusals: readonly Refusal[] }
  /** The case has gone on since the sender saw it. */
  | { readonly reason: 'stale'; readonly expected: number; readonly actual: number }
  /** The same command id came with another content before. */
  | { readonly reason: 'command-id-reused' }
  /** Others kept writing the case; nothing was written. Worth another try. */
  | { readonly reason: 'contended' };

export interface CaseCommands {
  /** Throws what the event log throws: LogUnavailable (the outcome is unknown; send it again), LogOverloaded, EventTooLarge. */
  execute(caseId: string, command: CaseCommand, envelope: Envelope): Promise<Result<CommandAnswer, CommandFailure>>;
}

/** What an append adds to the events that were decided. */
interface Recording {
  readonly key: DataKey;
  readonly print: string;
  readonly now: Instant;
  readonly recordedAt: Instant;
  readonly eventId: string;
}

const CASES_AT_HAND = 10_000;
/** Of writers that race for one case one wins each time; so many are let lose so often. */
const ATTEMPTS = 32;

/** What came of one try; `behind` where the case had gone on, and nothing was written. */
type Attempt = Result<CommandAnswer, CommandFailure> | 'behind';

/** Load, decide, append; when somebody else was faster, once more from the start. */
export const createCaseCommands = ({
  log,
  vault,
  clock,
}: {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly clock: () => Date;
}): CaseCommands => {
  const atHand = new LRUCache<string, LoadedCase>({ max: CASES_AT_HAND });

  const load = async (caseId: string): Promise<LoadedCase> => {
    const loaded = loadCase(await log.readStream(caseStream(caseId)));
    if (loaded !== NO_CASE) atHand.set(caseId, loaded);
    return loaded;
  };

  /**
   * A new case is decided without reading first: its id is derived from the command, so if it is there, the append finds out. (An
   * import brings its ids along, whatever the content, so it looks first.)
   * A case at hand may be behind what another node wrote; the append finds that out as well. Only what fails before it comes to
   * an append is looked at again in the log.
   */
  const begin = async (caseId: string, command: CaseCommand, envelope: Envelope): Promise<LoadedCase> =>
    atHand.get(caseId) ?? (command.name === 'open' && envelope.imported === undefined ? NO_CASE : load(caseId));

  const execute: CaseCommands['execute'] = async (caseId, command, envelope) => {
    const body = canonicalize(command) as string;
    let loaded = await begin(caseId, command, envelope);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const tried = await attemptOnce(caseId, command, envelope, body, loaded);
      if (tried !== 'behind' && (tried.ok || attempt > 0)) return tried;
      atHand.delete(caseId);
      loaded = await load(caseId);
    }
    return fail({ reason: 'contended' });
  };

  const attemptOnce = async (
    caseId: string,
    command: CaseCommand,
    envelope: Envelope,
    body: string,
    loaded: LoadedCase,
  ): Promise<Attempt> => {
    const { state } = loaded.history;
    if (state === undefined && command.name === 'record') return fail({ reason: 'not-found' });
    const forbidden = forbiddenTo(envelope, command, state);
    if (forbidden !== undefined) return fail(forbidden);
    if (loaded.keyId !== undefined) {
      return attemptWith(await vault.find(loaded.keyId), caseId, command, envelope, body, loaded);
    }
    const key = await vault.take();
    const tried = await attemptWith(key, caseId, command, envelope, body, loaded);
    // Where the outcome is unknown, that throws, and the key is not used for another case.
    if (tried === 'behind' || !tried.ok) vault.giveBack(key);
    return tried;
  };

  const attemptWith = async (
    key: DataKey,
    caseId: string,
    command: CaseCommand,
    envelope: Envelope,
    body: string,
    loaded: LoadedCase,
  ): Promise<Attempt> => {
    const print = fingerprint(key.key, body);
    const written = loaded.commands.get(envelope.commandId);
    if (written !== undefined) {
      if (written.fingerprint !== print) return fail({ reason: 'command-id-reused' });
      return ok(
        answer(caseId, foldHistory(loaded.history.recorded.slice(0, written.revision + 1)), written.position, true),
      );
    }

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
    const context: CaseContext = {
      now: recordedAt,
      eventId,
      recordedBy: envelope.recordedBy,
      other: await lookUpOther(caseId, command, envelope.recordedBy),
    };
    const decision = caseDecider.decide(command, loaded.history, context);
    if (!decision.ok) return fail({ reason: 'refused', refusals: decision.error });
    return append(caseId, decision.value, envelope, { key, print, now, recordedAt, eventId }, loaded);
  };

  const append = async (
    caseId: string,
    events: readonly CaseEvent[],
    envelope: Envelope,
    { key, print, now, recordedAt, eventId }: Recording,
    loaded: LoadedCase,
  ): Promise<Attempt> => {
    const stream = caseStream(caseId);
    const origin: Origin = {
      recordedAt,
      importedAt: envelope.imported && now,
      recordedBy: envelope.recordedBy,
      commandId: envelope.commandId,
      fingerprint: print,
      correlationId: envelope.correlationId,
      causationId: envelope.commandId,
    };
    const ids = events.map((_, index) => (index === 0 ? eventId : deriveUuid(eventId, String(index))));
    let appended: Appended;
    try {
      const encoded = events.map((event, index) => encodeCaseEvent(stream, ids[index] as string, event, origin, key));
      appended = await log.append(stream, revisionOf(loaded), encoded);
    } catch (error) {
      if (error instanceof RevisionConflict) return 'behind';
      atHand.delete(caseId);
      throw error;
    }
    const recorded = events.map((event, index) =>
      asRecorded(event, ids[index] as string, loaded.history.recorded.length + index, origin),
    );
    const command = { fingerprint: print, revision: appended.revision, position: appended.position };
    const extended = withCommand(loaded, recorded, envelope.commandId, command, key.id);
    atHand.set(caseId, extended);
    return ok(answer(caseId, extended.history, appended.position, false));
  };

  /** What a command names outside of its own stream is looked up before it is decided. */
  const lookUpOther = async (caseId: string, command: CaseCommand, viewer: Recorder): Promise<CaseContext['other']> => {
    if (command.name !== 'record' || command.type !== 'merged') return undefined;
    const { into } = command.data;
    if (typeof into !== 'string') return undefined;
    const { state } = (await load(into)).history;
    const visible = state !== undefined && maySee(viewer, state);
    return { caseId: into, state: visible ? state : undefined, isItself: into === caseId };
  };

  return { execute };
};

/** The event as a fold of open events has it, right after it was written. */
const asRecorded = (event: CaseEvent, id: string, revision: number, origin: Origin): RecordedCaseEvent =>
  ({
    ...event,
    statedBy: event.statedBy && { office: event.statedBy.office },
    data: splitData(event.type, event.data).open,
    id,
    revision,
    recordedAt: origin.recordedAt,
    recordedBy: origin.recordedBy,
  }) as RecordedCaseEvent;

const forbiddenTo = (
  { recordedBy, imported }: Envelope,
  command: CaseCommand,
  state: CaseState | undefined,
): CommandFailure | undefined => {
  if (imported !== undefined) return undefined;
  if (state === undefined) {
    const kind = command.name === 'open' ? command.particulars.kind : undefined;
    return mayRecord(recordedBy, kind as CaseState['kind']) ? undefined : { reason: 'not-allowed' };
  }
  if (!maySee(recordedBy, state)) return { reason: 'not-found' };
  return mayRecord(recordedBy, state.kind) ? undefined : { reason: 'not-allowed' };
};

const answer = (caseId: string, history: CaseHistory, position: Position, repeated: boolean): CommandAnswer => {
  if (history.state === undefined) throw new Error(`case ${caseId} was written and has no state`);
  return { caseId, history: { ...history, state: history.state }, position, repeated };
};
