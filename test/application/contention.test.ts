import { randomUUID } from 'node:crypto';
import t from 'tap';
import { caseStream } from '../../domain/case/kind.ts';
import type { Step } from '../support/case-scenario.ts';
import { onEachLog, openTestLedger, send } from '../support/ledger.ts';
import { withAppend } from '../support/log-with-append.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';

const [reported] = ordinaryWays.fugitive;
const more: Step = { type: 'particulars-recorded', data: { particulars: { birthDate: { date: '1985' } } } };
/** Of each of two nodes fewer than a command may lose to the other in a row. */
const COMMANDS = 60;

onEachLog(t, 'of many commands to one case, sent to two nodes at once, each is carried out', async (t, ledger) => {
  const caseId = randomUUID();
  await send(ledger, caseId, reported);
  const nodes = [ledger, ledger.another()];
  const answers = await Promise.all(
    Array.from({ length: COMMANDS }, (_, index) => send(nodes[index % 2] as typeof ledger, caseId, more)),
  );
  t.ok(answers.every(({ ok }) => ok));
  const events = await ledger.log.readStream(caseStream(caseId));
  t.same(
    events.map(({ revision }) => revision),
    Array.from({ length: COMMANDS + 1 }, (_, revision) => revision),
  );
});

t.test('commands to one case at once ask the log no more often than one after the other', async (t) => {
  const ledger = await openTestLedger(t);
  const caseId = randomUUID();
  await send(ledger, caseId, reported);
  const asked: string[] = [];
  const log = withAppend(ledger.log, (stream, ...rest) => {
    asked.push('append');
    return ledger.log.append(stream, ...rest);
  });
  const readStream: typeof log.readStream = (stream, options) => {
    if (stream === caseStream(caseId)) asked.push('read');
    return ledger.log.readStream(stream, options);
  };
  const node = ledger.another({ ...log, readStream });
  await Promise.all(Array.from({ length: COMMANDS }, () => send(node, caseId, more)));
  t.same(asked, ['read', ...Array(COMMANDS).fill('append')]);
});

t.test('a command that hangs does not hold up those that come after it', async (t) => {
  const ledger = await openTestLedger(t);
  const caseId = randomUUID();
  await send(ledger, caseId, reported);
  let hangs = true;
  const node = ledger.another(
    withAppend(ledger.log, (...args) => {
      if (!hangs) return ledger.log.append(...args);
      hangs = false;
      return new Promise(() => {});
    }),
  );
  send(node, caseId, more);
  const answer = await send(node, caseId, more);
  t.equal(answer.ok && answer.value.history.recorded.length, 2);
});
