import { randomUUID } from 'node:crypto';
import t from 'tap';
import type { RecordedCaseEvent } from '../../domain/case/history.ts';
import { foldHistory } from '../../domain/case/history.ts';
import { caseStream } from '../../domain/case/kind.ts';
import { personOf } from '../../domain/case/person-of.ts';
import { erasures } from '../../domain/erasure/kind.ts';
import { type AnyStreamKind, streamOf } from '../../domain/kernel/stream-kind.ts';
import { reconciliations } from '../../domain/reconciliation/kind.ts';
import { requests } from '../../domain/request/kind.ts';
import { createErasureCompletion } from '../../src/application/erasure-completion.ts';
import { createErasureProcess, UnderLegalHold } from '../../src/application/erasure-process.ts';
import { decodeEvent } from '../../src/event-log/codec.ts';
import { type EventLog, LogUnavailable } from '../../src/event-log/port.ts';
import { unsealAll } from '../../src/event-log/unsealed.ts';
import { envelopeOf, onEachLog, sendAll, type TestLedger, type TestNode } from '../support/ledger.ts';
import { withAppend } from '../support/log-with-append.ts';
import { wayTo } from '../support/ordinary-ways.ts';
import { listOf } from '../support/reconciliations.ts';

const PERSON = {
  names: [
    { text: 'T. N. A.', script: 'Latn', role: 'native' },
    { text: 'Alias 7', script: 'Latn', role: 'alias' },
  ],
};

const accepted = async (executing: Promise<{ readonly ok: boolean }>): Promise<void> => {
  const executed = await executing;
  if (!executed.ok) throw new Error(JSON.stringify(executed));
};

/** Orders an erasure; gives the id of the order. */
const order = async (node: TestNode, what: object): Promise<string> => {
  const id = randomUUID();
  const particulars = { ...what, orderedOn: '2024-01-01', authority: 'court', reference: 'Order 17' };
  await accepted(
    node
      .registerCommands(erasures)
      .execute(id, { name: 'open', occurredAt: '2024-01-02', particulars, data: {} }, envelopeOf()),
  );
  return id;
};

/** A case, and the order to erase a part of its person. */
const ordered = async (node: TestNode, part: 'person' | 'alias') => {
  const caseId = randomUUID();
  const [opening, ...steps] = wayTo('fugitive', 'captured');
  await sendAll(node, caseId, [{ ...opening, particulars: { ...opening.particulars, person: PERSON } }, ...steps]);
  return { caseId, id: await order(node, { case: caseId, part, ...(part === 'alias' && { what: 'Alias 7' }) }) };
};

/** A request about a person. */
const asked = async (node: TestNode, commandId: string = randomUUID()): Promise<string> => {
  const id = randomUUID();
  await accepted(node.registerCommands(requests).execute(id, ASKED, envelopeOf('CN', commandId)));
  return id;
};

const ASKED = {
  name: 'open',
  occurredAt: '2024-01-01',
  particulars: { kind: 'location', addressee: 'VN-MPS', urgency: 'routine', question: 'Where is T. N. A.?' },
  data: {},
} as const;

const NOTED = { name: 'record', type: 'noted', occurredAt: '2024-01-01', data: { note: 'T. N. A. was seen' } } as const;

/** A list of three persons. */
const listed = async (node: TestNode): Promise<string> => {
  const id = randomUUID();
  const { occurredAt, statedBy, ...particulars } = listOf(3);
  const { execute } = node.registerCommands(reconciliations);
  await accepted(execute(id, { name: 'open', occurredAt, statedBy, particulars, data: {} }, envelopeOf()));
  const data = {
    lines: Array.from({ length: 3 }, () => ({ date: '2025-02-01' })),
    persons: [1, 2, 3].map((number) => ({ line: number - 1, names: [`Person ${number}`] })),
    note: 'Person 2 is not Person 3',
  };
  await accepted(execute(id, { name: 'record', type: 'lines-listed', occurredAt, data }, envelopeOf()));
  return id;
};

