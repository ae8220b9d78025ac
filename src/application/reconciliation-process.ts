import type { Viewer } from '../../domain/kernel/access.ts';
import { foldHistory, type RecordedEvent } from '../../domain/kernel/fold.ts';
import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import type { RegisterState } from '../../domain/kernel/register.ts';
import { officeSide, type Side } from '../../domain/kernel/sides.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import { MOST_RESULTS_AT_ONCE } from '../../domain/reconciliation/events.ts';
import { reconciliations, TO_BE_COMPARED } from '../../domain/reconciliation/kind.ts';
import { theirLines } from '../../domain/reconciliation/list.ts';
import type { Books } from '../../domain/reconciliation/matching.ts';
import type { Compared } from '../../domain/reconciliation/results.ts';
import { entriesOf, isToBeCompared } from '../../domain/reconciliation/work.ts';
import type { HandoverQueries } from '../../projections/handovers/query.ts';
import type { RegisterQueries } from '../../projections/registers/query.ts';
import { deriveUuid } from '../derived-id.ts';
import type { EventLog } from '../event-log/port.ts';
import { unsealAll } from '../event-log/unsealed.ts';
import type { Projector } from '../projecting/projector.ts';
import { compareInThread } from '../reconciling/compare-in-thread.ts';
import type { KeyRing } from '../sealing/key-ring.ts';
import type { AllCommands } from './all-commands.ts';
import { cannotBeRecorded, isOvertaken } from './command-failure.ts';
import { following } from './following.ts';
import { BookTooLarge, createOwnBook } from './own-book.ts';
import { type ProcessRun, runProcess } from './process-runner.ts';

export interface ReconciliationDependencies extends Pick<AllCommands, 'registerCommands'> {
  readonly log: Pick<EventLog, 'readStream'>;
  readonly keys: KeyRing;
  readonly handovers: Pick<HandoverQueries, 'onDays' | 'position'>;
  /** `compareBooks`, in whichever thread. */
  readonly compare: (books: Books) => Promise<readonly Compared[]>;
}

/** A reconciliation as the log has it, unsealed. */
interface Waiting {
  readonly id: string;
  readonly state: RegisterState;
  readonly effective: readonly EffectiveEvent[];
  /** The place of its last event in the log. */
  readonly position: string;
}

/**
 * Compares the lists of the other side with this ledger's own book, and records what comes of it in parts. The book is read as it stood at
 * one position of the log, which the first part names: after a crash at any point, on a second node or after a rebuild of the views, the
 * parts that are left are worked out of the same book, and each is recorded once. Throws what the event log throws: it is to be tried again.
 */
export const createReconciliationProcess = ({
  registerCommands,
  log,
  keys,
  handovers,
  compare,
}: ReconciliationDependencies) => {
  const commands = registerCommands(reconciliations);
  const readOwnBook = createOwnBook({ log, keys, handovers });

  const load = async (id: string): Promise<Waiting | undefined> => {
    const logged = await log.readStream(streamOf(reconciliations, id));
    const { state, effective } = foldHistory(reconciliations.rules, await unsealAll<RecordedEvent>(logged, keys));
    const position = logged.at(-1)?.position;
    if (state === undefined || position === undefined || !isToBeCompared(state)) return undefined;
    return { id, state, effective, position };
  };

  /** Whether it stands; not so where another node has recorded something meanwhile. */
  const record = async (
    { id, state, effective }: Waiting,
    type: string,
    data: object,
    name: string,
  ): Promise<boolean> => {
    const [opening] = effective as readonly [EffectiveEvent];
    const executed = await commands.execute(
      id,
      { name: 'record', type, occurredAt: state.latestAt, data: data as never },
      {
        commandId: deriveUuid('compared books', id, name),
        recordedBy: following(opening, 'reconciliation'),
        correlationId: id,
        causationId: effective.at(-1)?.id,
      },
    );
    if (executed.ok) return true;
    const { error } = executed;
    if (!isOvertaken(error) && error.reason !== 'command-id-reused') {
      throw cannotBeRecorded(`what reconciliation ${id} comes to`, error);
    }
    return false;
  };

  const comparedAt = async ({ state, effective }: Waiting, asOf: string): Promise<readonly Compared[]> => {
    const [opening] = effective as readonly [EffectiveEvent];
    const scope = entriesOf(state.entries);
    return compare({
      scope,
      theirSide: officeSide(state.openedBy) as Side,
      theirs: theirLines(scope, effective),
      ours: await readOwnBook(opening.recordedBy as Viewer, scope, asOf),
    });
  };

  return {
    /** Does what is to be done with a reconciliation; whether nothing is left. Throws what the event log throws. */
    workOff: async (id: string): Promise<boolean> => {
      const waiting = await load(id);
      if (waiting === undefined) return true;
      const { underWay } = entriesOf(waiting.state.entries);
      // A run that was begun in another log, from which this one was imported, goes on in none: it is asked for anew.
      if (underWay !== undefined && underWay.asOf > waiting.position) return true;
      const shown = handovers.position();
      const asOf = underWay?.asOf ?? shown;
      if (shown < asOf || shown < waiting.position) throw new Error(`the views do not show yet what ${id} compares`);
      try {
        const parts = inParts(await comparedAt(waiting, asOf));
        for (let part = (underWay?.parts ?? 0) + 1; part <= parts.length; part++) {
          const type = part === parts.length ? 'compared' : 'compared-in-part';
          const data = { asOf, part, results: parts[part - 1] };
          if (!(await record(waiting, type, data, `${asOf} ${part}`))) return false;
        }
      } catch (error) {
        if (!(error instanceof BookTooLarge)) throw error;
        await record(waiting, 'found-too-large', { handovers: error.handovers }, `${asOf} too large`);
      }
      return false;
    },
  };
};

/** At least one, so that it is told where neither book has anything. */
const inParts = (results: readonly Compared[]): readonly (readonly Compared[])[] =>
  Array.from({ length: Math.max(1, Math.ceil(results.length / MOST_RESULTS_AT_ONCE)) }, (_, part) =>
    results.slice(part * MOST_RESULTS_AT_ONCE, (part + 1) * MOST_RESULTS_AT_ONCE),
  );

export interface ReconciliationRun extends Omit<ReconciliationDependencies, 'compare'>, Pick<ProcessRun, 'onFault'> {
  readonly registers: Pick<RegisterQueries, 'idsOf'>;
  readonly progress: Pick<Projector, 'onProgress' | 'built'>;
}

/** Compares all lists that the views show as complete, from now on, each in a thread of its own. */
export const startReconciliationProcess = ({ registers, progress, onFault, ...dependencies }: ReconciliationRun) =>
  runProcess({
    waiting: (most) =>
      progress.built() ? registers.idsOf(reconciliations.category, TO_BE_COMPARED, String(true), most) : [],
    workOff: createReconciliationProcess({ ...dependencies, compare: compareInThread }).workOff,
    progress,
    onFault,
  });
