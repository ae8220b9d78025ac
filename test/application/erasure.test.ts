import { randomUUID } from 'node:crypto';
import t from 'tap';
import type { RecordedCaseEvent } from '../../domain/case/history.ts';
import { caseStream } from '../../domain/case/kind.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import { reconciliations } from '../../domain/reconciliation/kind.ts';
import { requests } from '../../domain/request/kind.ts';
import { decodeEvent } from '../../src/event-log/codec.ts';
import { LogUnavailable } from '../../src/event-log/port.ts';
import { unsealAll } from '../../src/event-log/unsealed.ts';
import {
  ASKED,
  accepted,
  asked,
  carriedOutAfterLoss,
  erasureOf,
  listed,
  NOTED,
  namesLeft,
  order,
  ordered,
  toldOf,
  untilDestroyed,
} from '../support/erasures.ts';
import { envelopeOf, onEachLog, sendAll } from '../support/ledger.ts';
import { withAppend } from '../support/log-with-append.ts';

onEachLog(t, 'an erasure is carried out once, wherever the process ends in between', async (t, ledger) => {
  for (const part of ['person', 'alias'] as const) {
    for (const isWritten of [false, true]) {
      let losses = 0;
      for (let changes = 1; ; changes += 1) {
        const { caseId, id } = await ordered(ledger, part);
        const { isLost, later } = await carriedOutAfterLoss(ledger, id, changes, isWritten);
        t.same(await namesLeft(later, caseId), part === 'person' ? [] : ['T. N. A.'], `${part}, ${changes} changes`);
        const history = (await later.log.readStream(caseStream(caseId))).map(({ type }) => type);
        t.equal(history.filter((type) => type === 'expunged').length, 1);
        const order = await later.log.readStream(`erasure-${id}`);
        t.same(
          order.map(({ type }) => type),
          ['erasure-ordered', 'key-destroyed'],
        );
        if (!isLost) break;
        losses += 1;
      }
      t.ok(losses > 3, `lost at ${losses} places`);
    }
  }
});

onEachLog(t, 'what is recorded while a name is erased is kept, whichever node records it', async (t, ledger) => {
  const { caseId, id } = await ordered(ledger, 'alias');
  const other = ledger.another();
  const [first] = await other.log.readStream(caseStream(caseId));
  // Holds the case and its key at hand, as a node does that works on it.
  await sendAll(other, caseId, [{ type: 'identity-verified', data: { note: 'before' } }]);
  let recordsBetween = true;
  const between = withAppend(ledger.log, async (stream, expected, events) => {
    if (recordsBetween && stream === caseStream(caseId)) {
      recordsBetween = false;
      await sendAll(other, caseId, [{ type: 'particulars-recorded', data: { particulars: { residence: 'between' } } }]);
    }
    return ledger.log.append(stream, expected, events);
  });
  await erasureOf(ledger.another(between)).workOff(id);
  await sendAll(other, caseId, [{ type: 'particulars-recorded', data: { particulars: { residence: 'after' } } }]);
  const node = ledger.another();
  const events = await unsealAll<RecordedCaseEvent>(await node.log.readStream(caseStream(caseId)), node.vault);
  const told = JSON.stringify(events);
  for (const text of ['before', 'between', 'after', 'T. N. A.']) t.match(told, text);
  t.notMatch(told, 'Alias 7');
  const last = decodeEvent((await node.log.readStream(caseStream(caseId))).at(-1) as never);
  t.not(last.metadata.keyId, decodeEvent(first as never).metadata.keyId, 'sealed under the key that took its place');
});

