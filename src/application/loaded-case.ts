import {
  type CaseHistory,
  EMPTY_HISTORY,
  extendHistory,
  foldHistory,
  type RecordedCaseEvent,
} from '../../domain/case/history.ts';
import { decodeCaseEvent } from '../event-log/codec.ts';
import type { LoggedEvent, Position } from '../event-log/port.ts';

/** What was written by one command: found again by its id when the command is repeated. */
export interface WrittenCommand {
  readonly fingerprint: string;
  /** Revision and position of its last event. */
  readonly revision: number;
  readonly position: Position;
}

/** A case as the command handler holds it: its open history, and the commands that made it. */
export interface LoadedCase {
  readonly history: CaseHistory;
  readonly commands: ReadonlyMap<string, WrittenCommand>;
  /** The key under which the case is sealed; undefined where there is no case. */
  readonly keyId: string | undefined;
}

export const NO_CASE: LoadedCase = { history: EMPTY_HISTORY, commands: new Map(), keyId: undefined };

export const revisionOf = ({ history }: LoadedCase): number | 'no-stream' =>
  history.recorded.length === 0 ? 'no-stream' : history.recorded.length - 1;

/** Folds a case from all events of its stream. */
export const loadCase = (logged: readonly LoggedEvent[]): LoadedCase => {
  if (logged.length === 0) return NO_CASE;
  const decoded = logged.map(decodeCaseEvent);
  const commands = new Map<string, WrittenCommand>();
  for (const [index, { event, metadata }] of decoded.entries()) {
    const position = (logged[index] as LoggedEvent).position;
    commands.set(metadata.commandId, { fingerprint: metadata.fingerprint, revision: event.revision, position });
  }
  return {
    history: foldHistory(decoded.map(({ event }) => event)),
    commands,
    keyId: decoded[0]?.metadata.keyId,
  };
};

/** The case with what a command has just added to it. */
export const withCommand = (
  loaded: LoadedCase,
  events: readonly RecordedCaseEvent[],
  commandId: string,
  command: WrittenCommand,
  keyId: string,
): LoadedCase => ({
  history: events.reduce(extendHistory, loaded.history),
  commands: new Map(loaded.commands).set(commandId, command),
  keyId,
});
