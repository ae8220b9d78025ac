import t from 'tap';
import { caseStream } from '../../domain/case/kind.ts';
import { erasures } from '../../domain/erasure/kind.ts';
import { erasureOf, lostAfter, namesLeft, order, ordered, toldOf, untilDestroyed } from '../support/erasures.ts';
import { onEachLog, type TestNode } from '../support/ledger.ts';
import { withAppend } from '../support/log-with-append.ts';

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
