import { COUNTED_HANDOVERS } from '../../domain/case/events.ts';
import { caseStreams } from '../../domain/case/kind.ts';
import type { CaseState, EffectiveCaseEvent } from '../../domain/case/state.ts';
import type { SettledLine } from '../../domain/handover/events.ts';
import { acknowledgementCommand, handoverCommand, takingBackCommand } from '../../domain/handover/line-commands.ts';
import type { MinutesLine } from '../../domain/handover/lines.ts';
import type { LineTask } from '../../domain/handover/work.ts';
import type { Recorder } from '../../domain/kernel/event.ts';
import type { EffectiveEvent, RecordEvent } from '../../domain/kernel/record.ts';
import type { RegisterState } from '../../domain/kernel/register.ts';
import { deriveUuid } from '../derived-id.ts';
import type { AllCommands } from './all-commands.ts';
import type { CommandFailure } from './commands.ts';
import { following } from './following.ts';

/** Minutes as the log has them, unsealed. */
export interface Minutes {
  readonly id: string;
  readonly state: RegisterState;
  /** Of the last event that was read. */
  readonly revision: number;
  readonly opening: EffectiveEvent;
  readonly acknowledged: EffectiveEvent | undefined;
  /** The last event that annulled an acknowledgement. */
  readonly disowned: EffectiveEvent | undefined;
}

export const inFollowing = (event: EffectiveEvent): Recorder => following(event, 'minutes');

/**
 * Records the lines of minutes in their cases, each with a command id made of the minutes and the line, so that it is recorded once. Gives
 * what came of a line; undefined where others keep writing the case, so that it is to be tried again.
 */
export const createMinutesLines = ({ commands, records }: Pick<AllCommands, 'commands' | 'records'>) => {
  const record = async (
    { id }: Minutes,
    index: number,
    { caseId, command, commandId, cause }: LineCommand,
  ): Promise<SettledLine | undefined> => {
    const executed = await commands.execute(caseId, command, {
      commandId,
      recordedBy: inFollowing(cause),
      correlationId: id,
      causationId: cause.id,
    });
    if (executed.ok) return recorded(index, executed.value.history.recorded.at(-1)?.id);
    // Of a command that another node has given in other words the event is seen at the next look.
    if (executed.error.reason === 'contended' || executed.error.reason === 'command-id-reused') return undefined;
    return { line: index, result: 'could-not-be', faults: faultsOf(executed.error) };
  };

  const handOver = async (minutes: Minutes, index: number): Promise<SettledLine | undefined> => {
    const { id, opening } = minutes;
    const line = lineOf(minutes, index);
    const { history } = await records.load(caseStreams, line.case);
    const known = eventOfMinutes(history.effective, id, 'handover');
    if (known !== undefined) return recorded(index, known.id);
    const { kind, legalBasis: knownBasis } = history.state as CaseState;
    const command = handoverCommand({ minutesId: id, opening, line, kind, knownBasis });
    const commandId = commandIdOf(minutes, 'handover', line, opening);
    return record(minutes, index, { caseId: line.case, command, commandId, cause: opening });
  };

  /** Brings the case to where the minutes are: with the word of the acknowledgement that they have, or without any. */
  const putWord = async (minutes: Minutes, index: number): Promise<SettledLine | undefined> => {
    const { id, opening, acknowledged, disowned } = minutes;
    const line = lineOf(minutes, index);
    const commandId = acknowledged && commandIdOf(minutes, 'acknowledgement', line, acknowledged);
    const { history, commands: written } = await records.load(caseStreams, line.case);
    const known = eventOfMinutes(history.effective, id, 'acknowledgement');
    if (known !== undefined) {
      const isOfThis = commandId !== undefined && written.get(commandId)?.revision === known.revision;
      if (isOfThis || disowned === undefined) return recorded(index, known.id);
      const takenBack = await takeBack(minutes, index, { wordId: known.id, disowned });
      if (takenBack?.result !== 'taken-back' || acknowledged === undefined) return takenBack;
    }
    if (acknowledged === undefined || commandId === undefined) return { line: index, result: 'taken-back' };
    const command = acknowledgementCommand({ minutesId: id, opening, line }, acknowledged);
    return record(minutes, index, { caseId: line.case, command, commandId, cause: acknowledged });
  };

  const takeBack = async (
    minutes: Minutes,
    index: number,
    { wordId, disowned }: { readonly wordId: string; readonly disowned: EffectiveEvent },
  ): Promise<SettledLine | undefined> => {
    const caseId = lineOf(minutes, index).case;
    const commandId = deriveUuid('word taken back', minutes.id, caseId, wordId);
    const command = takingBackCommand(disowned, wordId);
    const settled = await record(minutes, index, { caseId, command, commandId, cause: disowned });
    if (settled?.result === 'recorded') return { ...settled, result: 'taken-back' };
    return settled && { ...settled, event: wordId };
  };

  return { handover: handOver, acknowledgement: putWord } satisfies Readonly<Record<LineTask, unknown>>;
};

interface LineCommand {
  readonly caseId: string;
  readonly command: RecordEvent;
  readonly commandId: string;
  /** The event of the minutes from which it follows. */
  readonly cause: EffectiveEvent;
}

const lineOf = ({ opening }: Minutes, index: number): MinutesLine =>
  (opening.data.lines as readonly MinutesLine[])[index] as MinutesLine;

const commandIdOf = ({ id }: Minutes, task: LineTask, line: MinutesLine, cause: EffectiveEvent): string =>
  deriveUuid('line of minutes', id, task, line.case, cause.id);

const recorded = (line: number, event: string | undefined): SettledLine => ({
  line,
  result: 'recorded',
  ...(event !== undefined && { event }),
});

/** The event of a case by which minutes were recorded in it. */
const eventOfMinutes = (effective: readonly EffectiveCaseEvent[], minutesId: string, task: LineTask) =>
  effective.find(
    ({ type, data }) =>
      'handover' in data && data.handover === minutesId && HANDOVER_TYPES.includes(type) === (task === 'handover'),
  );

const HANDOVER_TYPES: readonly string[] = [...COUNTED_HANDOVERS, 'handover-refused'];

/** Codes alone: what stands in a case is told to those who see the case. */
const faultsOf = (failure: CommandFailure): NonNullable<SettledLine['faults']> =>
  failure.reason === 'refused'
    ? failure.refusals.map(({ code, pointer }) => ({ code, ...(pointer && { pointer }) })).slice(0, 20)
    : // The case is not there for the ledger, or cannot be written: nothing more is told of it.
      [{ code: 'unsuitable-record' }];
