import {
  EMPTY_HISTORY,
  extendHistory,
  foldHistory,
  type History,
  type RecordedEvent,
} from '../../domain/kernel/fold.ts';
import type { EffectiveEvent, RecordState, Rules } from '../../domain/kernel/record.ts';
import { decodeEvent } from '../event-log/codec.ts';
import type { LoggedEvent, Position } from '../event-log/port.ts';

/** What was written by one command: found again by its id when the command is repeated. */
export interface WrittenCommand {
  readonly fingerprint: string;
  /** The key of the fingerprint: with it goes what the command said. */
  readonly keyId: string;
  /** Revision and position of its last event. */
  readonly revision: number;
  readonly position: Position;
}

/** A record as the command handler holds it: its open history, and the commands that made it. */
export interface LoadedRecord<State, E, R> {
  readonly history: History<State, E, R>;
  readonly commands: ReadonlyMap<string, WrittenCommand>;
  /** The key under which its latest event is sealed, and what comes; undefined where there is no record. */
  readonly keyId: string | undefined;
}

export const NO_RECORD: LoadedRecord<never, never, never> = {
  history: EMPTY_HISTORY,
  commands: new Map(),
  keyId: undefined,
};

export const revisionOf = ({ history }: LoadedRecord<unknown, unknown, unknown>): number | 'no-stream' =>
  history.recorded.length === 0 ? 'no-stream' : history.recorded.length - 1;

/** The record with what came after it in its stream; of NO_RECORD, with all events of the stream. */
export const withLogged = <State extends RecordState, E extends EffectiveEvent, R extends RecordedEvent>(
  rules: Rules<State, E>,
  loaded: LoadedRecord<State, E, R>,
  logged: readonly LoggedEvent[],
): LoadedRecord<State, E, R> => {
  if (logged.length === 0) return loaded;
  const decoded = logged.map((event) => decodeEvent<R>(event));
  const commands = new Map(loaded.commands);
  for (const [index, { event, metadata }] of decoded.entries()) {
    const position = (logged[index] as LoggedEvent).position;
    const { commandId, fingerprint, keyId } = metadata;
    commands.set(commandId, { fingerprint, keyId, revision: event.revision, position });
  }
  const recorded = [...loaded.history.recorded, ...decoded.map(({ event }) => event)];
  return { history: foldHistory(rules, recorded), commands, keyId: decoded.at(-1)?.metadata.keyId };
};

/** The record with what a command has just added to it. */
export const withCommand = <State extends RecordState, E extends EffectiveEvent, R extends RecordedEvent>(
  rules: Rules<State, E>,
  loaded: LoadedRecord<State, E, R>,
  events: readonly R[],
  commandId: string,
  command: WrittenCommand,
): LoadedRecord<State, E, R> => ({
  history: events.reduce((history, event) => extendHistory(rules, history, event), loaded.history),
  commands: new Map(loaded.commands).set(commandId, command),
  keyId: command.keyId,
});
