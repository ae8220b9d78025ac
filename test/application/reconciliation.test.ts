import { randomUUID } from 'node:crypto';
import t from 'tap';
import { foldHistory, type RecordedEvent } from '../../domain/kernel/fold.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import { MOST_RESULTS_AT_ONCE } from '../../domain/reconciliation/events.ts';
import { reconciliations } from '../../domain/reconciliation/kind.ts';
import { compareBooks } from '../../domain/reconciliation/matching.ts';
import { entriesOf, resultsOf } from '../../domain/reconciliation/work.ts';
import {
  createReconciliationProcess,
  startReconciliationProcess,
} from '../../src/application/reconciliation-process.ts';
import { type EventLog, LogUnavailable } from '../../src/event-log/port.ts';
import { unsealAll } from '../../src/event-log/unsealed.ts';
import type { Opening, Step } from '../support/case-scenario.ts';
import { eventually } from '../support/eventually.ts';
import { envelopeOf, onEachLog, openTestLedger, sendAll, type TestLedger, type TestNode } from '../support/ledger.ts';
import { withAppend } from '../support/log-with-append.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import { listOf } from '../support/reconciliations.ts';
import { openTestViews, type TestViews } from '../support/views.ts';

/** Lines of a list whose results make three parts. */
const LISTED = 2 * MOST_RESULTS_AT_ONCE + 7;
const DATE = '2024-01-01';

/** Hands over a fugitive of this name, and gives the date in the minutes. */
const handOver = async (node: TestNode, name: string): Promise<string> => {
  const [opening, ...steps] = ordinaryWays.fugitive as readonly [Opening, ...Step[]];
  const until = steps.findIndex(({ type }) => type === 'handed-over-at-border-pass');
  const person = { names: [{ text: name, script: 'Latn', role: 'native' }] };
  const particulars = { ...opening.particulars, person };
  const { history } = await sendAll(node, randomUUID(), [{ ...opening, particulars }, ...steps.slice(0, until + 1)]);
  return history.state.handovers.at(-1)?.handoverDate ?? DATE;
};

/** A reconciliation that waits to be compared; the first line of its list is a handover of ours. */
const waiting = async (ledger: TestLedger): Promise<string> => {
  const id = randomUUID();
  const date = await handOver(ledger, 'Person 1');
  const { occurredAt, statedBy, ...particulars } = listOf(LISTED, { period: { from: '2024-01-01', to: '2024-12-31' } });
  const commands = ledger.registerCommands(reconciliations);
  const say = async (command: object) => {
    const executed = await commands.execute(id, command as never, envelopeOf('CN'));
    if (!executed.ok) throw new Error(JSON.stringify(executed.error));
  };
  await say({ name: 'open', occurredAt, statedBy, particulars, data: {} });
  for (let from = 0; from < LISTED; from += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, LISTED - from) }, () => ({ date }));
    const persons = lines.map((_, line) => ({ line, names: [`Person ${from + line + 1}`] }));
    await say({ name: 'record', type: 'lines-listed', occurredAt, data: { lines, persons } });
  }
  return id;
};

const processOf = (node: TestNode, { handovers }: Pick<TestViews, 'handovers'>) =>
  createReconciliationProcess({
    ...node,
    keys: node.vault,
    handovers,
    compare: async (books) => compareBooks(books),
  });

const eventsOf = async ({ log, vault }: TestNode, id: string) =>
  unsealAll<RecordedEvent>(await log.readStream(streamOf(reconciliations, id)), vault);

const COMPARED = ['compared-in-part', 'compared-in-part', 'compared'];

/** Each line is compared once, by one state of the book. */
const expectCompared = async (t: Tap, node: TestNode, id: string): Promise<void> => {
  const events = await eventsOf(node, id);
  t.same(
    events.slice(-3).map(({ type }) => type),
    COMPARED,
  );
  t.equal(events.filter(({ type }) => COMPARED.includes(type)).length, 3);
  t.equal(new Set(events.slice(-3).map(({ data }) => (data as { asOf: string }).asOf)).size, 1);
  const results = resultsOf(entriesOf(foldHistory(reconciliations.rules, events).state?.entries ?? {}));
  t.same(
    results.flatMap(({ theirs }) => theirs ?? []),
    Array.from({ length: LISTED }, (_, index) => index + 1),
  );
  t.same(
    results.flatMap(({ result, theirs }) => (result === 'matched' ? [theirs] : [])),
    [1],
  );
};

