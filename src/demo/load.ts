import { EMPTY_HISTORY } from '../../domain/kernel/fold.ts';
import type { Command } from '../../domain/kernel/record.ts';
import { officeSide } from '../../domain/kernel/sides.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import { recordOf } from '../../domain/stream-kinds.ts';
import { createAllCommands } from '../application/all-commands.ts';
import { deriveUuid } from '../application/ids.ts';
import type { EventLog, Position } from '../event-log/port.ts';
import type { Vault } from '../sealing/vault.ts';
import { cooperationRecords } from './cooperation.ts';
import { correctedCases } from './corrections.ts';
import { extraditionCases } from './extraditions.ts';
import { followedRecords } from './followed.ts';
import { liaisonOffices } from './offices.ts';
import { toldOperations } from './operations.ts';
import { stageCases } from './stages.ts';
import { publishedStatements } from './statements.ts';
import type { AnyHistory, DemoStep } from './step.ts';
import { yearlyCases } from './years.ts';

const SUBJECT = 'demonstration';

export const demoRecordId = (key: string): string => deriveUuid('demonstration-case', key);

/** All steps of the demonstration in the order in which they were recorded. */
export const demoSteps = (): readonly DemoStep[] =>
  [
    ...yearlyCases(),
    ...followedRecords(),
    ...correctedCases(),
    ...extraditionCases(),
    ...stageCases(),
    ...publishedStatements(),
    ...liaisonOffices(),
    ...toldOperations(),
    ...cooperationRecords(),
  ].sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : Number(a.recordedAt > b.recordedAt)));

/**
 * Fills a ledger with the demonstration, by the same command handler as everybody, with its clock set to the time of each step.
 * What is there already is not written again, so it may be called on a ledger that is filled or half filled.
 *
 * Gives the position of the last event that was written; undefined where there was nothing to do. Throws where a step is refused.
 */
export const loadDemonstration = async (
  { log, vault }: { readonly log: EventLog; readonly vault: Vault },
  onProgress: (done: number, of: number) => void,
): Promise<Position | undefined> => {
  const steps = demoSteps();
  const lastStep = steps.at(-1) as DemoStep;
  const lastOfRecord = steps.filter(({ key }) => key === lastStep.key).length;
  // The steps are taken in order: where the last one is there, all are.
  if ((await log.readStream(streamOfStep(lastStep))).length >= lastOfRecord) return undefined;
  if (!(await isDemonstration(log, steps))) throw new LedgerInUse();

  let now = new Date(0);
  const { commandsOf } = createAllCommands({ log, vault, clock: () => now });
  const histories = new Map<string, AnyHistory>();
  let position: Position | undefined;
  for (const [index, step] of steps.entries()) {
    now = new Date(step.recordedAt);
    const history = histories.get(step.key) ?? EMPTY_HISTORY;
    const executed = await commandsOf(categoryOf(step)).execute(demoRecordId(step.key), commandOf(step, history), {
      commandId: deriveUuid('demonstration', step.key, String(history.recorded.length)),
      recordedBy: { subject: SUBJECT, office: step.office, side: officeSide(step.office) ?? 'CN', role: 'recorder' },
      correlationId: `demonstration-${step.key}`,
    });
    if (!executed.ok) throw new Error(`step ${step.type} of ${step.key} failed: ${JSON.stringify(executed.error)}`);
    histories.set(step.key, executed.value.history);
    position = executed.value.position;
    onProgress(index + 1, steps.length);
  }
  return position;
};

const categoryOf = ({ category = 'case' }: DemoStep): string => category;

const streamOfStep = (step: DemoStep): string => streamOf({ category: categoryOf(step) }, demoRecordId(step.key));

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

/** Whether a log is empty, or begins with the demonstration. */
const isDemonstration = async (log: EventLog, [first]: readonly DemoStep[]): Promise<boolean> => {
  for await (const events of log.readAll()) {
    const opening = events.find(({ stream }) => recordOf(stream) !== undefined);
    if (opening !== undefined) return first !== undefined && opening.stream === streamOfStep(first);
  }
  return true;
};

const commandOf = (step: DemoStep, history: AnyHistory): Command => {
  const data = typeof step.data === 'function' ? step.data(history, demoRecordId) : (step.data ?? {});
  const { type, occurredAt, statedBy, particulars } = step;
  return particulars === undefined
    ? { name: 'record', type, occurredAt, statedBy, data }
    : { name: 'open', type, occurredAt, statedBy, data, particulars };
};
