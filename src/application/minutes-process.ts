import type { SettledLine } from '../../domain/handover/events.ts';
import { handovers, OPEN_WORK } from '../../domain/handover/kind.ts';
import { type LineTask, openLines } from '../../domain/handover/work.ts';
import { foldHistory, type RecordedEvent } from '../../domain/kernel/fold.ts';
import { isRevising } from '../../domain/kernel/history.ts';
import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import type { RegisterQueries } from '../../projections/registers/query.ts';
import { deriveUuid } from '../derived-id.ts';
import type { EventLog } from '../event-log/port.ts';
import { unsealAll } from '../event-log/unsealed.ts';
import type { Projector } from '../projecting/projector.ts';
import type { KeyRing } from '../sealing/key-ring.ts';
import type { AllCommands } from './all-commands.ts';
import { cannotBeRecorded, isOvertaken } from './command-failure.ts';
import { createMinutesLines, inFollowing, type Minutes } from './minutes-lines.ts';
import { type ProcessRun, runProcess } from './process-runner.ts';

export interface MinutesDependencies extends Pick<AllCommands, 'commands' | 'registerCommands' | 'records'> {
  readonly log: Pick<EventLog, 'readStream'>;
  readonly keys: KeyRing;
}

/** So many lines are recorded in their cases at once, and then settled together. */
const LINES_AT_ONCE = 25;

/**
 * Works off the lines of minutes: records each in its case and settles it in the minutes. A crash at any point, a rebuild of the views or a
 * second node records it once; what could not be recorded is settled with its reason, and holds up no other. Throws what the event log
 * throws: it is to be tried again.
 */
export const createMinutesProcess = ({ commands, registerCommands, records, log, keys }: MinutesDependencies) => {
  const minutesCommands = registerCommands(handovers);
  const lines = createMinutesLines({ commands, records });

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
      disowned: disowningOf(events),
    };
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
    if (!executed.ok && !isOvertaken(executed.error)) {
      throw cannotBeRecorded(`what came of lines of minutes ${id}`, executed.error);
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
        const settled = await Promise.all(batch.map(({ line }) => lines[first.task](minutes, line)));
        const done = settled.filter((each) => each !== undefined);
        if (done.length === 0) throw new Error(`no line of minutes ${id} could be recorded: others keep writing`);
        await settle(minutes, first.task, done);
      }
      return false;
    },
  };
};

export interface MinutesRun extends MinutesDependencies, Pick<ProcessRun, 'onFault'> {
  readonly registers: Pick<RegisterQueries, 'idsOf'>;
  readonly progress: Pick<Projector, 'onProgress' | 'built'>;
}

/** Works off all minutes that the views show as open, from now on. */
export const startMinutesProcess = ({ registers, progress, onFault, ...dependencies }: MinutesRun) =>
  runProcess({
    waiting: (most) => (progress.built() ? registers.idsOf(handovers.category, OPEN_WORK, String(true), most) : []),
    workOff: createMinutesProcess(dependencies).workOff,
    progress,
    onFault,
  });

/** The last event by which an acknowledgement was annulled. */
const disowningOf = (events: readonly RecordedEvent[]): EffectiveEvent | undefined => {
  const words = new Set(events.flatMap(({ type, id }) => (type === 'acknowledged' ? [id] : [])));
  const isDisowning = (event: RecordedEvent): boolean =>
    isRevising(event) && event.type === 'annulled' && words.has(event.data.eventId);
  return events.findLast(isDisowning) as EffectiveEvent | undefined;
};
