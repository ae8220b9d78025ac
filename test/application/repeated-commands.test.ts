import { randomUUID } from 'node:crypto';
import t from 'tap';
import { caseStream } from '../../domain/case/kind.ts';
import { type EventLog, LogUnavailable } from '../../src/event-log/port.ts';
import type { Step } from '../support/case-scenario.ts';
import { onEachLog, send, sendAll, type TestLedger } from '../support/ledger.ts';
import { withAppend } from '../support/log-with-append.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';

const [reported, located, captured] = ordinaryWays.fugitive;

const eventsOf = async ({ log }: Pick<TestLedger, 'log'>, caseId: string) => log.readStream(caseStream(caseId));

/** An answer as JSON shows it: a field that is absent or undefined is the same. */
const shown = (answer: Awaited<ReturnType<typeof send>>) =>
  JSON.parse(JSON.stringify(answer.ok ? answer.value : answer.error));

/** A log whose answers to appends to one stream get lost after the work is done. */
const losingAnswers = (log: EventLog, lossy: string): EventLog =>
  withAppend(log, async (stream, ...rest) => {
    const appended = await log.append(stream, ...rest);
    if (stream === lossy) throw new LogUnavailable('the answer was lost');
    return appended;
  });

onEachLog(t, 'a repeated command gives the first answer and writes nothing', async (t, ledger) => {
  const caseId = randomUUID();
  const openId = randomUUID();
  const locateId = randomUUID();
  const opened = await send(ledger, caseId, reported, openId);
  const first = await send(ledger, caseId, located as typeof reported, locateId);
  await sendAll(ledger, caseId, [captured as typeof reported]);
  t.ok(opened.ok && first.ok);

  const expectFirstAnswers = async (node: Pick<TestLedger, 'commands'>, where: string) => {
    const openedAgain = await send(node, caseId, reported, openId);
    const again = await send(node, caseId, located as typeof reported, locateId);
    t.same(shown(again), { ...shown(first), repeated: true }, `the same answer ${where}`);
    t.same(shown(openedAgain), { ...shown(opened), repeated: true }, `and of the opening ${where}`);
  };
  await expectFirstAnswers(ledger, 'from the same node');
  await expectFirstAnswers(ledger.another(), 'from another node');
  const restarted = await ledger.restart();
  await expectFirstAnswers(restarted, 'after a restart');
  t.equal((await eventsOf(restarted, caseId)).length, 3, 'nothing more was written');
});

onEachLog(t, 'a command whose answer was lost is answered when it is sent again', async (t, ledger) => {
  const caseId = randomUUID();
  const [openId, locateId] = [randomUUID(), randomUUID()];
  const unlucky = ledger.another(losingAnswers(ledger.log, caseStream(caseId)));
  await t.rejects(send(unlucky, caseId, reported, openId), LogUnavailable);
  const opened = await send(unlucky, caseId, reported, openId);
  t.equal(opened.ok && opened.value.repeated, true, 'the opening had been written');
  await t.rejects(send(unlucky, caseId, located as typeof reported, locateId), LogUnavailable);
  const again = await send(ledger.another(), caseId, located as typeof reported, locateId);
  t.equal(again.ok && again.value.repeated, true, 'another node answers as well');
  t.equal(again.ok && again.value.history.state.standing.state, 'located');
  t.equal((await eventsOf(ledger, caseId)).length, 2, 'each was written once');
});

onEachLog(t, 'the same command id with another content is refused', async (t, ledger) => {
  const caseId = randomUUID();
  const [openId, locateId] = [randomUUID(), randomUUID()];
  // A node that has seen the case before the command, and does not know that it has gone on.
  const behind = ledger.another();
  await send(ledger, caseId, reported, openId);
  await send(behind, caseId, { type: 'shared-with', data: { offices: ['VN-CB-BLO'] } });
  await send(ledger, caseId, located as typeof reported, locateId);
  const other = { ...(located as typeof reported), occurredAt: '2024-01-02' };
  const otherOpening = { ...reported, occurredAt: '2024-01-02' };
  const restarted = await ledger.restart();
  for (const [where, node] of Object.entries({ behind: restarted, another: ledger.another(restarted.log) })) {
    const refused = await send(node, caseId, other, locateId);
    t.same(refused, { ok: false, error: { reason: 'command-id-reused' } }, `by a node that is ${where}`);
    const refusedOpening = await send(node, caseId, otherOpening, openId);
    t.same(refusedOpening, { ok: false, error: { reason: 'command-id-reused' } }, `and for the opening`);
  }
  t.equal((await eventsOf(restarted, caseId)).length, 3, 'nothing more was written');
});

onEachLog(t, 'a node that is behind answers and refuses as one that is not', async (t, ledger) => {
  const caseId = randomUUID();
  const locateId = randomUUID();
  await send(ledger, caseId, reported);
  const behind = ledger.another();
  await send(behind, caseId, { type: 'shared-with', data: { offices: ['VN-CB-BLO'] } });
  await send(ledger, caseId, located as typeof reported, locateId);
  const reused = await send(behind, caseId, { ...(located as typeof reported), occurredAt: '2024-01-02' }, locateId);
  t.same(reused, { ok: false, error: { reason: 'command-id-reused' } });
  const repeated = await send(behind, caseId, located as typeof reported, locateId);
  t.equal(repeated.ok && repeated.value.repeated, true);
  t.equal((await eventsOf(ledger, caseId)).length, 3);
});

onEachLog(t, 'commands that race for one case from two nodes are all recorded, each once', async (t, ledger) => {
  const caseId = randomUUID();
  await send(ledger, caseId, reported);
  const nodes = [ledger, ledger.another()];
  const offices = Array.from({ length: 20 }, (_, index) => `VN-OFFICE-${index}`);
  const answers = await Promise.all(
    offices.map((office, index) =>
      send(nodes[index % 2] as TestLedger, caseId, { type: 'shared-with', data: { offices: [office] } }),
    ),
  );
  t.ok(
    answers.every(({ ok }) => ok),
    'every command was accepted',
  );
  t.equal((await eventsOf(ledger, caseId)).length, 21);
  const last = await send(ledger, caseId, located as typeof reported);
  t.same(last.ok && [...last.value.history.state.sharedWith].sort(), [...offices].sort());
});

onEachLog(t, 'the answer is given again also where the command ended the right of its sender', async (t, ledger) => {
  const caseId = randomUUID();
  const [opened] = ordinaryWays['irregular-entry'];
  await sendAll(ledger, caseId, [opened]);
  const goesOn: Step = {
    type: 'continued-as-another-case',
    data: { as: { kind: 'trafficking-victim' }, reason: 'Told the interpreter of it' },
  };
  const continueId = randomUUID();
  const unlucky = ledger.another(losingAnswers(ledger.log, caseStream(caseId)));
  await t.rejects(send(unlucky, caseId, goesOn, continueId), LogUnavailable);
  const again = await send(ledger.another(), caseId, goesOn, continueId);
  t.equal(again.ok && again.value.repeated, true, JSON.stringify(again));
  const more = await send(ledger, caseId, goesOn);
  t.match(more, { ok: false, error: { reason: 'not-allowed' } }, 'and nothing else is let through');
  t.equal((await eventsOf(ledger, caseId)).length, 2);
});
