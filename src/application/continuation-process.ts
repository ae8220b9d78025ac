import { type ContinuedEvent, continuation } from '../../domain/case/continuing.ts';
import { foldHistory, type RecordedCaseEvent } from '../../domain/case/history.ts';
import { caseStream, caseStreams } from '../../domain/case/kind.ts';
import { personOf } from '../../domain/case/person-of.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Command } from '../../domain/kernel/record.ts';
import type { CaseQueries } from '../../projections/cases/query.ts';
import { deriveUuid } from '../derived-id.ts';
import { decodeEvent } from '../event-log/codec.ts';
import type { EventLog, LoggedEvent } from '../event-log/port.ts';
import { unsealAll } from '../event-log/unsealed.ts';
import type { Projector } from '../projecting/projector.ts';
import type { KeyRing } from '../sealing/key-ring.ts';
import type { AllCommands } from './all-commands.ts';
import { cannotBeRecorded } from './command-failure.ts';
import { continuationSecret } from './continuation-secret.ts';
import { following } from './following.ts';
import { type ProcessRun, runProcess } from './process-runner.ts';

export interface ContinuationDependencies extends Pick<AllCommands, 'commands' | 'records'> {
  readonly log: Pick<EventLog, 'readStream'>;
  readonly keys: KeyRing;
}

/** A case that goes on as another, as the log has it. */
interface Ended {
  readonly id: string;
  readonly state: CaseState;
  /** The event by which it does, unsealed. */
  readonly event: ContinuedEvent;
  /** Opens the other one. */
  readonly opening: Command;
  /** What ids are made of. */
  readonly secret: string;
}

/**
 * Opens the cases as which others go on: of the right kind, of the same person, for the office that found it out and the one whose case
 * it was. That is said in the case that ended, whose person is protected from then on. Ids are made of the event with the key
 * of its case, so that a crash at any point, a rebuild of the views or a second node opens one case, and so that no id in the one case leads
 * to the other. That the ledger opened a case, of which kind and when, is seen by whoever sees that case: an office that has both can guess.
 * Throws what the event log throws: it is to be tried again.
 */
export const createContinuationProcess = ({ commands, records, log, keys }: ContinuationDependencies) => {
  /** Undefined where nothing is to be done, or nothing can be, since the key of the person was destroyed. */
  const load = async (id: string): Promise<Ended | undefined> => {
    const stream = caseStream(id);
    const logged = await log.readStream(stream);
    const { state, effective } = foldHistory(await unsealAll<RecordedCaseEvent>(logged, keys));
    if (state?.continued === undefined || state.continued.link !== undefined) return undefined;
    const event = effective.find((each) => each.id === state.continued?.event) as ContinuedEvent;
    const person = personOf(effective)?.person;
    const opening = person && continuation(state, event, person);
    if (opening === undefined) return undefined;
    const stored = logged.find((each) => each.id === event.id) as LoggedEvent;
    const secret = await continuationSecret(stream, decodeEvent(stored), keys);
    return secret === undefined ? undefined : { id, state, event, opening, secret };
  };

  /** One command for an id, however often it is carried out. What would name the one case in the other is left out. */
  const carryOut = async (id: string, name: string, command: Command, { event, secret }: Ended): Promise<void> => {
    const commandId = deriveUuid('continued case', name, secret);
    const recordedBy = following(event, 'continuation');
    const executed = await commands.execute(id, command, { commandId, recordedBy, correlationId: commandId });
    if (!executed.ok) throw cannotBeRecorded(`${name} of case ${id}`, executed.error);
  };

  const stateOf = async (id: string): Promise<CaseState | undefined> =>
    (await records.load(caseStreams, id)).history.state;

  return {
    /** Does what is to be done with a case; whether nothing is left, which it always is. Throws what the event log throws. */
    workOff: async (id: string): Promise<boolean> => {
      const ended = await load(id);
      if (ended === undefined) return true;
      const { state, event, opening, secret } = ended;
      const other = deriveUuid('case', secret);
      // What was opened stands, whatever was put right since in the case that it was opened from.
      if ((await stateOf(other)) === undefined) await carryOut(other, 'opening', opening, ended);
      const opened = (await stateOf(other)) as CaseState;
      if (![opened.office, ...opened.sharedWith].includes(state.office)) {
        const data = { offices: [state.office] };
        await carryOut(
          other,
          'sharing',
          { name: 'record', type: 'shared-with', occurredAt: opened.latestAt, data },
          ended,
        );
      }
      const data = { otherCase: opened.mergedInto ?? other, basis: 'other', reason: event.data.reason };
      await carryOut(
        id,
        'link',
        { name: 'record', type: 'linked-to-person-of', occurredAt: state.latestAt, data },
        ended,
      );
      return true;
    },
  };
};

export interface ContinuationRun extends ContinuationDependencies, Pick<ProcessRun, 'onFault'> {
  readonly cases: Pick<CaseQueries, 'toBeContinued'>;
  readonly progress: Pick<Projector, 'onProgress' | 'built'>;
}

/** Opens the cases as which those go on that the views show as waiting for it, from now on. */
export const startContinuationProcess = ({ cases, progress, onFault, ...dependencies }: ContinuationRun) =>
  runProcess({
    waiting: (most) => (progress.built() ? cases.toBeContinued(most) : []),
    workOff: createContinuationProcess(dependencies).workOff,
    progress,
    onFault,
  });