onEachLog(
  t,
  'what a request or a list says is erased once, wherever the process ends in between',
  async (t, ledger) => {
    for (const part of ['person', 'line'] as const) {
      for (const isWritten of [false, true]) {
        let losses = 0;
        for (let changes = 1; ; changes += 1) {
          const kind = part === 'person' ? requests : reconciliations;
          const recordId = await (part === 'person' ? asked(ledger) : listed(ledger));
          const id = await order(ledger, { [kind.category]: recordId, part, ...(part === 'line' && { line: 2 }) });
          const { isLost, later } = await carriedOutAfterLoss(ledger, id, changes, isWritten);
          const told = await toldOf(later, kind, recordId);
          t.notMatch(told, /T\. N\. A\.|Person 2/, `${part}, ${changes} changes`);
          if (part === 'line') t.match(told, /\[expunged\] is not Person 3.*"Person 1".*"Person 3"/);
          t.equal(told.match(/"type":"expunged"/g)?.length, 1);
          t.match(
            (await later.log.readStream(`erasure-${id}`)).map(({ type }) => type),
            ['erasure-ordered', 'key-destroyed'],
          );
          if (!isLost) break;
          losses += 1;
        }
        t.ok(losses > 3, `lost at ${losses} places`);
      }
    }
  },
);

onEachLog(t, 'a request goes on when what it said is erased, on every node', async (t, ledger) => {
  const commandId = randomUUID();
  const id = await asked(ledger, commandId);
  const other = ledger.another();
  const { execute } = other.registerCommands(requests);
  const noteId = randomUUID();
  // Holds the request and its key at hand from now on.
  await accepted(execute(id, NOTED, envelopeOf('CN', noteId)));
  await erasureOf(ledger).workOff(await order(ledger, { request: id, part: 'person' }));
  const [opening] = await ledger.log.readStream(streamOf(requests, id));
  // As a node does that is told of it by the log, and still holds the request.
  other.vault.forget(decodeEvent(opening as never).metadata.keyId);
  await accepted(execute(id, { ...NOTED, data: { note: 'after' } }, envelopeOf()));
  const told = await toldOf(ledger.another(), requests, id);
  t.match(told, 'after');
  t.notMatch(told, 'T. N. A.');

  t.test('and what is repeated is neither written again nor taken for the same', async (t) => {
    const before = (await ledger.log.readStream(streamOf(requests, id))).length;
    for (const node of [ledger, other, ledger.another()]) {
      const commands = node.registerCommands(requests);
      for (const answer of [
        await commands.execute(id, ASKED, envelopeOf('CN', commandId)),
        await commands.execute(id, NOTED, envelopeOf('CN', noteId)),
      ]) {
        t.same(answer, { ok: false, error: { reason: 'command-id-reused', erased: true } });
      }
    }
    t.equal((await ledger.log.readStream(streamOf(requests, id))).length, before);
  });
});

onEachLog(t, 'a record that is annulled while an order waits loses what it said', async (t, ledger) => {
  const id = await asked(ledger);
  const waitingOrder = await order(ledger, { request: id, part: 'person' });
  const [opening] = await ledger.log.readStream(streamOf(requests, id));
  const { execute } = ledger.registerCommands(requests);
  const data = { eventId: opening?.id, reason: 'recorded twice' };
  await accepted(execute(id, { name: 'record', type: 'annulled', occurredAt: '2024-01-01', data }, envelopeOf()));
  await erasureOf(ledger).workOff(waitingOrder);
  t.notMatch(await toldOf(ledger.another(), requests, id), /T\. N\. A\.|recorded twice/);
  const refused = await ledger.another().registerCommands(requests).execute(id, NOTED, envelopeOf());
  t.match(refused, { ok: false, error: { reason: 'refused' } });
});

onEachLog(t, 'of several orders about one list the one that was begun first comes first', async (t, ledger) => {
  const id = await listed(ledger);
  const [first, second] = [
    await order(ledger, { reconciliation: id, part: 'line', line: 1 }),
    await order(ledger, { reconciliation: id, part: 'line', line: 3 }),
  ];
  await t.rejects(erasureOf(ledger.another(untilDestroyed(ledger.log))).workOff(first), LogUnavailable);
  await t.rejects(erasureOf(ledger.another()).workOff(second), /is to be carried out first/);
  for (const each of [first, second]) await erasureOf(ledger.another()).workOff(each);
  const told = await toldOf(ledger.another(), reconciliations, id);
  t.notMatch(told, /Person [13]/);
  t.match(told, /Person 2/);
});

/** An order for a name and one for the whole person of the same case. */