/** All that can be read of a record. */
const toldOf = async ({ log, vault }: TestNode, kind: AnyStreamKind, id: string): Promise<string> =>
  JSON.stringify(await unsealAll(await log.readStream(streamOf(kind, id)), vault));

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

/** Works an order off on a node whose log is lost after so many changes, and then on another; whether it was lost, and the other node. */
const carriedOutAfterLoss = async (ledger: TestLedger, id: string, changes: number, isWritten: boolean) => {
  const unlucky = ledger.another(lostAfter(ledger.log, changes, isWritten));
  const isLost = await erasureOf(unlucky)
    .workOff(id)
    .then(() => false)
    .catch(() => true);
  const later = ledger.another();
  await erasureOf(later).workOff(id);
  return { isLost, later };
};

/** A log that is lost when the first key is to be destroyed. */
const untilDestroyed = (log: EventLog): EventLog => ({
  ...withAppend(log, (...args) => log.append(...args)),
  tombstone: () => Promise.reject(new LogUnavailable('lost')),
});

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
const orderedTwice = async (node: TestNode) => {
  const { caseId, id: alias } = await ordered(node, 'alias');
  return { caseId, alias, person: await order(node, { case: caseId, part: 'person' }) };
};

const expectAllErased = async (t: Tap, node: TestNode, caseId: string, orders: readonly string[]): Promise<void> => {
  t.same(await namesLeft(node, caseId), []);
  const history = (await node.log.readStream(caseStream(caseId))).map(({ type }) => type);
  t.equal(history.filter((type) => type === 'expunged').length, orders.length);
  for (const id of orders) {
    const types = (await node.log.readStream(`erasure-${id}`)).map(({ type }) => type);
    t.same(types, ['erasure-ordered', 'key-destroyed']);
  }
};

type Tap = Pick<typeof t, 'equal' | 'same'>;

onEachLog(t, 'of two orders for one case none takes the place of the other, wherever one ends', async (t, ledger) => {
  for (const isWritten of [false, true]) {
    let losses = 0;
    for (let changes = 1; ; changes += 1) {
      const { caseId, alias, person } = await orderedTwice(ledger);
      const unlucky = ledger.another(lostAfter(ledger.log, changes, isWritten));
      const isLost = await erasureOf(unlucky)
        .workOff(alias)
        .then(() => false)
        .catch(() => true);
      // The next one is taken up in the same pass, and may have to rest.
      await erasureOf(ledger.another())
        .workOff(person)
        .catch(() => {});
      for (const id of [alias, person]) await erasureOf(ledger.another()).workOff(id);
      await expectAllErased(t, ledger.another(), caseId, [alias, person]);
      if (!isLost) break;
      losses += 1;
    }
    t.ok(losses > 3, `lost at ${losses} places`);
  }
});

onEachLog(t, 'two orders for one case that two nodes take up at once are both carried out', async (t, ledger) => {
  for (const ends of ['begun', 'carried out'] as const) {
    const { caseId, alias, person } = await orderedTwice(ledger);
    const other = ends === 'carried out' ? ledger.another() : ledger.another(untilDestroyed(ledger.log));
    let isFirst = true;
    const between = withAppend(ledger.log, async (stream, expected, events) => {
      if (isFirst && events.some(({ type }) => type === 'key-replaced')) {
        isFirst = false;
        await erasureOf(other)
          .workOff(alias)
          .catch(() => {});
      }
      return ledger.log.append(stream, expected, events);
    });
    await t.rejects(erasureOf(ledger.another(between)).workOff(person), /comes before/, ends);
    for (const id of [alias, person]) await erasureOf(ledger.another()).workOff(id);
    await expectAllErased(t, ledger.another(), caseId, [alias, person]);
  }
});

