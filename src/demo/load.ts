import { handovers } from '../../domain/handover/kind.ts';
import { EMPTY_HISTORY } from '../../domain/kernel/fold.ts';
import type { Command } from '../../domain/kernel/record.ts';
import { officeSide } from '../../domain/kernel/sides.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import { recordOf } from '../../domain/stream-kinds.ts';
import { createAllCommands } from '../application/all-commands.ts';
import { createMinutesProcess } from '../application/minutes-process.ts';
import { deriveUuid } from '../derived-id.ts';
import type { EventLog, Position } from '../event-log/port.ts';
import type { Vault } from '../sealing/vault.ts';
import { conferenceCases } from './conference.ts';
import { cooperationRecords } from './cooperation.ts';
import { correctedCases } from './corrections.ts';
import { extraditionCases } from './extraditions.ts';
import { followedRecords } from './followed.ts';
import { liaisonOffices } from './offices.ts';
import { toldOperations } from './operations.ts';
import { reconciledYear } from './reconciliation.ts';
import { recordIdsOf } from './record-ids.ts';
import { returnsByMinutes, SIGNINGS } from './returns.ts';
import { stageCases } from './stages.ts';
import { publishedStatements } from './statements.ts';
import { type AnyHistory, categoryOf, type DemoStep, particularsOf } from './step.ts';
import { yearlyCases } from './years.ts';

const SUBJECT = 'demonstration';

/** All steps of the demonstration in the order in which they were recorded, with so many of the signings that return hundreds. */
export const demoSteps = (signings = SIGNINGS): readonly DemoStep[] =>
  [
    ...yearlyCases(),
    ...followedRecords(),
    ...correctedCases(),
    ...extraditionCases(),
    ...conferenceCases(),
    ...returnsByMinutes(signings),
    ...stageCases(),
    ...publishedStatements(),
    ...reconciledYear(),
    ...liaisonOffices(),
    ...toldOperations(),
    ...cooperationRecords(),
  ].sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : Number(a.recordedAt > b.recordedAt)));

/**
 * Fills a ledger with the demonstration, by the same command handler as everybody, with its clock set to the time of each step.
 * What is there already is not written again, so it may be called on a ledger that is filled or half filled. `steps` are those of the
 * demonstration, or some of its records.
 *
 * Gives the position of the last event of the log; undefined where there was nothing to do. Throws where a step is refused.
 */
export const loadDemonstration = async (
  { log, vault }: { readonly log: EventLog; readonly vault: Vault },
  onProgress: (done: number, of: number) => void,
  steps: readonly DemoStep[] = demoSteps(),
): Promise<Position | undefined> => {
  const idOf = recordIdsOf(steps);
  const streamOfStep = (step: DemoStep): string => streamOf({ category: categoryOf(step) }, idOf(step.key));
  const groups = stepsTogether(steps);
  if (await areAllTaken(log, steps, groups.at(-1) ?? [], streamOfStep)) return undefined;
  if (!(await isDemonstration(log, (groups[0] ?? []).map(streamOfStep)))) throw new LedgerInUse();

  let now = new Date(0);
  const ledger = createAllCommands({ log, vault, clock: () => now });
  const minutes = createMinutesProcess({ ...ledger, log, keys: vault });
  const histories = new Map<string, AnyHistory>();

  const take = async (step: DemoStep): Promise<Position> => {
    const history = histories.get(step.key) ?? EMPTY_HISTORY;
    const id = idOf(step.key);
    const executed = await ledger.commandsOf(categoryOf(step)).execute(id, commandOf(step, history, idOf), {
      commandId: deriveUuid('demonstration', step.key, String(history.recorded.length)),
      recordedBy: { subject: SUBJECT, office: step.office, side: officeSide(step.office) ?? 'CN', role: 'recorder' },
      correlationId: `demonstration-${step.key}`,
    });
    if (!executed.ok) throw new Error(`step ${step.type} of ${step.key} failed: ${JSON.stringify(executed.error)}`);
    histories.set(step.key, executed.value.history);
    // What follows from minutes is recorded at once, by the clock of the demonstration.
    if (categoryOf(step) === handovers.category) while (!(await minutes.workOff(id)));
    return executed.value.position;
  };

  let done = 0;
  for (const together of groups) {
    now = new Date((together[0] as DemoStep).recordedAt);
    await Promise.all(together.map(take));
    done += together.length;
    onProgress(done, steps.length);
  }
  return log.head();
};

const MOST_TOGETHER = 64;

/** Steps of different records that were recorded at one time are taken together: a log syncs them at once. */
const stepsTogether = (steps: readonly DemoStep[]): readonly (readonly DemoStep[])[] => {
  const groups: DemoStep[][] = [];
  let keys = new Set<string>();
  for (const step of steps) {
    const group = groups.at(-1);
    const joins = group?.[0]?.recordedAt === step.recordedAt && !keys.has(step.key) && group.length < MOST_TOGETHER;
    if (!joins) {
      groups.push([]);
      keys = new Set();
    }
    groups.at(-1)?.push(step);
    keys.add(step.key);
  }
  return groups;
};

/** There are records on the ledger that are not of the demonstration: nothing invented comes among them. */
export class LedgerInUse extends Error {
  override readonly name = 'LedgerInUse';
  constructor() {
    super(
      'this ledger holds records that are not of the demonstration, which is filled into an empty one only: ' +
        'give it another DATA_DIR, or on EventStoreDB another LEDGER_NAME',
    );
  }
}

/** The steps are taken in order: where the last ones are there, all are. */
const areAllTaken = async (
  log: EventLog,
  steps: readonly DemoStep[],
  last: readonly DemoStep[],
  streamOfStep: (step: DemoStep) => string,
): Promise<boolean> => {
  for (const step of last) {
    const ofRecord = steps.filter(({ key }) => key === step.key).length;
    if ((await log.readStream(streamOfStep(step))).length < ofRecord) return false;
  }
  return true;
};

/** Whether a log is empty, or begins with one of the streams with which the demonstration begins. */
const isDemonstration = async (log: EventLog, first: readonly string[]): Promise<boolean> => {
  for await (const events of log.readAll()) {
    const opening = events.find(({ stream }) => recordOf(stream) !== undefined);
    if (opening !== undefined) return first.includes(opening.stream);
  }
  return true;
};

const commandOf = (step: DemoStep, history: AnyHistory, idOf: (key: string) => string): Command => {
  const data = typeof step.data === 'function' ? step.data(history, idOf) : (step.data ?? {});
  const { type, occurredAt, statedBy } = step;
  const particulars = particularsOf(step, idOf);
  return particulars === undefined
    ? { name: 'record', type, occurredAt, statedBy, data }
    : { name: 'open', type, occurredAt, statedBy, data, particulars };
};
