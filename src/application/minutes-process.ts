import { CONTINUED } from '../../domain/case/access.ts';
import { isContinued } from '../../domain/case/continuing.ts';
import { COUNTED_HANDOVERS } from '../../domain/case/events.ts';
import { caseStreams } from '../../domain/case/kind.ts';
import type { CaseState, EffectiveCaseEvent } from '../../domain/case/state.ts';
import type { SettledLine } from '../../domain/handover/events.ts';
import { handovers, OPEN_WORK } from '../../domain/handover/kind.ts';
import { acknowledgementCommand, handoverCommand } from '../../domain/handover/line-commands.ts';
import type { MinutesLine } from '../../domain/handover/lines.ts';
import { type LineTask, type OpenLine, openLines } from '../../domain/handover/work.ts';
import type { Recorder } from '../../domain/kernel/event.ts';
import { foldHistory } from '../../domain/kernel/fold.ts';
import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import type { RegisterState } from '../../domain/kernel/register.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import type { RegisterQueries } from '../../projections/registers/query.ts';
import type { EventLog } from '../event-log/port.ts';
import { unsealAll } from '../event-log/unsealed.ts';
import type { Projector } from '../projecting/projector.ts';
import type { KeyRing } from '../sealing/vault.ts';
import type { AllCommands } from './all-commands.ts';
import type { CommandFailure } from './commands.ts';
import { following } from './following.ts';
import { deriveUuid } from './ids.ts';
import { type ProcessRun, runProcess } from './process-runner.ts';

export interface MinutesDependencies extends Pick<AllCommands, 'commands' | 'registerCommands' | 'records'> {
  readonly log: Pick<EventLog, 'readStream'>;
  readonly keys: KeyRing;
}

/** So many lines are recorded in their cases at once, and then settled together. */
const LINES_AT_ONCE = 25;

/** Minutes as the log has them, unsealed. */
interface Minutes {
  readonly id: string;
  readonly state: RegisterState;
  /** Of the last event that was read. */
  readonly revision: number;
  readonly opening: EffectiveEvent;
  readonly acknowledged: EffectiveEvent | undefined;
}

const inFollowing = (event: EffectiveEvent): Recorder => following(event, 'minutes');

/**
 * Works off the lines of minutes: records each in its case and settles it in the minutes. What is recorded in a case has a command id
 * made of the minutes and the line, so that a crash at any point, a rebuild of the views or a second node records it once; what could
 * not be recorded is settled with its reason, and holds up no other. Throws what the event log throws: it is to be tried again.
 */
export const createMinutesProcess = ({ commands, registerCommands, records, log, keys }: MinutesDependencies) => {
  const minutesCommands = registerCommands(handovers);

  const load = async (id: string): Promise<Minutes | undefined> => {
    const events = await unsealAll(await log.readStream(streamOf(handovers, id)), keys);
    const { state, effective } = foldHistory(handovers.rules, events);
    const [opening] = effective;
    if (state === undefined || opening === undefined) return undefined;
    return {
      id,
      state,
      revision: events.length - 1,
      opening,
      acknowledged: effective.find(({ type }) => type === 'acknowledged'),
    };
  };

  /** Records a line in its case; undefined where others keep writing the case, so that it is to be tried again. */
  const recordLine = async (minutes: Minutes, { line: index, task }: OpenLine): Promise<SettledLine | undefined> => {
    const { id, opening, acknowledged } = minutes;
    const line = (opening.data.lines as readonly MinutesLine[])[index] as MinutesLine;
    const cause = task === 'handover' ? opening : (acknowledged as EffectiveEvent);
    const commandId = deriveUuid('line of minutes', id, task, line.case, cause.id);
    const before = await records.load(caseStreams, line.case);
    const known = eventOfMinutes(before.history.effective, id, task);
    if (known !== undefined) return recorded(index, known.id);
    const state = before.history.state as CaseState;
    if (isContinued(state)) return { line: index, result: 'could-not-be', faults: [{ code: CONTINUED }] };
    const { kind, legalBasis } = state;
    const ofMinutes = { minutesId: id, opening, line, kind, knownBasis: legalBasis };
    const command =
      task === 'handover'
        ? handoverCommand(ofMinutes)
        : acknowledgementCommand(ofMinutes, acknowledged as EffectiveEvent);
    const executed = await commands.execute(line.case, command, {
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

  const settle = async (minutes: Minutes, task: LineTask, settled: readonly SettledLine[]): Promise<void> => {
    const { id, state, revision, opening } = minutes;
    // The same can come of the same lines once more, where they were taken up again: that is no repeated command.
    const commandId = deriveUuid('settled lines', id, String(revision), task, JSON.stringify(settled));
    const data = { task, settled };
    const executed = await minutesCommands.execute(
      id,
      { name: 'record', type: 'lines-settled', occurredAt: state.latestAt, data },
      { commandId, recordedBy: inFollowing(opening), correlationId: id, causationId: opening.id },
    );
    if (executed.ok) return;
    const { error } = executed;
    const isOvertaken = error.reason === 'refused' && error.refusals.every(({ code }) => code === 'out-of-order');
    if (!isOvertaken && error.reason !== 'contended') {
      throw new Error(`lines of minutes ${id} cannot be settled: ${JSON.stringify(error)}`);
    }
  };

  return {
    /** Does what is to be done with some minutes; whether nothing is left. Throws what the event log throws. */
    workOff: async (id: string): Promise<boolean> => {
      const minutes = await load(id);
      if (minutes === undefined) return true;
      const open = openLines(minutes.state);
      const [first] = open;
      if (first === undefined) return true;
      const sameTask = open.filter(({ task }) => task === first.task);
      for (let from = 0; from < sameTask.length; from += LINES_AT_ONCE) {
        const batch = sameTask.slice(from, from + LINES_AT_ONCE);
        const settled = await Promise.all(batch.map((line) => recordLine(minutes, line)));
        const done = settled.filter((each) => each !== undefined);
        if (done.length === 0) throw new Error(`no line of minutes ${id} could be recorded: others keep writing`);
        await settle(minutes, first.task, done);
      }
      return false;
    },
  };
};

/** Minutes that are looked at together; the next ones follow when these are done. */
const MINUTES_AT_ONCE = 20;

export interface MinutesRun extends MinutesDependencies, Pick<ProcessRun, 'onFault'> {
  readonly registers: Pick<RegisterQueries, 'idsOf'>;
  readonly progress: Pick<Projector, 'onProgress' | 'built'>;
}

/** Works off all minutes that the views show as open, from now on. */
export const startMinutesProcess = ({ registers, progress, onFault, ...dependencies }: MinutesRun) =>
  runProcess({
    waiting: () =>
      progress.built() ? registers.idsOf(handovers.category, OPEN_WORK, String(true), MINUTES_AT_ONCE) : [],
    workOff: createMinutesProcess(dependencies).workOff,
    progress,
    onFault,
  });

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
    : [{ code: failure.reason }];