onEachLog(t, 'where nothing is found of what an order names, nothing is destroyed', async (t, ledger) => {
  const { caseId, id: alias } = await ordered(ledger, 'alias');
  const absent = [
    await order(ledger, { case: caseId, part: 'alias', what: 'No Such Alias' }),
    await order(ledger, { case: caseId, part: 'document', what: 'X1' }),
    // It is the first one that finds it.
    await order(ledger, { case: caseId, part: 'alias', what: 'Alias 7' }),
  ];
  await erasureOf(ledger).workOff(alias);
  for (const id of absent) {
    for (const node of [ledger, ledger.another()]) t.equal(await erasureOf(node).workOff(id), true);
    const types = (await ledger.log.readStream(`erasure-${id}`)).map(({ type }) => type);
    t.same(types, ['erasure-ordered', 'nothing-found']);
  }
  const later = ledger.another();
  t.same(await namesLeft(later, caseId), ['T. N. A.']);
  t.match(await toldOf(later, erasures, absent[0] as string), 'No Such Alias');
  const history = (await later.log.readStream(caseStream(caseId))).map(({ type }) => type);
  t.equal(history.filter((type) => type === 'expunged').length, 1);
});

onEachLog(
  t,
  'nothing is destroyed under a legal hold that came after the order, until it is lifted',
  async (t, ledger) => {
    const HOLD = { type: 'legal-hold-placed', data: { reference: '3/2024', reason: 'an inquiry' } } as const;
    const last = async (caseId: string) => (await ledger.log.readStream(caseStream(caseId))).at(-1)?.id as string;
    const holdOn = async (caseId: string): Promise<string> => {
      await sendAll(ledger.another(), caseId, [HOLD]);
      return last(caseId);
    };
    for (const part of ['alias', 'person'] as const) {
      for (const comes of ['before it is begun', 'while it is carried out'] as const) {
        const { caseId, id } = await ordered(ledger, part);
        let hold = comes === 'before it is begun' ? await holdOn(caseId) : undefined;
        const between = withAppend(ledger.log, async (stream, expected, events) => {
          const appended = await ledger.log.append(stream, expected, events);
          if (hold === undefined && events.some(({ type }) => type === 'expunged')) hold = await holdOn(caseId);
          return appended;
        });
        await t.rejects(erasureOf(ledger.another(between)).workOff(id), UnderLegalHold, comes);
        await t.rejects(erasureOf(ledger.another()).workOff(id), UnderLegalHold, comes);
        t.same(await namesLeft(ledger.another(), caseId), ['T. N. A.', 'Alias 7']);
        await sendAll(ledger.another(), caseId, [
          { type: 'legal-hold-lifted', data: { hold: hold as unknown as string, reason: 'it is over' } },
        ]);
        await erasureOf(ledger.another()).workOff(id);
        t.same(await namesLeft(ledger.another(), caseId), part === 'person' ? [] : ['T. N. A.']);
      }
    }
  },
);

onEachLog(t, 'those are completed whose key is destroyed, each once', async (t, ledger) => {
  const [first, second] = [await ordered(ledger, 'alias'), await ordered(ledger, 'person')];
  const absent = await order(ledger, { case: second.caseId, part: 'alias', what: 'No Such Alias' });
  await ordered(ledger, 'person');
  for (const id of [absent, first.id, second.id]) await erasureOf(ledger).workOff(id);
  const { incomplete, complete } = createErasureCompletion(ledger);
  const found = await incomplete();
  t.same(
    found.map(({ id }) => id),
    [first.id, second.id],
  );
  for (const each of found) t.equal(each.wrappedUnder, ledger.vault.wrappedUnder);
  for (const erasure of [found[0], found[0]]) if (erasure) await complete(erasure, ['node 1']);
  t.same(
    (await incomplete()).map(({ id }) => id),
    [second.id],
  );
  const types = (await ledger.log.readStream(`erasure-${first.id}`)).map(({ type }) => type);
  t.same(types, ['erasure-ordered', 'key-destroyed', 'erasure-completed']);
});
