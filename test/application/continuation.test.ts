import { randomUUID } from 'node:crypto';
import t from 'tap';
import type { CaseEventOf } from '../../domain/case/events.ts';
import { foldHistory, type RecordedCaseEvent } from '../../domain/case/history.ts';
import { caseStream } from '../../domain/case/kind.ts';
import { personOf } from '../../domain/case/person-of.ts';
import { erasures } from '../../domain/erasure/kind.ts';
import { createContinuationProcess, startContinuationProcess } from '../../src/application/continuation-process.ts';
import { createErasureProcess } from '../../src/application/erasure-process.ts';
import { decodeEvent } from '../../src/event-log/codec.ts';
import { type EventLog, LogUnavailable } from '../../src/event-log/port.ts';
import { unsealAll } from '../../src/event-log/unsealed.ts';
import type { Opening, Step } from '../support/case-scenario.ts';
import { eventually } from '../support/eventually.ts';
import { envelopeOf, onEachLog, openTestLedger, sendAll, type TestLedger, type TestNode } from '../support/ledger.ts';
import { withAppend } from '../support/log-with-append.ts';
import { wayTo } from '../support/ordinary-ways.ts';
import { openTestViews } from '../support/views.ts';

const [opening, ...steps] = wayTo('irregular-entry', 'return-ordered') as readonly [Opening, ...Step[]];

const asVictim: Step = {
  type: 'continued-as-another-case',
  occurredAt: '2024-01-05',
  data: { as: { kind: 'trafficking-victim' }, reason: 'sold across the border' },
};

/** A case of an office in Guangxi that the ministry found to be a victim's. */
const continuedCase = async (ledger: TestLedger, step = asVictim, before: readonly Step[] = []): Promise<string> => {
  const id = randomUUID();
  const { type, particulars } = opening;
  const { recordedBy, ...envelope } = envelopeOf('CN');
  const opened = await ledger.commands.execute(
    id,
    { name: 'open', type, occurredAt: '2024-01-01', particulars, data: {} },
    { ...envelope, recordedBy: { ...recordedBy, office: 'CN-GX-BLO' } },
  );
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  await sendAll(ledger, id, [
    ...steps,
    { type: 'particulars-recorded', data: { particulars: { residence: 'Tràng Định' } } },
    ...before,
    step,
  ]);
  return id;
};

const processOf = (node: TestNode) => createContinuationProcess({ ...node, keys: node.vault });

const eventsOf = async ({ log, vault }: TestNode, id: string) =>
  unsealAll<RecordedCaseEvent>(await log.readStream(caseStream(id)), vault);

/** Ids of all cases but one. */
const othersThan = async ({ log }: TestNode, id: string): Promise<readonly string[]> => {
  const streams = new Set<string>();
  for await (const chunk of log.readAll()) for (const { stream } of chunk) streams.add(stream);
  return [...streams]
    .filter((stream) => stream.startsWith('case-') && stream !== caseStream(id))
    .map((stream) => stream.slice(5));
};

const expectOneLinkedCase = async (t: Tap, node: TestNode, id: string): Promise<void> => {
  const others = await othersThan(node, id);
  t.equal(others.length, 1, 'one case was opened');
  const [other] = others as [string];
  t.same(
    (await eventsOf(node, other)).map(({ type }) => type),
    ['identified-as-victim', 'shared-with'],
  );
  const ended = await eventsOf(node, id);
  t.same(
    ended.slice(-2).map(({ type }) => type),
    ['continued-as-another-case', 'linked-to-person-of'],
  );
  t.equal((ended.at(-1) as CaseEventOf<'linked-to-person-of'>).data.otherCase, other);
};

type Tap = Pick<typeof t, 'equal' | 'same'>;

/** A log that is lost after so many appends of a process, the last of which is written and not answered, or not written. */
const lostAfter = (log: EventLog, appends: number, last: 'written' | 'not written'): EventLog => {
  let left = appends;
  return withAppend(log, async (stream, ...rest) => {
    if (!stream.startsWith('case-')) return log.append(stream, ...rest);
    left--;
    if (left > 0) return log.append(stream, ...rest);
    if (left === 0 && last === 'written') await log.append(stream, ...rest);
    throw new LogUnavailable('the process ends here');
  });
};

onEachLog(t, 'the ledger opens the case as which another goes on, of the same person', async (t, ledger) => {
  const id = await continuedCase(ledger);
  t.equal(await processOf(ledger).workOff(id), true);
  await expectOneLinkedCase(t, ledger, id);
  const [other] = (await othersThan(ledger, id)) as [string];
  const { state, effective } = foldHistory(await eventsOf(ledger, other));
  t.match(state, {
    kind: 'trafficking-victim',
    direction: 'CN-VN',
    requestingParty: 'VN',
    office: 'CN-MPS',
    sharedWith: ['CN-GX-BLO'],
    openedAt: '2024-01-05',
  });
  t.match(personOf(effective)?.person, { names: [{ text: 'N. V. A.' }], residence: 'Tràng Định' });
  t.equal(effective[0]?.recordedBy.role, 'ledger');

  const logged = await ledger.log.readStream(caseStream(other));
  const [keyOfOther, keyOfEnded] = [logged, await ledger.log.readStream(caseStream(id))].map(
    ([first]) => decodeEvent(first as (typeof logged)[number]).metadata.keyId,
  );
  t.not(keyOfOther, keyOfEnded, 'sealed with a key of its own');
  const ended = await eventsOf(ledger, id);
  for (const { data, metadata } of logged) {
    t.notMatch(data + metadata, /N\. V\. A\.|Tràng Định|sold across/, 'nothing that identifies stands in the open');
    for (const event of ended) t.notOk((data + metadata).includes(event.id), 'nor an event of the case that ended');
    t.notOk((data + metadata).includes(id));
  }
  for (const { data, metadata } of await ledger.log.readStream(caseStream(id))) {
    t.notMatch(data + metadata, /victim|sold across/);
    t.notOk((data + metadata).includes(other));
  }
});