type Tap = Pick<typeof t, 'equal' | 'same'>;

/** A log that is lost at an append of a process, which is written and not answered, or not written. */
const lostAt = (log: EventLog, append: number, last: 'written' | 'not written'): EventLog => {
  let left = append;
  return withAppend(log, async (stream, ...rest) => {
    if (!stream.startsWith('reconciliation-')) return log.append(stream, ...rest);
    left--;
    if (left > 0) return log.append(stream, ...rest);
    if (left === 0 && last === 'written') await log.append(stream, ...rest);
    throw new LogUnavailable('the process ends here');
  });
};

onEachLog(t, 'the results are recorded once wherever the process ends in between', async (t, ledger) => {
  for (const last of ['written', 'not written'] as const) {
    for (const append of [1, 2, 3]) {
      const ofItsOwn = await openTestLedger(t, ledger.location.kind);
      const id = await waiting(ofItsOwn);
      const views = openTestViews(t, ofItsOwn);
      await views.upToDate();
      const crashing = ofItsOwn.another(lostAt(ofItsOwn.log, append, last));
      await t.rejects(processOf(crashing, views).workOff(id), LogUnavailable);
      // Meanwhile the book goes on: what is left is compared with the book as it stood.
      if (append > 1 || last === 'written') {
        await handOver(ofItsOwn, `Person ${LISTED}`);
        await views.upToDate();
      }
      const again = processOf(ofItsOwn.another(), views);
      while (!(await again.workOff(id)));
      await expectCompared(t, ofItsOwn, id);
      t.equal(await again.workOff(id), true);
      await expectCompared(t, ofItsOwn, id);
      await views.close();
    }
  }
});

onEachLog(t, 'two nodes record one comparison, also where one has read a later book', async (t, ledger) => {
  const id = await waiting(ledger);
  const views = openTestViews(t, ledger);
  await views.upToDate();
  const early = views.handovers.position();
  const behind = { handovers: { ...views.handovers, position: () => early } };
  await handOver(ledger, 'Somebody else');
  await views.upToDate();
  const nodes = [processOf(ledger, views), processOf(ledger.another(), behind), processOf(ledger.another(), views)];
  await Promise.allSettled(nodes.map((node) => node.workOff(id)));
  while (!(await (nodes[0] as (typeof nodes)[number]).workOff(id)));
  await expectCompared(t, ledger, id);
});

t.test('a book that the views do not show yet is not compared', async (t) => {
  const ledger = await openTestLedger(t);
  const id = await waiting(ledger);
  const views = openTestViews(t, ledger);
  await views.upToDate();
  const behind = { handovers: { ...views.handovers, position: () => '0' } };
  await t.rejects(processOf(ledger, behind).workOff(id), /do not show yet/);
});

t.test('more handovers than can be compared are told', async (t) => {
  const ledger = await openTestLedger(t);
  const id = await waiting(ledger);
  const views = openTestViews(t, ledger);
  await views.upToDate();
  const row = {
    caseId: randomUUID(),
    eventId: randomUUID(),
    handoverDate: DATE,
    direction: 'VN-CN',
    kind: 'fugitive',
    pass: null,
  } as const;
  const large = {
    handovers: { ...views.handovers, onDays: (_: unknown, __: string, most: number) => Array(most).fill(row) },
  };
  const process = processOf(ledger, large);
  while (!(await process.workOff(id)));
  const { state } = foldHistory(reconciliations.rules, await eventsOf(ledger, id));
  t.equal(state?.standing.state, 'found-too-large');
});

t.test('what the views show as complete is compared, and not again after they are built anew', async (t) => {
  const ledger = await openTestLedger(t);
  const id = await waiting(ledger);
  const faults: unknown[] = [];
  const run = () => {
    const views = openTestViews(t, ledger);
    const process = startReconciliationProcess({
      ...ledger,
      ...views,
      keys: ledger.vault,
      progress: views.projector,
      onFault: (fault) => faults.push(fault),
    });
    t.after(() => process.stop());
    return { views, process };
  };
  const first = run();
  const isCompared = () => first.views.registers.idsOf('reconciliation', 'status', 'compared', 1).includes(id);
  await eventually(() => first.views.projector.built() && isCompared());
  await first.process.stop();
  const second = run();
  await second.views.upToDate();
  await second.process.stop();
  await expectCompared(t, ledger, id);
  t.same(faults, []);
});
