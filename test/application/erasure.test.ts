import { randomUUID } from 'node:crypto';
import t from 'tap';
import type { RecordedCaseEvent } from '../../domain/case/history.ts';
import { foldHistory } from '../../domain/case/history.ts';
import { caseStream } from '../../domain/case/kind.ts';
import { personOf } from '../../domain/case/person-of.ts';
import { erasures } from '../../domain/erasure/kind.ts';
import { createErasureProcess } from '../../src/application/erasure-process.ts';
import { decodeEvent } from '../../src/event-log/codec.ts';
import { type EventLog, LogUnavailable } from '../../src/event-log/port.ts';
import { unsealAll } from '../../src/event-log/unsealed.ts';
import { envelopeOf, onEachLog, sendAll, type TestNode } from '../support/ledger.ts';
import { withAppend } from '../support/log-with-append.ts';
import { wayTo } from '../support/ordinary-ways.ts';

const PERSON = {
  names: [
    { text: 'T. N. A.', script: 'Latn', role: 'native' },
    { text: 'Alias 7', script: 'Latn', role: 'alias' },
  ],
};

/** A case, and the order to erase a part of its person. */
const ordered = async (node: TestNode, part: 'person' | 'alias') => {
  const [caseId, id] = [randomUUID(), randomUUID()];
  const [opening, ...steps] = wayTo('fugitive', 'captured');
  await sendAll(node, caseId, [{ ...opening, particulars: { ...opening.particulars, person: PERSON } }, ...steps]);
  const particulars = {
    case: caseId,
    part,
    ...(part === 'alias' && { what: 'Alias 7' }),
    orderedOn: '2024-01-01',
    authority: 'court',
    reference: 'Order 17',
  };
  const sent = await node
    .registerCommands(erasures)
    .execute(id, { name: 'open', occurredAt: '2024-01-02', particulars, data: {} }, envelopeOf());
  if (!sent.ok) throw new Error(JSON.stringify(sent.error));
  return { caseId, id };
};

const namesLeft = async (node: TestNode, caseId: string): Promise<readonly string[]> => {
  const events = await unsealAll<RecordedCaseEvent>(await node.log.readStream(caseStream(caseId)), node.vault);
  return personOf(foldHistory(events).effective)?.person.names.map(({ text }) => text) ?? [];
};

/** Orders carried out by a node, which finds minutes in the log as the views would. */
const erasureOf = (node: TestNode) =>
  createErasureProcess({
    ...node,
    minutesNaming: async (caseId) => {
      const streams = new Set<string>();
      for await (const chunk of node.log.readAll()) {
        for (const { stream, data } of chunk) {
          if (stream.startsWith('handover-') && data.includes(caseId)) streams.add(stream);
        }
      }
      return [...streams].map((stream) => stream.slice('handover-'.length));
    },
  });

/** A log that is lost after so many changes, before or after the last of them is written. */
const lostAfter = (log: EventLog, changes: number, isWritten: boolean): EventLog => {
  let left = changes;
  const lose = async <Answer>(change: () => Promise<Answer>): Promise<Answer> => {
    left -= 1;
    if (left < 0) throw new LogUnavailable('lost');
    if (left > 0) return change();
    if (isWritten) await change();
    throw new LogUnavailable('lost');
  };
  return {
    ...withAppend(log, (...args) => lose(() => log.append(...args))),
    tombstone: (stream) => lose(() => log.tombstone(stream)),
  };
};

onEachLog(t, 'an erasure is carried out once, wherever the process ends in between', async (t, ledger) => {
  for (const part of ['person', 'alias'] as const) {
    for (const isWritten of [false, true]) {
      let losses = 0;
      for (let changes = 1; ; changes += 1) {
        const { caseId, id } = await ordered(ledger, part);
        const unlucky = ledger.another(lostAfter(ledger.log, changes, isWritten));
        const isLost = await erasureOf(unlucky)
          .workOff(id)
          .then(() => false)
          .catch(() => true);
        const later = ledger.another();
        await erasureOf(later).workOff(id);
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