onEachLog(t, 'one case is opened wherever the process ends in between', async (t, ledger) => {
  for (const last of ['written', 'not written'] as const) {
    for (const appends of [1, 2, 3]) {
      const ofItsOwn = await openTestLedger(t, ledger.location.kind);
      const id = await continuedCase(ofItsOwn);
      const crashing = ofItsOwn.another(lostAfter(ofItsOwn.log, appends, last));
      await t.rejects(processOf(crashing).workOff(id), LogUnavailable);
      await processOf(ofItsOwn.another()).workOff(id);
      await expectOneLinkedCase(t, ofItsOwn, id);
      await processOf(ofItsOwn.another()).workOff(id);
      await expectOneLinkedCase(t, ofItsOwn, id);
    }
  }
});

onEachLog(t, 'two nodes open one case', async (t, ledger) => {
  const id = await continuedCase(ledger);
  const nodes = [ledger, ledger.another(), ledger.another()];
  await Promise.allSettled(nodes.map((node) => processOf(node).workOff(id)));
  await processOf(ledger.another()).workOff(id);
  await expectOneLinkedCase(t, ledger, id);
});

t.test('what the views show as waiting is done, once, and not again after they are built anew', async (t) => {
  const ledger = await openTestLedger(t);
  const id = await continuedCase(ledger);
  const faults: unknown[] = [];
  const run = () => {
    const views = openTestViews(t, ledger);
    const process = startContinuationProcess({
      ...ledger,
      keys: ledger.vault,
      cases: views.cases,
      progress: views.projector,
      onFault: (fault) => faults.push(fault),
    });
    t.after(() => process.stop());
    return { views, process };
  };
  const first = run();
  await eventually(
    () => first.views.projector.built() && first.views.cases.state(id).state.continued?.link !== undefined,
  );
  t.same(first.views.cases.toBeContinued(10), []);
  await first.process.stop();
  const second = run();
  await second.views.upToDate();
  t.same(second.views.cases.toBeContinued(10), []);
  await second.process.stop();
  await expectOneLinkedCase(t, ledger, id);
  t.same(faults, []);
});

onEachLog(t, 'a case whose person was expunged before goes on as no other', async (t, ledger) => {
  const id = await continuedCase(ledger);
  const [first] = await ledger.log.readStream(caseStream(id));
  const { keyId } = decodeEvent(first as Parameters<typeof decodeEvent>[0]).metadata;
  await ledger.log.tombstone(`vault-${keyId}`);
  t.equal(await processOf(ledger.another()).workOff(id), true);
  t.same(await othersThan(ledger, id), []);
});

/** Erases names of a case, one after the other. */
const eraseAliases = async (node: TestNode, caseId: string, names: readonly string[]): Promise<void> => {
  const { workOff } = createErasureProcess({ ...node, minutesNaming: async () => [] });
  for (const what of names) {
    const id = randomUUID();
    const particulars = {
      case: caseId,
      part: 'alias',
      what,
      orderedOn: '2024-02-01',
      authority: 'court',
      reference: 'Order 17',
    };
    const { execute } = node.registerCommands(erasures);
    const ordered = await execute(id, { name: 'open', occurredAt: '2024-02-01', particulars, data: {} }, envelopeOf());
    if (!ordered.ok) throw new Error(JSON.stringify(ordered.error));
    await workOff(id);
  }
};

onEachLog(t, 'one case is opened although names are erased in between', async (t, ledger) => {
  const aliases = ['Alias 7', 'Alias 8'];
  for (const appends of [2, 3]) {
    for (const erased of [aliases.slice(0, 1), aliases]) {
      const ofItsOwn = await openTestLedger(t, ledger.location.kind);
      const id = await continuedCase(
        ofItsOwn,
        { ...asVictim, data: { ...asVictim.data, reason: 'Alias 7 was sold' } },
        [
          {
            type: 'particulars-recorded',
            data: { particulars: { names: aliases.map((text) => ({ text, script: 'Latn', role: 'alias' })) } },
          },
        ],
      );
      const crashing = ofItsOwn.another(lostAfter(ofItsOwn.log, appends, 'not written'));
      await t.rejects(processOf(crashing).workOff(id), LogUnavailable);
      await eraseAliases(ofItsOwn.another(), id, erased);
      const later = ofItsOwn.another();
      await processOf(later).workOff(id);
      const others = await othersThan(later, id);
      t.equal(others.length, 1, `${appends} appends, ${erased.length} names`);
      const ended = await eventsOf(later, id);
      t.equal((ended.at(-1) as CaseEventOf<'linked-to-person-of'>).data.otherCase, others[0]);
      t.notOk(JSON.stringify(ended).includes('"continuation":'), 'what ids are made of is shown to nobody');
    }
  }
});
